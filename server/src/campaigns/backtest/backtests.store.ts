import type { Database } from '../../database/connection.store.ts'
import type { ShopId } from '../../lib/brand.ts'
import type { BacktestState } from './backtest.ts'

export type BacktestRow = {
  readonly id: number
  readonly campaign: number | null
  readonly from: number
  readonly to: number
  readonly state: BacktestState
  /** People gone through, and in all; 0 before that is known. */
  readonly done: number
  readonly people: number
  readonly problem: string | null
  readonly by: string
  readonly createdAt: number
  readonly endedAt: number | null
}

/** What it found, in two numbers: people who entered and messages; null while it is not done. */
type Gist = {
  readonly entered: number | null
  readonly sent: number | null
  /** Two flows lived through it; the numbers are those of the first. */
  readonly compares: boolean
}

/** With the flows (JSON) and the result (JSON). */
export type WholeBacktestRow = BacktestRow & {
  readonly flow: string
  readonly against: string | null
  readonly result: string | null
}

function columns(db: Database) {
  return db`id, campaign, from_at as from, to_at as to, state, done, people, problem,
    coalesce((select m.name from members m where m.shop = backtests.shop and backtests.made_by = 'member:' || m.id), made_by) as by,
    created_at as "createdAt", ended_at as "endedAt"`
}

/** Puts a backtest into the queue; undefined where too many wait already. */
export async function insertBacktest(
  db: Database,
  shop: ShopId,
  made: {
    readonly campaign: number | null
    readonly flow: string
    readonly against: string | null
    readonly from: number
    readonly to: number
    readonly by: string
    readonly now: number
    readonly waitingLimit: number
  },
): Promise<number | undefined> {
  const [row] = await db<{ id: number }[]>`
    insert into backtests (shop, campaign, flow, against, from_at, to_at, state, made_by, created_at)
    select ${shop}::int, ${made.campaign}::bigint, ${made.flow}, ${made.against}::text, ${made.from}::bigint, ${made.to}::bigint, 'queued',
           ${made.by}, ${made.now}::bigint
    where (select count(*) from backtests where shop = ${shop} and state in ('queued', 'running')) < ${made.waitingLimit}
    returning id`
  return row?.id
}

/** Newest first; of one campaign where one is named. */
export async function listBacktests(
  db: Database,
  shop: ShopId,
  page: {
    readonly campaign: number | undefined
    readonly before: number | undefined
    readonly limit: number
  },
): Promise<readonly (BacktestRow & Gist)[]> {
  return await db<(BacktestRow & Gist)[]>`
    select ${columns(db)},
           (result::json #>> '{side,people}')::int as entered, (result::json #>> '{side,sent}')::int as sent,
           against is not null as compares
    from backtests
    where shop = ${shop} and (${page.campaign ?? null}::bigint is null or campaign = ${page.campaign ?? null})
      and (${page.before ?? null}::bigint is null or id < ${page.before ?? null})
    order by id desc limit ${page.limit}`
}

/** One backtest with its flow and result (JSON text); undefined where the shop has none of this id. */
export async function readBacktest(
  db: Database,
  shop: ShopId,
  id: number,
): Promise<WholeBacktestRow | undefined> {
  const [row] = await db<WholeBacktestRow[]>`
    select ${columns(db)}, flow, against, result from backtests where shop = ${shop} and id = ${id}`
  return row
}

export type Claimed = WholeBacktestRow & { readonly shop: ShopId; readonly epoch: number }

/**
 * Takes the oldest one that waits, or whose worker has died: it begins anew. Of each shop one runs at a time; undefined when
 * there is nothing to do, or another worker was quicker.
 */
export async function claimBacktest(
  db: Database,
  time: { readonly now: number; readonly until: number },
): Promise<Claimed | undefined> {
  const [taken] = await db<Claimed[]>`
    update backtests set state = 'running', lease_until = ${time.until}, epoch = epoch + 1, done = 0, people = 0
    where (shop, id) = (
      select b.shop, b.id from backtests b
      where b.state = 'running' and b.lease_until < ${time.now} or b.state = 'queued'
        and not exists (select 1 from backtests o where o.shop = b.shop and o.state = 'running')
      order by b.created_at, b.id limit 1 for update skip locked
    )
    returning shop, epoch, ${columns(db)}, flow, against, result`.catch((error: unknown) => {
    if (isTaken(error)) return []
    throw error
  })
  return taken
}

/** Another worker began one of the same shop at the same moment. */
function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '23505'
}

/** Says how far it is and keeps the lease; false when it is no longer wanted or another worker has it. */
export async function keepBacktest(
  db: Database,
  one: Pick<Claimed, 'shop' | 'id' | 'epoch'>,
  so: { readonly done: number; readonly people: number; readonly until: number },
): Promise<boolean> {
  const kept = await db`
    update backtests set done = ${so.done}, people = ${so.people}, lease_until = ${so.until}
    where shop = ${one.shop} and id = ${one.id} and state = 'running' and epoch = ${one.epoch}`
  return kept.count > 0
}

/** Writes down how it ended, where it is still the worker's to say. */
export async function endBacktest(
  db: Database,
  one: Pick<Claimed, 'shop' | 'id' | 'epoch'>,
  ended: {
    readonly state: 'done' | 'failed'
    readonly result: string | null
    readonly problem: string | null
    readonly now: number
  },
): Promise<void> {
  await db`
    update backtests set state = ${ended.state}, result = ${ended.result}, problem = ${ended.problem}, ended_at = ${ended.now},
           done = people
    where shop = ${one.shop} and id = ${one.id} and state = 'running' and epoch = ${one.epoch}`
}

/** Puts one back into the queue, to begin anew. */
export async function releaseBacktest(
  db: Database,
  one: Pick<Claimed, 'shop' | 'id' | 'epoch'>,
): Promise<void> {
  await db`
    update backtests set state = 'queued', lease_until = 0, done = 0
    where shop = ${one.shop} and id = ${one.id} and state = 'running' and epoch = ${one.epoch}`
}

/** Calls one off; false when it is over already. */
export async function cancelBacktest(
  db: Database,
  shop: ShopId,
  asked: { readonly id: number; readonly now: number },
): Promise<boolean> {
  const cancelled = await db`
    update backtests set state = 'cancelled', ended_at = ${asked.now}
    where shop = ${shop} and id = ${asked.id} and state in ('queued', 'running')`
  return cancelled.count > 0
}

/** Forgets those that were made before a time (UTC ms). */
export async function forgetBacktests(db: Database, before: number): Promise<void> {
  await db`delete from backtests where created_at < ${before}`
}
