import type { ShopId } from '../../lib/brand.ts'
import type { Warehouse } from '../../warehouse/connection.store.ts'
import { ownPeopleSql, survivorSql } from '../../warehouse/survivor.ts'
import type { Cohort } from './note.ts'

// The first time each person did it in the period, and how often they bought in the window after it. An order counts while
// something of it is kept, as orders/order.ts says.
const cohortSql = `
  select count() as people, countIf(bought > 0) as buyers, countIf(bought > 1) as repeaters
  from (
    select d.person as person, countIf(o.ms > d.ms and o.ms <= d.ms + {windowMs:Int64}) as bought
    from (
      select ${survivorSql('customer')} as person, min(toUnixTimestamp64Milli(at)) as ms
      from events
      where shop = {shop:UInt32} and customer != 0 and kind = 'event' and name = {event:String}
        and at >= fromUnixTimestamp64Milli({from:Int64}) and at < fromUnixTimestamp64Milli({to:Int64})
      group by person
    ) as d
    left join (
      select ${survivorSql('customer')} as person, toUnixTimestamp64Milli(assumeNotNull(paid_at)) as ms
      from order_versions final
      where shop = {shop:UInt32} and customer != 0 and status = 'paid' and paid_at is not null
        and arrayExists(line -> line.is_goods and line.quantity > line.refunded_quantity, lines)
        and paid_at >= fromUnixTimestamp64Milli({from:Int64})
        and paid_at <= fromUnixTimestamp64Milli({to:Int64} + {windowMs:Int64})
    ) as o on o.person = d.person
    where d.person not in ${ownPeopleSql}
    group by d.person
  )`

/** People who did `event` in `[from, to)` and how many of them bought, once and more than once, within the window after their first time; UTC ms. */
export async function readCohort(
  warehouse: Warehouse,
  shop: ShopId,
  asked: {
    readonly event: string
    readonly from: number
    readonly to: number
    readonly windowMs: number
  },
): Promise<Cohort> {
  const [row] = await warehouse.query<Cohort>(cohortSql, { shop, ...asked }, { maxMs: 60_000 })
  return {
    people: Number(row?.people ?? 0),
    buyers: Number(row?.buyers ?? 0),
    repeaters: Number(row?.repeaters ?? 0),
  }
}
