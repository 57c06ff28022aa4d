import { hash32 } from '../lib/random.ts'

/** Names what an answer said, as an entity tag (RFC 9110, 8.8.3): the same JSON has the same tag, whatever the order of its keys. */
export function contentTag(said: unknown): string {
  return `"${hash32(JSON.stringify(said ?? null, sorted)).toString(36)}"`
}

function sorted(_: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
}
