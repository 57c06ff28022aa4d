import type { ShopId } from '../lib/brand.ts'
import type { Warehouse } from '../warehouse/connection.store.ts'
import type { Block } from './history.store.ts'

export type Counted = { readonly rows: number; readonly first: number; readonly last: number }

/** What ClickHouse holds of a range of positions. */
export async function countRange(
  warehouse: Warehouse,
  shop: ShopId,
  block: Block,
): Promise<Counted> {
  const [row] = await warehouse.query<Counted>(
    `select count() as rows, min(position) as first, max(position) as last from events
     where shop = {shop:UInt32} and position between {first:UInt64} and {last:UInt64}`,
    { shop, first: block.first, last: block.last },
    { maxMs: 60_000 },
  )
  return row ?? { rows: 0, first: 0, last: 0 }
}

/** Deletes what is there of a range and waits until it is gone. */
export async function deleteRange(warehouse: Warehouse, shop: ShopId, block: Block): Promise<void> {
  await warehouse.command(
    'alter table events delete where shop = {shop:UInt32} and position between {first:UInt64} and {last:UInt64}',
    { shop, first: block.first, last: block.last },
    { maxMs: 600_000, settings: { mutations_sync: '2' } },
  )
}

/** How often an event happened, as far as history is complete. */
export async function countEvents(
  warehouse: Warehouse,
  shop: ShopId,
  asked: {
    readonly event: string | undefined
    readonly from: number
    readonly to: number
    readonly position: number
  },
): Promise<number> {
  const [row] = await warehouse.query<{ count: number }>(
    `select count() as count from events
     where shop = {shop:UInt32} and position <= {position:UInt64} and ({event:String} = '' or name = {event:String})
       and at >= fromUnixTimestamp64Milli({from:Int64}) and at < fromUnixTimestamp64Milli({to:Int64})`,
    { shop, event: asked.event ?? '', from: asked.from, to: asked.to, position: asked.position },
  )
  return row?.count ?? 0
}

/** Takes what tells who they are out of history; rows, places and amounts stay, so that counts and orders still add up. */
export async function eraseFromHistory(
  warehouse: Warehouse,
  shop: ShopId,
  customers: readonly number[],
): Promise<void> {
  const settings = { mutations_sync: '2' as const }
  await warehouse.command(
    `alter table events update properties = '{}', traits = '{}', context = '{}', message_id = 'erased', query = '', url_path = '',
       texts = map(), folded = map(), numbers = map(), flags = map(), times = map()
     where shop = {shop:UInt32} and customer in {customers:Array(UInt64)} and not (kind = 'edit' and name = 'Customer Erased')`,
    { shop, customers },
    { maxMs: 600_000, settings },
  )
  await warehouse.command(
    'alter table customers delete where shop = {shop:UInt32} and customer in {customers:Array(UInt64)} and not erased',
    { shop, customers },
    { maxMs: 600_000, settings },
  )
}
