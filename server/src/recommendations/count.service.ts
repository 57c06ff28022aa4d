import { usualHorizonDays } from '../first-purchase/first-purchase.ts'
import type { Warehouse } from '../warehouse/connection.store.ts'
import {
  type Counted,
  type PairRow,
  pairsOf,
  type Supported,
  sizeOf,
  supportOf,
} from './baskets.store.ts'
import { bestFirst } from './best-first.ts'
import { firstBuyers, intervals, popularProducts, searchedProducts } from './counts.store.ts'
import { countingLimits, type StoredList } from './edition.ts'
import { nextPairsOf } from './sequences.store.ts'
import type { ListKind, Ranked } from './tables.ts'

/** Everything that is counted of a shop as of an instant (UTC ms): an edition's lists. */
export async function countLists(
  warehouse: Warehouse,
  { shop, asOf }: Pick<Counted, 'shop' | 'asOf'>,
): Promise<{
  readonly lists: readonly StoredList[]
  readonly orders: number
  readonly ordersOf: number
  readonly visits: number
  /** One of so many people was counted. */
  readonly share: number
}> {
  const size = await sizeOf(warehouse, { shop, asOf })
  const most = Math.max(size.orders, size.looks / 4)
  const counted = { shop, asOf, share: Math.max(1, Math.ceil(most / countingLimits.baskets)) }
  if (most === 0) return { lists: [], orders: 0, ordersOf: 0, visits: 0, share: 1 }
  const bought = await ofOrders(warehouse, counted)
  const looks = await supportOf(warehouse, counted, 'viewed')
  const viewed = await pairsOf(warehouse, { ...counted, kind: 'viewed' }, looks)
  const searches = await searchedProducts(warehouse, counted)
  return {
    lists: [
      ...bought.lists,
      ...byProduct('viewed', looks, viewed),
      ...[...Map.groupBy(searches, (one) => one.query)].map(([key, items]) => ({
        kind: 'searched' as const,
        key,
        items,
      })),
    ],
    orders: bought.orders,
    ordersOf: size.orders,
    visits: looks.total,
    share: counted.share,
  }
}

/** What is counted from orders alone; also what is held against orders that came after `asOf`. */
export async function ofOrders(
  warehouse: Warehouse,
  counted: Counted,
): Promise<{ readonly lists: readonly StoredList[]; readonly orders: number }> {
  const support = await supportOf(warehouse, counted, 'bought')
  const together = await pairsOf(warehouse, { ...counted, kind: 'bought' }, support)
  const products = support.support.map((one) => one.product)
  const { before, pairs } = await nextPairsOf(warehouse, counted, products)
  const next = byProduct(
    'next',
    {
      ...support,
      support: support.support.map((one, at) => ({ ...one, cases: before[at] ?? 1 })),
    },
    pairs,
  )
  const again = await intervals(warehouse, counted, 'product')
  return {
    orders: support.total,
    lists: [
      ...byProduct('bought', support, together),
      ...next,
      ...whole('first', await bestFirstProducts(warehouse, counted)),
      ...whole('popular', await popularProducts(warehouse, counted)),
      ...each('again', again),
      ...each('again_category', await intervals(warehouse, counted, 'category')),
      ...each('again_category', await intervals(warehouse, counted, 'shop')),
    ],
  }
}

/** Within the days the report of first products begins with; a shop too young for them counts whoever came back. */
async function bestFirstProducts(
  warehouse: Warehouse,
  counted: Counted,
): Promise<readonly Ranked[]> {
  const followed = bestFirst(await firstBuyers(warehouse, counted, usualHorizonDays))
  if (followed.length > 0) return followed
  return bestFirst(await firstBuyers(warehouse, counted, undefined))
}

function byProduct(
  kind: ListKind,
  { support }: Supported,
  pairs: readonly PairRow[],
): readonly StoredList[] {
  const lists: StoredList[] = []
  for (const [place, rows] of Map.groupBy(pairs, (pair) => pair.one)) {
    const own = support[place - 1]
    if (!own) continue
    const items = rows.flatMap(({ other, score, cases }): readonly Ranked[] => {
      const product = support[other - 1]?.product
      return product === undefined ? [] : [{ product, score, count: cases, of: own.cases }]
    })
    lists.push({ kind, key: own.product, items })
  }
  return lists
}

function whole(kind: ListKind, items: readonly Ranked[]): readonly StoredList[] {
  return items.length === 0 ? [] : [{ kind, key: '', items }]
}

function each(kind: ListKind, items: readonly Ranked[]): readonly StoredList[] {
  return items.map((one) => ({ kind, key: one.product, items: [one] }))
}
