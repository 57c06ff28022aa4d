import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import type { Warehouse } from '../warehouse/connection.store.ts'
import { survivorSql } from '../warehouse/survivor.ts'
import { type Crossings, wasInside } from './inside.ts'

/** People asked for at once. */
const chunk = 20_000
const maxMs = 60_000

/** A person at an instant, UTC ms. */
type At = { readonly customer: number; readonly at: number }

/** Which of these people were members of the segment, each at their instant. */
export async function insideOf(
  { db, warehouse }: { readonly db: Database; readonly warehouse: Warehouse },
  shop: ShopId,
  asked: {
    readonly segment: number
    readonly people: readonly At[]
    readonly signal?: AbortSignal
  },
): Promise<ReadonlySet<number>> {
  const inside = new Set<number>()
  for (let from = 0; from < asked.people.length; from += chunk) {
    const people = asked.people.slice(from, from + chunk)
    const [crossed, members] = await Promise.all([
      readCrossings(warehouse, shop, { ...asked, people }),
      readMembers(db, shop, { segment: asked.segment, people }),
    ])
    for (const { customer, at } of people) {
      const around = crossed.get(customer) ?? { last: '', next: '' }
      if (wasInside(around, { at, since: members.get(customer) ?? null })) inside.add(customer)
    }
  }
  return inside
}

async function readCrossings(
  warehouse: Warehouse,
  shop: ShopId,
  asked: {
    readonly segment: number
    readonly people: readonly At[]
    readonly signal?: AbortSignal
  },
): Promise<ReadonlyMap<number, Crossings>> {
  const rows = await warehouse.query<Crossings & { customer: number }>(
    `with asked as (
       select one.1 as customer, one.2 as instant
       from (select arrayJoin(arrayZip({customers:Array(UInt64)}, {ats:Array(Int64)})) as one)
     )
     select e.customer as customer,
            argMaxIf(e.name, (e.ms, e.position), e.ms <= a.instant) as last,
            argMinIf(e.name, (e.ms, e.position), e.ms > a.instant) as next
     from (
       select ${survivorSql('customer')} as customer, toString(name) as name, toUnixTimestamp64Milli(at) as ms, position
       from events
       where shop = {shop:UInt32} and customer != 0 and name in ('Entered Segment', 'Left Segment')
         and numbers['segment_id'] = {segment:UInt64}
     ) e join asked as a on a.customer = e.customer
     group by e.customer`,
    {
      ...{ shop, segment: asked.segment },
      customers: asked.people.map(({ customer }) => customer),
      ats: asked.people.map(({ at }) => at),
    },
    { maxMs, ...(asked.signal ? { signal: asked.signal } : {}) },
  )
  return new Map(rows.map(({ customer, last, next }) => [Number(customer), { last, next }]))
}

async function readMembers(
  db: Database,
  shop: ShopId,
  { segment, people }: { readonly segment: number; readonly people: readonly At[] },
): Promise<ReadonlyMap<number, number>> {
  const rows = await db<{ customer: number; since: number }[]>`
    select customer, entered_at as since from memberships
    where shop = ${shop} and segment = ${segment} and customer = any(${people.map((one) => one.customer)}::bigint[])`
  return new Map(rows.map(({ customer, since }) => [customer, since]))
}

/** How many segments of the shop could be looked at. */
export async function segmentsCount(db: Database, shop: ShopId): Promise<number> {
  const [row] = await db<[{ segments: number }]>`
    select count(*)::int as segments from segments where shop = ${shop} and archived_at is null`
  return row.segments
}
