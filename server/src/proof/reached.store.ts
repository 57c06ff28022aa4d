import type { ShopId } from '../lib/brand.ts'
import type { Warehouse } from '../warehouse/connection.store.ts'
import { survivorSql } from '../warehouse/survivor.ts'

/** People asked for at once. */
const chunk = 20_000
/** A report, and behind the page: it may take longer than what a person waits for. */
const maxMs = 60_000

export type ReachedAsked = {
  readonly event: 'Signed Up' | 'Visit Started'
  readonly windowMs: number
  readonly now: number
  readonly people: readonly { readonly customer: number; readonly at: number }[]
  readonly signal?: AbortSignal
}

/** Which of the people did it in `(at, at + window]`, merges followed. */
export async function readReached(
  warehouse: Warehouse,
  shop: ShopId,
  asked: ReachedAsked,
): Promise<ReadonlySet<number>> {
  const reached = new Set<number>()
  for (let from = 0; from < asked.people.length; from += chunk) {
    const people = asked.people.slice(from, from + chunk)
    const since = people.reduce((least, { at }) => Math.min(least, at), asked.now)
    const rows = await warehouse.query<{ customer: number }>(
      `with asked as (
         select one.1 as customer, one.2 as since
         from (select arrayJoin(arrayZip({customers:Array(UInt64)}, {ats:Array(Int64)})) as one)
       )
       select distinct e.customer as customer
       from (
         select ${survivorSql('customer')} as customer, toUnixTimestamp64Milli(at) as done
         from events
         where shop = {shop:UInt32} and name = {event:String}
           and at > fromUnixTimestamp64Milli({since:Int64}) and at <= fromUnixTimestamp64Milli({now:Int64})
       ) e join asked on asked.customer = e.customer
       where e.done > asked.since and e.done <= asked.since + {windowMs:Int64}`,
      {
        shop,
        event: asked.event,
        since,
        now: asked.now,
        windowMs: asked.windowMs,
        customers: people.map(({ customer }) => customer),
        ats: people.map(({ at }) => at),
      },
      { maxMs, ...(asked.signal ? { signal: asked.signal } : {}) },
    )
    for (const { customer } of rows) reached.add(customer)
  }
  return reached
}
