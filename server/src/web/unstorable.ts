/** What is nested deeper is not walked: it is refused too. */
const depthLimit = 200

/**
 * Where in a JSON value the first text with a NUL character stands, which PostgreSQL cannot keep (manual, 8.3 and 8.14). Names of
 * fields count as texts. Undefined when there is none.
 */
export function unstorable(value: unknown, depth = 0): readonly string[] | undefined {
  if (typeof value === 'string') return value.includes('\0') ? [] : undefined
  if (typeof value !== 'object' || value === null) return undefined
  if (depth > depthLimit) return []
  for (const [name, inner] of Object.entries(value)) {
    if (name.includes('\0')) return []
    const place = unstorable(inner, depth + 1)
    if (place) return [name, ...place]
  }
  return undefined
}
