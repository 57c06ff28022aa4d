import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'

export type HistoryRow = {
  readonly at: number
  /** The price in force, ten-thousandths. */
  readonly price: number | null
  readonly stock: number | null
  readonly available: boolean
}

/** Points of a chart; beyond it the oldest are left out. */
const pointsLimit = 2_000

/** How price and stock went since a time, oldest first; the last word before it comes first. */
export async function readHistory(
  db: Database,
  shop: ShopId,
  asked: { readonly product: string; readonly since: number },
): Promise<readonly HistoryRow[]> {
  const rows = await db<(HistoryRow & { readonly position: number })[]>`
    (select position, at, price, stock, available from product_history
     where shop = ${shop} and product = ${asked.product} and at >= ${asked.since}
     order by position desc limit ${pointsLimit})
    union all
    (select position, at, price, stock, available from product_history
     where shop = ${shop} and product = ${asked.product} and at < ${asked.since}
     order by position desc limit 1)`
  return rows.toSorted((a, b) => a.position - b.position).map(({ position: _, ...row }) => row)
}

/** Forgets what is older, but the last word about each product; answers how many rows went. */
export async function forgetHistory(
  db: Database,
  { before, limit }: { readonly before: number; readonly limit: number },
): Promise<number> {
  const gone = await db`
    delete from product_history where ctid in (
      select h.ctid from product_history h
      where h.at < ${before} and exists (
        select 1 from product_history n where n.shop = h.shop and n.product = h.product and n.position > h.position)
      limit ${limit})`
  return gone.count
}
