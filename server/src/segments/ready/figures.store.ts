import type { ShopId } from '../../lib/brand.ts'
import { dayMs } from '../../lib/duration.ts'
import type { Warehouse } from '../../warehouse/connection.store.ts'
import { ownPeopleSql, survivorSql } from '../../warehouse/survivor.ts'
import { bestShare, type ShopFigures } from './figures.ts'

/** Longest the shop's figures may take; the defaults stand in for them after that. */
const figuresMaxMs = 10_000

// One row a buyer over the newest version of each order: when they ordered, and what they spent net of refunds.
const figuresSql = `
  with ${survivorSql('customer')} as person
  select
    quantileExactArray(0.5)(gaps) as median,
    sum(length(gaps)) as intervals,
    quantileExactIf({best:Float64})(toFloat64(spent), last >= {since:Int64}) as bestSpent,
    countIf(last >= {since:Int64}) as buyers
  from (
    select
      arraySort(groupArray(toUnixTimestamp64Milli(assumeNotNull(paid_at)))) as times,
      arrayMap((next, before) -> (next - before) / {dayMs:Float64}, arraySlice(times, 2), arrayPopBack(times)) as gaps,
      times[-1] as last,
      sum(gross - refunded) as spent
    from order_versions final
    where shop = {shop:UInt32} and status = 'paid' and paid_at is not null and customer != 0
      and person not in ${ownPeopleSql}
      and arrayExists(line -> line.is_goods and line.quantity > line.refunded_quantity, lines)
      and currency = {currency:String} and paid_at <= fromUnixTimestamp64Milli({now:Int64})
    group by person
  )`

/** What a shop's orders say of it as of `now` (UTC ms): in ClickHouse, beside the live path. */
export async function readFigures(
  warehouse: Warehouse,
  shop: ShopId,
  asked: { readonly currency: string; readonly now: number },
): Promise<ShopFigures> {
  const { currency, now } = asked
  const [row] = await warehouse.query<{
    median: number | null
    intervals: number
    bestSpent: number | null
    buyers: number
  }>(
    figuresSql,
    { shop, currency, now, dayMs, since: now - 365 * dayMs, best: 1 - bestShare },
    { maxMs: figuresMaxMs },
  )
  return {
    currency,
    medianIntervalDays: row?.median ?? null,
    intervals: Number(row?.intervals ?? 0),
    bestBuyersSpent: row?.bestSpent ?? null,
    buyers: Number(row?.buyers ?? 0),
  }
}
