import type { Database } from '../database/connection.store.ts'

/** What the databases say after the killing. */
export type Ledger = Awaited<ReturnType<typeof readLedger>>

/** Everything that must have come to an end, and how often each thing was done. Times are UTC ms. */
export async function readLedger(db: Database, now: number) {
  const enrolments = await db<{ campaign: number; people: number; rows: number }[]>`
    select campaign, count(distinct customer)::int as people, count(*)::int as rows
    from enrolments group by campaign order by campaign`
  const stuck = await db<{ id: number; step: number; due: number | null; awaiting: boolean }[]>`
    select e.id, e.step, e.due, e.awaiting from enrolments e
    where e.state = 'active' and (e.awaiting or e.due is null or e.due <= ${now} or not exists (
      select 1 from timers t
      where t.shop = e.shop and t.enrolment = e.id and t.due = e.due and t.generation = e.generation))`
  const [late] = await db<{ timers: number; woken: number; orphans: number }[]>`
    select (select count(*)::int from timers where due <= ${now}) as timers,
           (select count(*)::int from due where at <= ${now}) as woken,
           (select count(*)::int from timers t where not exists (
             select 1 from enrolments e where e.shop = t.shop and e.id = t.enrolment and e.state = 'active')) as orphans`
  const messages = await db<
    {
      id: number
      campaign: number
      customer: number
      state: string
      reason: string | null
      attempt: number
    }[]
  >`select id, campaign, customer, state, reason, attempt from outbox`
  const undecided = await db<{ id: number }[]>`
    select o.id from outbox o left join decisions d on d.shop = o.shop and d.month = o.decision_month and d.id = o.decision
    where d.id is null or d.reason is null`
  const outcomes = await db<{ campaign: number; outcome: string; reason: string; count: number }[]>`
    select campaign, outcome, reason, count(*)::int from decisions group by 1, 2, 3 order by 1, 2, 3`
  const twice = await db<{ cause: string }[]>`
    select cause_key as cause from decisions group by shop, cause_key having count(*) > 1`
  const coupons = await db<{ pool: number; held: number; people: number; taken: number }[]>`
    select p.id as pool, count(*) filter (where c.state <> 'released')::int as held,
           count(distinct c.customer) filter (where c.state <> 'released')::int as people,
           p.taken - coalesce((select sum(m.pieces)::int from coupon_moves m where m.shop = p.shop and m.pool = p.id), 0) as taken
    from coupon_pools p left join coupons c on c.shop = p.shop and c.pool = p.id
    group by p.shop, p.id order by p.id`
  const runs = await db<
    { state: string; called: number }[]
  >`select state, called from campaign_runs`
  const failures = await db<
    { room: string; error: string }[]
  >`select room, error from line_failures`
  return { enrolments, stuck, late, messages, undecided, outcomes, twice, coupons, runs, failures }
}

/** Whether nothing is left to do now: no lane behind, nothing due, nothing on its way. */
export async function isQuiet(db: Database, now: number): Promise<boolean> {
  const [left] = await db<{ n: number }[]>`
    select (select coalesce(sum(h.head - l.position), 0)::int from lanes l join log_heads h on h.shop = l.shop)
         + (select count(*)::int from timers where due <= ${now})
         + (select count(*)::int from due where at <= ${now})
         + (select count(*)::int from outbox where state = 'sending' or (state = 'queued' and not_before <= ${now}))
         + (select count(*)::int from campaign_runs where state not in ('done', 'cancelled')) as n`
  return left?.n === 0
}

/** Tries that are put off are made now; providers' own waits of minutes are not sat out here. */
export async function hurryRetries(db: Database): Promise<void> {
  await db`update outbox set not_before = 0 where state = 'queued' and attempt > 0`
}
