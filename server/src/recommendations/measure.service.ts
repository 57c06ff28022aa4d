import { dayMs } from '../lib/duration.ts'
import type { Warehouse } from '../warehouse/connection.store.ts'
import type { Counted } from './baskets.store.ts'
import { ofOrders } from './count.service.ts'
import type { Quality, StoredList } from './edition.ts'
import { nextBaskets, productsSold } from './quality.store.ts'
import { type NextBasket, qualityOf } from './quality.ts'
import { type ListKind, type Ranked, type Shelved, type Tables, tablesOf } from './tables.ts'

/** Orders of the last weeks are kept apart and guessed. */
const keptApartMs = 28 * dayMs
/** Buyers whose next order is guessed. */
const buyersMost = 2_000

/** What is guessed with and what came. */
type Guessed = {
  readonly tables: Tables
  readonly baskets: readonly NextBasket[]
  readonly products: number
  readonly since: number
}

/** Counts as if it were `apartMs` earlier, and reads what was bought since. */
export async function guess(
  warehouse: Warehouse,
  counted: Counted,
  { shelf, apartMs }: { readonly shelf: readonly Shelved[]; readonly apartMs: number },
): Promise<Guessed> {
  const since = counted.asOf - apartMs
  const before = { ...counted, asOf: since }
  const { lists } = await ofOrders(warehouse, before)
  const baskets = await nextBaskets(warehouse, counted, { since, most: buyersMost })
  const products = await productsSold(warehouse, before)
  return { tables: tablesOf(listsIn(lists), shelf), baskets, products, since }
}

/** Hit rate and coverage on orders of the last four weeks; null where nobody bought before and in them. */
export async function measure(
  warehouse: Warehouse,
  counted: Counted,
  shelf: readonly Shelved[],
): Promise<Quality | null> {
  const { tables, baskets, ...rest } = await guess(warehouse, counted, {
    shelf,
    apartMs: keptApartMs,
  })
  return qualityOf(tables, baskets, { ...rest, measuredAt: counted.asOf })
}

function listsIn(lists: readonly StoredList[]): Tables['list'] {
  const found = new Map(lists.map((one) => [`${one.kind}:${one.key}`, one.items]))
  const none: readonly Ranked[] = []
  return (kind: ListKind, key = '') => found.get(`${kind}:${key}`) ?? none
}
