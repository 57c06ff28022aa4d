/** What JSON can hold. Parsed input is always one of these and never trusted further. */
export type Json = null | boolean | number | string | readonly Json[] | JsonObject
export type JsonObject = { readonly [key: string]: Json }

/** ECMAScript's "JSON.parse source text access", which Node has and TypeScript's library does not declare yet. */
const native = JSON as unknown as {
  readonly rawJSON: (text: string) => object
  readonly isRawJSON: (value: unknown) => boolean
}

/**
 * A number that a double would change (more than 15 significant digits, or out of range), kept as its text.
 * JSON.stringify writes the text back. It stands where a number may stand; `numberText` reads both.
 */
export function rawNumber(text: string): Json {
  return native.rawJSON(text) as unknown as Json
}

/** The text of a JSON number, whether held as a double or raw; undefined for everything else. */
export function numberText(value: unknown): string | undefined {
  if (typeof value === 'number') return String(value)
  return native.isRawJSON(value) ? JSON.stringify(value) : undefined
}

/** Narrows to an object (not null, not an array, not a raw number). */
export function isJsonObject(value: unknown): value is JsonObject {
  return (
    typeof value === 'object' && value !== null && !Array.isArray(value) && !native.isRawJSON(value)
  )
}

/**
 * JSON text with keys sorted by code unit at every level: equal values give equal text, so its hash can name a definition.
 * `undefined` members are left out as in JSON.stringify; raw numbers are written back as they came.
 */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item)).join(',')}]`
  if (typeof value === 'object' && value !== null && !native.isRawJSON(value)) {
    const entries = Object.entries(value)
      .filter(([, member]) => member !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
    return `{${entries.map(([key, member]) => `${JSON.stringify(key)}:${canonicalJson(member)}`).join(',')}}`
  }
  return JSON.stringify(value)
}

/** Is something in it nested deeper than the limit? Iterative, so that a hostile body cannot exhaust the stack. */
export function deeperThan(input: unknown, limit: number): boolean {
  const open: { readonly value: unknown; readonly depth: number }[] = [{ value: input, depth: 0 }]
  for (let next = open.pop(); next; next = open.pop()) {
    const { value, depth } = next
    if (typeof value !== 'object' || value === null) continue
    if (depth >= limit) return true
    for (const member of Object.values(value)) open.push({ value: member, depth: depth + 1 })
  }
  return false
}
