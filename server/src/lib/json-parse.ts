import { isJsonObject, type Json, rawNumber } from './json.ts'

/** How deep objects and arrays may be nested; deeper input is refused before anything recurses over it. */
export const jsonDepthLimit = 32

export type ParsedJson =
  | { readonly kind: 'json'; readonly value: Json }
  | { readonly kind: 'refused'; readonly why: string }

/**
 * Strict JSON (RFC 8259) of unknown origin: numbers keep their digits (`rawNumber`), nesting is at most 32 deep and no
 * object has a member called `__proto__`, which would change an object's prototype wherever it is copied by assignment.
 */
export function parseJson(text: string): ParsedJson {
  const parsed = readJson(text)
  if (parsed.kind === 'refused') return parsed
  const why = flawOf(parsed.value, jsonDepthLimit)
  return why === undefined ? parsed : { kind: 'refused', why }
}

/** As parseJson, but nesting and member names are left for the caller to check while it walks the value. */
export function readJson(text: string): ParsedJson {
  try {
    // The reviver costs five times the plain parse, so it runs only where a number might lose digits.
    const value = mayLoseDigits.test(text)
      ? (JSON.parse(text, keepDigits as (key: string, value: unknown) => unknown) as Json)
      : (JSON.parse(text) as Json)
    return { kind: 'json', value }
  } catch (error) {
    // The engine's own words name the place; a stack overflow in the reviver means absurd nesting.
    const why = error instanceof RangeError ? 'It is nested too deep.' : brokenAt(error)
    return { kind: 'refused', why }
  }
}

// After a separator or at the start: 16 or more digits and dots in a row, or an exponent. Inside a string it is a false
// alarm that costs time only.
const mayLoseDigits = /(?:^|[:,[\s])-?(?:[\d.]{16}|[\d.]+[eE])/

function keepDigits(_key: string, value: unknown, context: { readonly source?: string }): unknown {
  if (typeof value !== 'number' || context.source === undefined) return value
  return isFaithful(value, context.source) ? value : rawNumber(context.source)
}

function isFaithful(value: number, source: string): boolean {
  if (!Number.isFinite(value)) return false
  if (String(value) === source) return true
  const digits = source
    .replace(/^-/, '')
    .replace(/[eE].*$/, '')
    .replace('.', '')
    .replace(/^0+/, '')
  if (digits === '') return true
  // Any decimal of 15 significant digits survives a double (IEEE 754), except below its normal range.
  return digits.replace(/0+$/, '').length <= 15 && Math.abs(value) > 1e-300
}

function brokenAt(error: unknown): string {
  const said = error instanceof Error ? error.message : ''
  const place = /position (\d+)/.exec(said)
  return place ? `It is not JSON: something is wrong at character ${place[1]}.` : 'It is not JSON.'
}

function flawOf(value: Json, depthLeft: number): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  if (Array.isArray(value)) {
    if (depthLeft === 0) return `It is nested deeper than ${jsonDepthLimit} levels.`
    for (const item of value) {
      const why = flawOf(item as Json, depthLeft - 1)
      if (why !== undefined) return why
    }
    return undefined
  }
  if (!isJsonObject(value)) return undefined
  if (depthLeft === 0) return `It is nested deeper than ${jsonDepthLimit} levels.`
  for (const key of Object.keys(value)) {
    if (key === '__proto__') return 'No member may be called __proto__.'
    const why = flawOf(value[key] ?? null, depthLeft - 1)
    if (why !== undefined) return why
  }
  return undefined
}
