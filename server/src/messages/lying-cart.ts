import { isJsonObject, type Json, type JsonObject } from '../lib/json.ts'

/**
 * A message's context (intent.ts) with the cart as the shop says it is now: `lying` has the pieces of each product in it. What left the
 * cart leaves the list and the total; the context itself where nothing changed. Amounts in currency units.
 */
export function lyingIn(context: JsonObject, lying: ReadonlyMap<string, number>): JsonObject {
  const { cart } = context
  if (!isJsonObject(cart) || !Array.isArray(cart.items)) return context
  const before: readonly Json[] = cart.items
  const left = new Map(lying)
  const items = before.flatMap((item, at): readonly Json[] => {
    const id = productIn(item)
    if (id === undefined || !isJsonObject(item)) return [item]
    const had = piecesOf(item)
    const there = left.get(id) ?? 0
    // Of two lines of one product (variants) the first ones keep what they had; the last one has the rest.
    const isLast = !before.slice(at + 1).some((other) => productIn(other) === id)
    const quantity = isLast ? there : Math.min(had, there)
    left.set(id, there - quantity)
    if (quantity === 0) return []
    return [quantity === had ? item : { ...item, quantity }]
  })
  if (items.length === before.length && items.every((item, at) => item === before[at]))
    return context
  const gone = worthOf(before) - worthOf(items)
  const total = typeof cart.total === 'number' ? { total: Math.max(0, cart.total - gone) } : {}
  return { ...context, cart: { ...cart, items, ...total } }
}

const productIn = (item: Json): string | undefined =>
  isJsonObject(item) && typeof item.product_id === 'string' ? item.product_id : undefined

const piecesOf = (item: JsonObject): number =>
  typeof item.quantity === 'number' ? item.quantity : 1

const worthOf = (items: readonly Json[]): number =>
  items.reduce<number>(
    (sum, item) =>
      isJsonObject(item) && typeof item.price === 'number'
        ? sum + item.price * piecesOf(item)
        : sum,
    0,
  )
