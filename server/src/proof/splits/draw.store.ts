import type { Database, Tx } from '../../database/connection.store.ts'
import type { ShopId } from '../../lib/brand.ts'
import type { Caps } from '../caps.store.ts'
import { experimentOf, type SplitReach } from './split.ts'
import { splittable } from './splits.store.ts'

/** A split under way, as its worker sees it. */
export type Work = {
  readonly shop: ShopId
  readonly id: number
  readonly segment: number
  readonly reach: SplitReach
  readonly share: number
  readonly windowMs: number
  readonly state: 'drawing' | 'drawn'
  /** null: nobody was called yet. */
  readonly drawnAt: number | null
  readonly exposureFile: number
  readonly exposureSealed: string | null
}
type Mine = Pick<Work, 'shop' | 'id'>
export type Lease = { readonly by: string; readonly now: number; readonly until: number }

/** Takes the oldest split that nobody works on, or that this worker holds already. All shops. */
export async function takeSplit(db: Database, lease: Lease): Promise<Work | undefined> {
  const [row] = await db<Work[]>`
    update outside_splits set leased_by = ${lease.by}, leased_until = ${lease.until}
    where (shop, id) = (
      select shop, id from outside_splits
      where (state = 'drawing' or exposure_state = 'reading')
        and (leased_until is null or leased_until <= ${lease.now} or leased_by = ${lease.by})
      order by id limit 1 for update skip locked
    )
    returning shop, id, segment, reach, share, window_ms as "windowMs", state, drawn_at as "drawnAt",
              exposure_file as "exposureFile", exposure_sealed as "exposureSealed"`
  return row
}

/** Calls everyone who is a member at this instant, in one statement, so that the lists are of one instant. Answers how many. */
export async function callMembers(
  tx: Tx,
  work: Work,
  at: Caps & { readonly now: number; readonly currency: string },
): Promise<number> {
  const called = await tx`
    insert into outside_split_people (shop, split, customer)
    select ${work.shop}::int, ${work.id}::bigint, customer from (${splittable(tx, work.shop, work)}) as s`
  await tx`
    update outside_splits
    set drawn_at = ${at.now}, total = ${called.count}, currency = ${at.currency}, cap = ${at.spent}, cap_before = ${at.spentBefore}
    where shop = ${work.shop} and id = ${work.id}`
  return called.count
}

/** Somebody to be drawn: who they are by now, and the key that decides their arm, their own at the instant of the draw. */
export type Called = { readonly customer: number; readonly key: string }

/**
 * The next people without an arm, taken off the list of the called. Who was merged away meanwhile is drawn for the survivor;
 * merges wait until the slice is written, so nobody is drawn for a customer who is gone.
 */
export async function takeCalled(
  tx: Tx,
  work: Mine,
  limit: number,
): Promise<{ readonly taken: number; readonly called: readonly Called[] }> {
  const gone = await tx<{ customer: number }[]>`
    delete from outside_split_people p using (
      select customer from outside_split_people where shop = ${work.shop} and split = ${work.id}
      order by customer limit ${limit}
    ) as next
    where p.shop = ${work.shop} and p.split = ${work.id} and p.customer = next.customer
    returning p.customer`
  const called = await tx<Called[]>`
    select coalesce(survivor, id) as customer, assignment_key as key from customers
    where shop = ${work.shop} and id = any(${gone.map((one) => one.customer)}::bigint[]) and erased_at is null
    order by id for share`
  return { taken: gone.length, called }
}

/** Notes how many more were drawn; the last slice makes the lists whole. */
export async function noteDrawn(
  tx: Tx,
  work: Mine,
  drawn: { readonly people: number; readonly leftOut: number; readonly isLast: boolean },
): Promise<void> {
  await tx`
    update outside_splits
    set done = done + ${drawn.people}, left_out = left_out + ${drawn.leftOut}, state = ${drawn.isLast ? 'drawn' : 'drawing'},
        leased_until = case when ${drawn.isLast} then null else leased_until end
    where shop = ${work.shop} and id = ${work.id} and state = 'drawing'`
}

/** Ends a draw with its reason. */
export async function failDraw(db: Database | Tx, work: Mine, problem: string): Promise<void> {
  await db`
    update outside_splits set state = 'failed', problem = ${problem}, leased_until = null
    where shop = ${work.shop} and id = ${work.id}`
}

/** Marks those of these customers who were drawn; answers whom it found on a list. */
export async function markExposed(
  db: Database,
  work: Work,
  customers: readonly number[],
): Promise<readonly number[]> {
  const rows = await db<{ customer: number }[]>`
    update assignments set exposure_file = ${work.exposureFile}
    where shop = ${work.shop} and experiment = ${experimentOf(work.id)} and customer = any(${[...customers]}::bigint[])
    returning customer`
  return rows.map((row) => row.customer)
}

/** The file is read, or cannot be, and is forgotten. */
export async function endExposure(
  db: Database,
  work: Work,
  told: { readonly state: 'read' | 'failed'; readonly answer: string | null },
): Promise<void> {
  await db`
    update outside_splits
    set exposure_state = ${told.state}, exposure_answer = ${told.answer}, exposure_sealed = null, leased_until = null
    where shop = ${work.shop} and id = ${work.id} and exposure_file = ${work.exposureFile} and exposure_state = 'reading'`
}
