import type { ShopId } from '../lib/brand.ts'
import { dayMs } from '../lib/duration.ts'
import type { Warehouse } from '../warehouse/connection.store.ts'
import { type Asked, livesParams, livesSql } from './buys.store.ts'

/** What an event on each day gains, and what has drifted by each last day watched: of one product (statistics/survival.ts). */
export type Weights = {
  readonly code: string
  readonly gain: readonly number[]
  readonly drift: readonly number[]
}

/** Numbers that go to ClickHouse at once; of so many weights the products with most buyers have their errors worked out. */
const numbersLimit = 250_000
/** They go as text within the query: nine digits each are enough for an interval. */
const queryBytes = 32 * 1024 * 1024
const short = (value: number) => Number(value.toPrecision(9))

/**
 * For each product the sum over first buyers who came back of (gains - drift)^2 - drift^2: what `meanError` needs to know of
 * single people. All weights have the same number of days.
 */
export async function repeaterSquares(
  warehouse: Warehouse,
  shop: ShopId,
  asked: Asked & { readonly days: number; readonly weights: readonly Weights[] },
): Promise<ReadonlyMap<string, number>> {
  const { days } = asked
  const weights = asked.weights.slice(0, Math.floor(numbersLimit / days))
  const padded = (of: readonly number[]) =>
    Array.from({ length: days }, (_, day) => short(of[day] ?? 0))
  const rows = await warehouse.query<{ code: string; squares: number }>(
    `with {gains:Array(Float64)} as gains, {drifts:Array(Float64)} as drifts
     select toString(product) as code,
       sum(pow(arraySum(day -> if(day < {lasts:Array(UInt16)}[place], gains[(place - 1) * {days:UInt32} + day + 1], 0), days) - drift, 2) - pow(drift, 2)) as squares
     from (
       select product, days, transform(product, arrayMap(code -> toUInt64(code), {codes:Array(String)}),
           arrayMap(at -> toUInt32(at), range(1, length({codes:Array(String)}) + 1)), toUInt32(0)) as place,
         drifts[(place - 1) * {days:UInt32} + least(until + 1, {lasts:Array(UInt16)}[place])] as drift
       from (select *, arrayMap(gap -> intDiv(gap + ${dayMs - 1}, ${dayMs}), gaps) as days from (${livesSql(asked)}) where k > 0)
       array join first_products as product
       where place > 0)
     group by product`,
    {
      ...livesParams(shop, asked),
      days,
      codes: weights.map(({ code }) => code),
      lasts: weights.map(({ gain }) => gain.length),
      gains: weights.flatMap(({ gain }) => padded(gain)),
      drifts: weights.flatMap(({ drift }) => padded(drift)),
    },
    { maxMs: 60_000, settings: { max_query_size: `${queryBytes}` } },
  )
  return new Map(rows.map(({ code, squares }) => [code, squares]))
}
