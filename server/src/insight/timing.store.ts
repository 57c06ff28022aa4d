import type { ShopId } from '../lib/brand.ts'
import {
  gapsSql,
  habitsAsOf,
  type IntervalKind,
  lastOrderSql,
} from '../orders/repurchase-interval.ts'
import type { Warehouse } from '../warehouse/connection.store.ts'
import { type Counted, followedDays, type Step } from './timing.ts'

const maxMs = 120_000
const settings = { max_bytes_before_external_group_by: '268435456' } as const
/** Products and categories of a report, those with most intervals. */
const rowsLimit = 200

/** As of when a shop's habits are looked at (habitsAsOf), UTC ms. */
export async function readAsOf(
  warehouse: Warehouse,
  shop: ShopId,
  { now, signal }: { readonly now: number; readonly signal?: AbortSignal },
): Promise<number> {
  const [row] = await warehouse.query<{ at: number | null }>(
    `select toUnixTimestamp64Milli((${lastOrderSql})) as at`,
    { shop, asOf: now },
    { maxMs, ...(signal ? { signal } : {}) },
  )
  return habitsAsOf(now, row?.at ?? null)
}

/** What was counted of the names of a kind, most intervals first; `asOf` UTC ms. */
export async function readTiming(
  warehouse: Warehouse,
  shop: ShopId,
  asked: { readonly by: IntervalKind; readonly asOf: number; readonly signal?: AbortSignal },
): Promise<{ readonly rows: readonly Counted[]; readonly steps: readonly Step[] }> {
  const { by, asOf, signal } = asked
  const options = { maxMs, settings, ...(signal ? { signal } : {}) }
  const gaps = gapsSql(by)
  const counted = await warehouse.query<Omit<Counted, 'name' | 'category'>>(
    `select g.name as key, uniqExact(person) as people, sum(length(gaps)) as intervals,
       quantilesExactArray(0.25, 0.5, 0.75)(gaps) as quartiles
     from (${gaps}) as g group by key order by intervals desc, key limit {rows:UInt32}`,
    { shop, asOf, rows: rowsLimit },
    options,
  )
  const keys = counted.map(({ key }) => key)
  const steps = await warehouse.query<Step>(
    `select g.name as key, step.1 as day, countIf(step.2 = 1) as events, countIf(step.2 = 0) as ends
     from (${gaps}) as g array join arrayConcat(
       arrayMap(gap -> (toUInt16(least(floor(gap), {beyond:UInt16})), 1), gaps),
       [(toUInt16(least(intDiv(intDiv({asOf:Int64}, 1000) - times[-1], 86400), {beyond:UInt16})), 0)]) as step
     where has({keys:Array(String)}, g.name)
     group by key, day order by key, day`,
    { shop, asOf, keys, beyond: followedDays + 1 },
    options,
  )
  const named = by === 'product' ? await namesOf(warehouse, { shop, keys }, options) : new Map()
  const rows = counted.map((row) => ({
    ...row,
    name: named.get(row.key)?.name ?? row.key,
    category: named.get(row.key)?.category ?? '',
  }))
  return { rows, steps }
}

/** What products are called, and their category: as one of the newest orders of each had it. */
export async function namesOf(
  warehouse: Warehouse,
  { shop, keys }: { readonly shop: ShopId; readonly keys: readonly string[] },
  options: { readonly signal?: AbortSignal },
): Promise<ReadonlyMap<string, { readonly name: string; readonly category: string }>> {
  const rows = await warehouse.query<{ product: string; name: string; category: string }>(
    `select line.product as product, argMax(line.name, version) as name, argMax(line.category, version) as category
     from order_versions array join lines as line
     where shop = {shop:UInt32} and has({keys:Array(String)}, line.product)
     group by product`,
    { shop, keys },
    { maxMs, ...options },
  )
  return new Map(rows.map((row) => [row.product, { ...row, name: row.name || row.product }]))
}
