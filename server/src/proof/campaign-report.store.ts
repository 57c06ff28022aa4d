import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'

/** How far the entries of a campaign came; an entry is one enrolment. */
export type Funnel = {
  readonly entered: number
  readonly waiting: number
  /** Entries that reached a message: something was decided about one. */
  readonly reached: number
  /** Entries whose message passed every guard, in both arms. */
  readonly eligible: number
  readonly heldOut: number
  readonly queued: number
  readonly sent: number
  readonly delivered: number
  readonly clicked: number
  readonly unconfirmed: number
}

/** Entries counted by how far they came. An entry's decision is its first (would-)send, else its newest refusal. */
export async function readFunnel(
  db: Database,
  shop: ShopId,
  campaign: number,
): Promise<Funnel | undefined> {
  const [row] = await db<Funnel[]>`
    with decided as (
      select distinct on (enrolment) enrolment, would_send, arm, message
      from decisions where shop = ${shop} and campaign = ${campaign}
      order by enrolment, would_send desc, case when would_send then at else -at end, id
    )
    select count(*) as entered,
           count(*) filter (where e.state = 'active' and d.enrolment is null) as waiting,
           count(*) filter (where d.enrolment is not null) as reached,
           count(*) filter (where d.would_send) as eligible,
           count(*) filter (where d.would_send and d.arm = 'holdout') as "heldOut",
           count(*) filter (where o.state in ('queued', 'sending')) as queued,
           count(*) filter (where o.state = 'sent') as sent,
           count(*) filter (where o.delivered_at is not null) as delivered,
           count(*) filter (where o.clicked_at is not null) as clicked,
           count(*) filter (where o.state = 'unconfirmed') as unconfirmed
    from enrolments e
    left join decided d on d.enrolment = e.id
    left join outbox o on o.shop = e.shop and o.id = d.message
    where e.shop = ${shop} and e.campaign = ${campaign} and e.end_reason is distinct from 'merged'
      and e.customer not in (select customer from internal_people where shop = ${shop})`
  return row
}

/**
 * Entries that dropped out, by why. `after` the entry: before a message was decided on; after one was reached: by the decision;
 * after that allowed it: before it left.
 */
export type Drop = {
  readonly reason: string
  readonly after: 'entered' | 'reached' | 'eligible'
  readonly count: number
}

/** Every drop by its reason, most frequent first. */
export async function readDrops(
  db: Database,
  shop: ShopId,
  campaign: number,
): Promise<readonly Drop[]> {
  return await db<Drop[]>`
    with decided as (
      select distinct on (enrolment) enrolment, would_send, outcome, reason
      from decisions where shop = ${shop} and campaign = ${campaign}
      order by enrolment, would_send desc, case when would_send then at else -at end, id
    ), dropped as (
      select case when d.enrolment is null then e.end_reason else d.reason end as reason,
             case when d.would_send then 'eligible' when d.enrolment is not null then 'reached' else 'entered' end as after
      from enrolments e left join decided d on d.enrolment = e.id
      where e.shop = ${shop} and e.campaign = ${campaign} and e.end_reason is distinct from 'merged'
        and e.customer not in (select customer from internal_people where shop = ${shop})
        and (d.enrolment is null and e.state <> 'active' or not d.would_send or d.outcome in ('refused', 'failed'))
    )
    select reason, after, count(*) as count from dropped
    where reason is not null group by reason, after order by count(*) desc, reason`
}

/** People who were considered and never entered, by the newest reason, most frequent first. */
export async function readNotEntered(
  db: Database,
  shop: ShopId,
  campaign: number,
): Promise<readonly { readonly why: string; readonly count: number }[]> {
  return await db<{ why: string; count: number }[]>`
    with newest as (
      select distinct on (customer) customer, why from considered
      where shop = ${shop} and campaign = ${campaign}
      order by customer, last_at desc, why
    )
    select why, count(*) as count from newest n
    where n.customer not in (select customer from internal_people where shop = ${shop}) and not exists (
      select 1 from enrolments e
      where e.shop = ${shop} and e.campaign = ${campaign} and e.customer = n.customer)
    group by why order by count(*) desc, why`
}

