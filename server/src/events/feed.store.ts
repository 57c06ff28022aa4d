import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import type { Warehouse } from '../warehouse/connection.store.ts'
import type { PositionedRow } from './line.store.ts'

/** How far the log reaches and how far the line has come. */
export async function headAndLine(
  db: Database,
  shop: ShopId,
): Promise<{ readonly head: number; readonly line: number }> {
  const [row] = await db<{ head: number; line: number }[]>`
    select coalesce((select head from log_heads where shop = ${shop}), 0) as head,
           coalesce((select position from lanes where shop = ${shop} and name = 'line'), 0) as line`
  return row ?? { head: 0, line: 0 }
}

export type FeedRow = PositionedRow & {
  readonly processedAt: number | null
  readonly customer: number | null
}

/** Newest rows of the log between two positions (both excluded), newest first; what the line has not reached has no customer. */
export async function readFeed(
  db: Database,
  shop: ShopId,
  asked: {
    readonly after: number
    readonly before: number
    readonly limit: number
    readonly name: string | undefined
    readonly customers: readonly number[] | undefined
  },
): Promise<readonly FeedRow[]> {
  return await db<FeedRow[]>`
    select l.position, l.kind, l.name, l.at, l.received_at as "receivedAt", l.ids, l.body, l.import_id as "importId",
           t.processed_at as "processedAt", t.customers[l.position - t.first_position + 1] as customer
    from log l
    left join lateral (
      select first_position, last_position, processed_at, customers from turns t
      where t.shop = l.shop and t.first_position <= l.position order by t.first_position desc limit 1
    ) t on t.last_position >= l.position
    where l.shop = ${shop} and l.position > ${asked.after} and l.position < ${asked.before}
      ${asked.name === undefined ? db`` : db`and l.name = ${asked.name}`}
      ${asked.customers === undefined ? db`` : db`and t.customers[l.position - t.first_position + 1] = any(${[...asked.customers]}::bigint[])`}
    order by l.position desc limit ${asked.limit}`
}

export type PastRow = {
  readonly position: number
  readonly kind: string
  readonly name: string
  readonly at: string
  readonly received_at: string
  readonly processed_at: string
  readonly customer: number
  readonly message_id: string
  readonly import_id: string
  readonly properties: string
  readonly traits: string
}

const pastColumns =
  'position, kind, name, at, received_at, processed_at, customer, message_id, import_id, properties, traits'

/** Newest rows of history before a position, newest first. */
export async function readPast(
  warehouse: Warehouse,
  shop: ShopId,
  asked: {
    readonly upTo: number
    readonly limit: number
    readonly name: string | undefined
    readonly customers: readonly number[] | undefined
  },
): Promise<readonly PastRow[]> {
  // Two steps: positions are light, the wide columns are read for one page only.
  return await warehouse.query<PastRow>(
    `select ${pastColumns} from events
     where shop = {shop:UInt32} and position in (
       select position from events
       where shop = {shop:UInt32} and position <= {upTo:UInt64}
         and ({name:String} = '' or name = {name:String})
         and (empty({customers:Array(UInt64)}) or customer in {customers:Array(UInt64)})
       order by position desc limit {limit:UInt32})
     order by position desc`,
    {
      shop,
      upTo: asked.upTo,
      name: asked.name ?? '',
      customers: asked.customers ?? [],
      limit: asked.limit,
    },
  )
}

/** How many visits these customers began, as far as history is complete. */
export async function countVisits(
  warehouse: Warehouse,
  shop: ShopId,
  customers: readonly number[],
): Promise<number> {
  const [row] = await warehouse.query<{ visits: number }>(
    `select count() as visits from events
     where shop = {shop:UInt32} and customer in {customers:Array(UInt64)} and name = 'Visit Started' and kind = 'derived'`,
    { shop, customers },
  )
  return row?.visits ?? 0
}
