import type { Database, Tx } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import { timeZoneOf } from './membership.store.ts'
import { type DayMoves, type Move, movesByDay } from './sizes.ts'

/** Adds what moved to the days of its segments, in the transaction that moved it. `zone` is looked up unless given. */
export async function countMoves(
  tx: Tx,
  shop: ShopId,
  what: { readonly moves: readonly Move[]; readonly zone?: string },
): Promise<void> {
  if (what.moves.length === 0) return
  const days = movesByDay(what.moves, what.zone ?? (await timeZoneOf(tx, shop)))
  await tx`
    insert into segment_sizes (shop, segment, day, entered, gone)
    select ${shop}, * from unnest(
      ${days.map((one) => one.segment)}::bigint[], ${days.map((one) => one.day)}::int[],
      ${days.map((one) => one.entered)}::bigint[], ${days.map((one) => one.gone)}::bigint[])
    on conflict (shop, segment, day) do update
    set entered = segment_sizes.entered + excluded.entered, gone = segment_sizes.gone + excluded.gone`
}

/** What moved in a segment up to a day: one row for all days before `from`, then one a day. */
export function movesUpTo(
  db: Database,
  shop: ShopId,
  of: { readonly segment: number; readonly from: number; readonly to: number },
): Promise<readonly DayMoves[]> {
  return db<DayMoves[]>`
    select segment, greatest(day, ${of.from - 1}) as day, sum(entered)::bigint as entered, sum(gone)::bigint as gone
    from segment_sizes where shop = ${shop} and segment = ${of.segment} and day <= ${of.to}
    group by 1, 2 order by 2`
}