/** People who were chosen for a message in each bucket of time and ordered in their window, over or not. */
export async function readOrdered(
  db: Database,
  shop: ShopId,
  asked: {
    readonly campaign: number
    readonly windowMs: number
    readonly currency: string
    /** Ascending, UTC ms. */
    readonly bounds: readonly number[]
  },
): Promise<readonly { readonly bucket: number; readonly people: number }[]> {
  return await db<{ bucket: number; people: number }[]>`
    with first as (
      select distinct on (customer) customer, arm, at from decisions
      where shop = ${shop} and campaign = ${asked.campaign} and would_send
        and customer not in (select customer from internal_people where shop = ${shop})
      order by customer, at, id
    )
    select width_bucket(f.at, ${[...asked.bounds]}::bigint[]) as bucket, count(*) as people
    from first f
    where f.arm = 'treatment' and exists (
      select from orders o
      where o.shop = ${shop} and o.customer = f.customer and o.status = 'paid' and o.gross > o.refunded
        and o.currency = ${asked.currency} and o.paid_at > f.at and o.paid_at <= f.at + ${asked.windowMs})
    group by bucket`
}

/** How many messages left, and how many people were held out, in each bucket of time. */
export async function readTempo(
  db: Database,
  shop: ShopId,
  asked: { readonly campaign: number; readonly bounds: readonly number[] },
): Promise<
  readonly { readonly bucket: number; readonly sent: number; readonly heldOut: number }[]
> {
  const from = asked.bounds[0] ?? 0
  return await db<{ bucket: number; sent: number; heldOut: number }[]>`
    select width_bucket(d.at, ${[...asked.bounds]}::bigint[]) as bucket,
           count(*) filter (where o.state = 'sent') as sent,
           count(*) filter (where d.arm = 'holdout' and d.would_send) as "heldOut"
    from decisions d left join outbox o on o.shop = d.shop and o.id = d.message
    where d.shop = ${shop} and d.campaign = ${asked.campaign} and d.at >= ${from}
      and d.customer not in (select customer from internal_people where shop = ${shop})
    group by bucket`
}

/** The goal windows of campaigns that have decided on a message since `since` (UTC ms), as published now. */
export async function readGoals(
  db: Database,
  shop: ShopId,
  asked: { readonly campaign: number | null; readonly since: number },
): Promise<readonly { readonly campaign: number; readonly flow: string }[]> {
  return await db<{ campaign: number; flow: string }[]>`
    select c.id as campaign, v.flow
    from campaigns c join campaign_versions v on v.shop = c.shop and v.campaign = c.id and v.version = c.version
    where c.shop = ${shop} and (${asked.campaign}::bigint is null or c.id = ${asked.campaign})
      and exists (
        select 1 from decisions d where d.shop = c.shop and d.campaign = c.id and d.would_send and d.at >= ${asked.since})
    order by c.id`
}

/** When the campaign's first message was decided on, UTC ms; null before. */
export async function firstDecisionAt(
  db: Database,
  shop: ShopId,
  campaign: number,
): Promise<number | null> {
  const [row] = await db<{ at: number | null }[]>`
    select min(at) as at from decisions where shop = ${shop} and campaign = ${campaign}`
  return row?.at ?? null
}

/** What became of the coupons a campaign gave, by message, step or page; null where it gave none. Cost in ten-thousandths. */
export async function readCoupons(
  db: Database,
  shop: ShopId,
  campaign: number,
): Promise<{ readonly issued: number; readonly redeemed: number; readonly cost: number } | null> {
  const [row] = await db<{ issued: number; redeemed: number; cost: number }[]>`
    select count(*)::int as issued, (count(*) filter (where state = 'redeemed'))::int as redeemed,
           coalesce(sum(discount) filter (where state = 'redeemed'), 0)::bigint as cost
    from coupons
    where shop = ${shop} and campaign = ${campaign} and issued_at is not null and state in ('issued', 'redeemed')`
  return row && row.issued > 0 ? row : null
}
