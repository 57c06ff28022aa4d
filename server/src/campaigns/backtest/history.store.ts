import type { ShopId } from '../../lib/brand.ts'
import type { Warehouse } from '../../warehouse/connection.store.ts'
import { survivorSql } from '../../warehouse/survivor.ts'

/** One read may take so long; above `shortQueryMaxMs`, so that short questions never wait for it. */
const longReadMs = 60_000

/** A happening as history has it; times in UTC ms, `properties` and `traits` JSON text. */
export type HistoryRow = {
  readonly customer: number
  readonly position: number
  readonly happened: number
  readonly processed: number
  readonly kind: string
  readonly name: string
  readonly import: string
  readonly properties: string
  readonly traits: string
}

export type ReadOptions = { readonly signal: AbortSignal }

const columns = `customer, position, toUnixTimestamp64Milli(at) as happened, toUnixTimestamp64Milli(processed_at) as processed, kind, name,
  import_id as import, properties`

/** Whom a happening of this name is of, survivors in order of id: all of them, eight bytes each. */
export async function peopleWith(
  warehouse: Warehouse,
  shop: ShopId,
  asked: ReadOptions & {
    readonly name: string
    readonly from: number
    readonly to: number
    /** Only where the happening names this segment or campaign. */
    readonly segment: number | null
    readonly campaign: number | null
  },
): Promise<readonly number[]> {
  const { name, from, to, segment, campaign, signal } = asked
  const ids: number[] = []
  const stream = warehouse.stream<{ id: number }>(
    `select distinct ${survivorSql('customer')} as id from events
     where shop = {shop:UInt32} and name = {name:String} and customer != 0
       and at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') and at < fromUnixTimestamp64Milli({to:Int64}, 'UTC')
       ${segment === null ? '' : "and numbers['segment_id'] = {segment:UInt32}"}
       ${campaign === null ? '' : 'and campaign = {campaign:UInt64}'}
     order by id`,
    { shop, name, from, to, segment: segment ?? 0, campaign: campaign ?? 0 },
    { maxMs: longReadMs, signal },
  )
  for await (const rows of stream) for (const { id } of rows) ids.push(Number(id))
  return ids
}

/** What these people did of these names between two event times, in no order. */
export async function happeningsOf(
  warehouse: Warehouse,
  shop: ShopId,
  asked: ReadOptions & {
    readonly ids: readonly number[]
    readonly names: readonly string[]
    readonly from: number
    readonly to: number
  },
): Promise<readonly HistoryRow[]> {
  const { signal, ...params } = asked
  const read = await warehouse.columns<HistoryRow>(
    `select ${columns}, '' as traits from events
     where shop = {shop:UInt32} and customer in {ids:Array(UInt64)} and name in {names:Array(String)}
       and at >= fromUnixTimestamp64Milli({from:Int64}, 'UTC') and at < fromUnixTimestamp64Milli({to:Int64}, 'UTC')`,
    { shop, ...params },
    { maxMs: longReadMs, signal },
  )
  return rowsOf(read)
}

/** Everything that ever changed who these people are: merges, traits, consents, and the segments they entered and left. */
export async function changesOf(
  warehouse: Warehouse,
  shop: ShopId,
  asked: ReadOptions & { readonly ids: readonly number[]; readonly segments: readonly number[] },
): Promise<readonly HistoryRow[]> {
  const { ids, segments, signal } = asked
  const read = await warehouse.columns<HistoryRow>(
    `select ${columns}, traits from events
     where shop = {shop:UInt32} and customer in {ids:Array(UInt64)} and kind in ('identify', 'edit', 'derived', 'consent')
       and (kind = 'consent' or name = 'Customer Merged' or traits not in ('', '{}')
         ${segments.length === 0 ? '' : "or name in ('Entered Segment', 'Left Segment') and toUInt32(numbers['segment_id']) in {segments:Array(UInt32)}"})`,
    { shop, ids, segments },
    { maxMs: longReadMs, signal },
  )
  return rowsOf(read)
}

function rowsOf(
  read: {
    readonly [C in keyof HistoryRow]?: readonly HistoryRow[C][]
  },
): readonly HistoryRow[] {
  const { customer = [], position, happened, processed, kind, name, properties, traits } = read
  return customer.map((whose, at) => ({
    customer: whose,
    position: position?.[at] ?? 0,
    happened: happened?.[at] ?? 0,
    processed: processed?.[at] ?? 0,
    kind: kind?.[at] ?? '',
    name: name?.[at] ?? '',
    import: read.import?.[at] ?? '',
    properties: properties?.[at] ?? '',
    traits: traits?.[at] ?? '',
  }))
}

/** What the shop said of its products up to a time, in order. */
export async function* productNews(
  warehouse: Warehouse,
  shop: ShopId,
  asked: ReadOptions & { readonly to: number; readonly limit: number },
): AsyncGenerator<readonly HistoryRow[]> {
  const { to, limit, signal } = asked
  yield* warehouse.stream<HistoryRow>(
    `select ${columns}, '' as traits from events
     where shop = {shop:UInt32} and customer = 0 and kind = 'product' and at < fromUnixTimestamp64Milli({to:Int64}, 'UTC')
     order by position desc limit {limit:UInt32}`,
    { shop, to, limit },
    { maxMs: longReadMs, signal },
  )
}
