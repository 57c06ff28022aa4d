import type { Placed } from '../events/happening.ts'

/** Products somebody looked at, newest first, each once: [id, UTC ms]. */
export type Seen = readonly (readonly [product: string, at: number])[]

/** Products that are remembered of one person; the oldest makes room. */
const seenLimit = 20
/** Longest product id that is remembered, characters. */
const idLimit = 200

/** Takes `Product Viewed`; the same array comes back when nothing changed. */
export function foldSeen(
  seen: Seen | undefined,
  { name, at, body }: Pick<Placed, 'name' | 'at' | 'body'>,
): Seen | undefined {
  if (name !== 'Product Viewed') return seen
  const said = body.properties?.product_id
  const product =
    typeof said === 'number' ? String(said) : typeof said === 'string' ? said.trim() : ''
  if (product === '' || product.length > idLimit) return seen
  return joined(seen ?? [], [[product.toWellFormed(), at]])
}

/** What two people looked at who turned out to be one. */
export function mergeSeen(a: Seen | undefined, b: Seen | undefined): Seen | undefined {
  return a && b ? joined(a, b) : (a ?? b)
}

function joined(seen: Seen, more: Seen): Seen {
  const newest = new Map<string, number>()
  for (const [product, at] of [...seen, ...more])
    newest.set(product, Math.max(at, newest.get(product) ?? at))
  return [...newest]
    .sort((one, other) => other[1] - one[1] || (one[0] < other[0] ? -1 : 1))
    .slice(0, seenLimit)
}
