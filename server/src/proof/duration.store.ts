import type { ShopId } from '../lib/brand.ts'
import type { Warehouse } from '../warehouse/connection.store.ts'
import { ownPeopleSql, survivorSql } from '../warehouse/survivor.ts'

/** Who would enter a campaign: people who did one of these events, after they joined, before they ever ordered. */
export type Crowd = {
  readonly events: readonly string[]
  /** Of crossings: the segment that was entered or left. */
  readonly crossed?: number | undefined
  readonly joined: boolean
  /** What the path of the page after joining holds; '': there is none. */
  readonly joinPage: string
  readonly withoutOrder: boolean
}

const person = survivorSql('customer')

const comingsSql = `
  select ${person} as person, toUnixTimestamp64Milli(at) as moment from events
  where shop = {shop:UInt32} and name in {events:Array(String)} and customer != 0
    and at >= fromUnixTimestamp64Milli({from:Int64}) and at < fromUnixTimestamp64Milli({to:Int64})
    and person not in ${ownPeopleSql}
    and ({crossed:UInt64} = 0 or numbers['segment_id'] = {crossed:UInt64})`

const joinersSql = `
  select ${person} as person, toUnixTimestamp64Milli(min(at)) as joined from events
  where shop = {shop:UInt32} and customer != 0
    and (name = 'Signed Up' or (name = 'Page Viewed' and {joinPage:String} != '' and position(url_path, {joinPage:String}) > 0))
  group by person`

// When each of them came first in the period; of members, first as a member: most look around before they join.
const comersSql = ({ joined }: Crowd) => `
  select person, min(moment) as came from (${comingsSql}) as comings
  ${joined ? `join (${joinersSql}) as joiners using (person) where moment >= joined` : ''}
  group by person`

// Paid by somebody known, with something of it kept, as orders/order.ts says.
const countedSql = `status = 'paid' and paid_at is not null and customer != 0
    and arrayExists(line -> line.is_goods and line.quantity > line.refunded_quantity, lines)`

const buyersSql = `
  select ${person} as person, arraySort(groupArray(toUnixTimestamp64Milli(assumeNotNull(paid_at)))) as orders
  from order_versions final
  where shop = {shop:UInt32} and ${countedSql}
    and person in (select person from (${comingsSql}))
  group by person`

/** The people of a crowd who came in a period (UTC ms), and the orders each placed within `windowMs` afterwards. */
export async function comersOf(
  warehouse: Warehouse,
  shop: ShopId,
  asked: ComersAsked,
): Promise<{
  readonly people: number
  readonly buyers: number
  readonly orders: number
  readonly squares: number
}> {
  const [row] = await warehouse.query<{
    people: number
    buyers: number
    orders: number
    squares: number
  }>(
    `select count() as people, countIf(k > 0) as buyers, sum(k) as orders, sum(k * k) as squares
     from (${eachSql(asked)})`,
    parameters(shop, asked),
    { maxMs: 60_000 },
  )
  return row ?? { people: 0, buyers: 0, orders: 0, squares: 0 }
}

/** Some of them, at random and always the same: when each came, and their orders within `windowMs` afterwards. */
export async function someComers(
  warehouse: Warehouse,
  shop: ShopId,
  asked: ComersAsked & { readonly most: number },
): Promise<readonly { readonly customer: number; readonly at: number; readonly orders: number }[]> {
  const rows = await warehouse.query<{ person: number; at: number; k: number }>(
    `select person, came as at, k from (${eachSql(asked)}) order by sipHash64(person) limit {most:UInt32}`,
    { ...parameters(shop, asked), most: asked.most },
    { maxMs: 60_000 },
  )
  return rows.map(({ person: customer, at, k }) => ({
    customer: Number(customer),
    at: Number(at),
    orders: Number(k),
  }))
}

/** Buyers followed for `windowMs` since their first order by `now` (UTC ms), and the orders each placed in it, the first with them. */
export async function firstWindowsOf(
  warehouse: Warehouse,
  shop: ShopId,
  asked: { readonly windowMs: number; readonly now: number },
): Promise<{ readonly people: number; readonly orders: number; readonly squares: number }> {
  const [row] = await warehouse.query<{ people: number; orders: number; squares: number }>(
    `select count() as people, sum(k) as orders, sum(k * k) as squares from (
       select ${person} as buyer, min(toUnixTimestamp64Milli(assumeNotNull(paid_at))) as began,
         arrayCount(at -> at <= began + {windowMs:Int64}, groupArray(toUnixTimestamp64Milli(assumeNotNull(paid_at)))) as k
       from order_versions final
       where shop = {shop:UInt32} and ${countedSql} and buyer not in ${ownPeopleSql}
       group by buyer having began + {windowMs:Int64} <= {now:Int64})`,
    { shop, ...asked },
    { maxMs: 60_000 },
  )
  return row ?? { people: 0, orders: 0, squares: 0 }
}

type ComersAsked = Crowd & { readonly from: number; readonly to: number; readonly windowMs: number }

const eachSql = (asked: Crowd) => `
  select person, came, arrayCount(at -> at > came and at <= came + {windowMs:Int64}, orders) as k
  from (${comersSql(asked)}) as comers
  left join (${buyersSql}) as buyers using (person)
  where ${asked.withoutOrder ? '(empty(orders) or orders[1] > came)' : 'true'}`

const parameters = (shop: ShopId, asked: ComersAsked) => ({
  ...{ shop, events: asked.events, crossed: asked.crossed ?? 0, joinPage: asked.joinPage },
  ...{ from: asked.from, to: asked.to, windowMs: asked.windowMs },
})
