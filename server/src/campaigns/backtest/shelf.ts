import { productsIn } from '../../catalog/product.ts'
import type { JsonObject } from '../../lib/json.ts'

/** What the shop said of products at a time (UTC ms). */
export type ProductNews = { readonly at: number; readonly properties: JsonObject }

type Change = { readonly at: number; readonly buyable: boolean }

/**
 * Whether products could be bought at each time, from what the shop said of stock and sale, in order. Before the first word it
 * was as that says; of a product nobody spoke of it is as today.
 */
export function shelfOf(
  news: readonly ProductNews[],
  goneToday: ReadonlySet<string>,
): (product: string, at: number) => boolean {
  const known = new Map<string, { stock: number | null; sellable: boolean; changes: Change[] }>()
  for (const { at, properties } of news) {
    for (const { id, stock, sellable } of productsIn(properties)) {
      if (stock === undefined && sellable === undefined) continue
      const product = known.get(id) ?? { stock: null, sellable: true, changes: [] }
      known.set(id, product)
      if (stock !== undefined) product.stock = stock
      if (sellable !== undefined) product.sellable = sellable
      const buyable = product.sellable && (product.stock === null || product.stock > 0)
      if (product.changes.at(-1)?.buyable !== buyable) product.changes.push({ at, buyable })
    }
  }
  return (product, at) => {
    const changes = known.get(product)?.changes
    if (!changes) return !goneToday.has(product)
    return (changes.findLast((one) => one.at <= at) ?? changes[0])?.buyable ?? true
  }
}

/** Pieces of each pool at each time (UTC ms): what there are in all, less what others had taken and not given back by then. */
export function leftOf(
  totals: ReadonlyMap<number, number | null>,
  use: readonly { readonly pool: number; readonly at: number; readonly back: number | null }[],
): (pool: number, at: number) => number | null {
  const moves = Map.groupBy(
    use.flatMap(({ pool, at, back }) => [
      { pool, at, pieces: -1 },
      ...(back === null ? [] : [{ pool, at: back, pieces: 1 }]),
    ]),
    (one) => one.pool,
  )
  const running = new Map(
    [...moves].map(([pool, all]) => {
      let sum = 0
      const steps = all
        .toSorted((a, b) => a.at - b.at)
        .map(({ at, pieces }) => {
          sum += pieces
          return { at, sum }
        })
      return [pool, steps]
    }),
  )
  return (pool, at) => {
    const total = totals.get(pool) ?? null
    if (total === null) return null
    const steps = running.get(pool) ?? []
    let [low, high] = [0, steps.length]
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((steps[middle]?.at ?? Infinity) <= at) low = middle + 1
      else high = middle
    }
    return total + (steps[low - 1]?.sum ?? 0)
  }
}
