import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import { dayMs } from '../lib/duration.ts'
import { answerDays, answersOfDays } from './messaging-report.ts'
import type { Answered } from './responses.ts'

/** Days after which a regular rests. */
const restingDays = 90

type Asked = { readonly shop: ShopId; readonly now: number; readonly currency: string }

/**
 * The first decision of each person and campaign that would send, of people whose days are over: by what was sent, by arm, by
 * what they had bought until then; and who of them paid an order in the days after it.
 */
export async function readAnswers(
  db: Database,
  { shop, now, currency }: Asked,
): Promise<readonly Answered[]> {
  const until = now - answerDays * dayMs
  return await db<Answered[]>`
    with first as (
      select distinct on (campaign, customer) campaign, version, step, customer, channel, arm, at
      from decisions
      where shop = ${shop} and would_send and campaign is not null and at > ${now - answersOfDays * dayMs}
        and customer not in (select customer from internal_people where shop = ${shop})
      order by campaign, customer, at, id
    ), met as (
      select f.*, coalesce(a.arm, f.arm) as side,
             case when o.before = 0 then 'none' when o.before = 1 then 'once'
                  when o.last > f.at - ${restingDays * dayMs} then 'regular' else 'resting' end as stage,
             o.after > 0 as did
      from first f
      left join assignments a
        on a.shop = ${shop} and a.experiment = 'campaign:' || f.campaign and a.customer = f.customer
      cross join lateral (
        select count(*) filter (where o.paid_at <= f.at) as before, count(*) filter (where o.paid_at > f.at) as after,
               max(o.paid_at) filter (where o.paid_at <= f.at) as last
        from orders o
        where o.shop = ${shop} and o.customer = f.customer and o.status = 'paid' and o.gross > o.refunded
          and o.currency = ${currency} and o.paid_at <= f.at + ${answerDays * dayMs}) o
      where f.at <= ${until})
    select campaign, coalesce(version, 0) as version, coalesce(step, 0) as step, channel, side as arm, stage,
           count(*)::int as people, count(*) filter (where did)::int as answered
    from met where side in ('treatment', 'holdout')
    group by 1, 2, 3, 4, 5, 6 order by 1, 2, 3, 4, 5, 6`
}

/** The flows that people were decided on by, as JSON. */
export async function readFlows(
  db: Database,
  shop: ShopId,
  campaigns: readonly number[],
): Promise<
  readonly { readonly campaign: number; readonly version: number; readonly flow: string }[]
> {
  if (campaigns.length === 0) return []
  return await db<{ campaign: number; version: number; flow: string }[]>`
    select campaign, version, flow from campaign_versions
    where shop = ${shop} and campaign = any(${[...campaigns]}::bigint[])`
}

export type PoolUse = {
  readonly pool: number
  readonly name: string
  readonly discount: 'amount' | 'percent' | 'shipping'
  readonly issued: number
  readonly usedOfIssued: number
  readonly used: number
  readonly expired: number
  readonly cost: number
  readonly revenue: number
  readonly daysToUse: number | null
}

/** What became of the coupons of each pool, the most given first. Who used a code for everybody that nobody gave them counts as used, not as given. */
export async function readPools(
  db: Database,
  { shop, now, currency }: Asked,
): Promise<readonly PoolUse[]> {
  return await db<PoolUse[]>`
    select p.id as pool, p.name, p.discount,
           count(c.id) filter (where c.state in ('issued', 'redeemed') and c.issued_at is not null)::int as issued,
           count(c.id) filter (where c.state = 'redeemed' and c.issued_at is not null)::int as "usedOfIssued",
           count(c.id) filter (where c.state = 'redeemed')::int as used,
           count(c.id) filter (where c.state = 'issued' and c.expires_at <= ${now})::int as expired,
           (coalesce(sum(c.discount) filter (where c.state = 'redeemed'), 0) / 10000.0)::float8 as cost,
           (coalesce(sum(o.gross - o.refunded), 0) / 10000.0)::float8 as revenue,
           (percentile_cont(0.5) within group (order by c.redeemed_at - c.issued_at)
              filter (where c.state = 'redeemed' and c.issued_at is not null) / ${dayMs}::float8)::float8 as "daysToUse"
    from coupon_pools p
    left join coupons c on c.shop = p.shop and c.pool = p.id
      and (c.customer is null or c.customer not in (select customer from internal_people where shop = ${shop}))
    left join orders o on o.shop = c.shop and o.id = c.order_id and c.state = 'redeemed' and o.status = 'paid'
      and o.currency = ${currency}
    where p.shop = ${shop}
    group by p.id, p.name, p.discount
    order by issued desc, used desc, p.id`
}

/** Rows of a table of pressure; the last one holds all above it. */
const pressureRows = 10

/** People by how many advertising messages left for them in the last days, and who of them stopped after the first. */
export async function readPressure(
  db: Database,
  { shop, now }: Pick<Asked, 'shop' | 'now'>,
  days: number,
): Promise<
  readonly { readonly messages: number; readonly people: number; readonly stopped: number }[]
> {
  return await db<{ messages: number; people: number; stopped: number }[]>`
    with got as (
      select customer, count(*) as messages, min(sent_at) as first from outbox
      where shop = ${shop} and purpose = 'advertising' and state = 'sent' and sent_at > ${now - days * dayMs}
        and sent_at <= ${now} and customer not in (select customer from internal_people where shop = ${shop})
      group by customer)
    select least(messages, ${pressureRows})::int as messages, count(*)::int as people,
           count(*) filter (where exists (
             select from consent_events e where e.shop = ${shop} and e.customer = got.customer
               and e.kind in ('withdraw', 'refuse') and e.at >= got.first and e.at <= ${now}))::int as stopped
    from got group by 1 order by 1`
}

/** Messages that left by the shop's day (2026-11-22) and channel. */
export async function readDays(
  db: Database,
  { shop, now }: Pick<Asked, 'shop' | 'now'>,
  asked: { readonly days: number; readonly zone: string },
): Promise<
  readonly { readonly day: string; readonly channel: string; readonly messages: number }[]
> {
  return await db<{ day: string; channel: string; messages: number }[]>`
    select to_char(to_timestamp(sent_at / 1000.0) at time zone ${asked.zone}, 'YYYY-MM-DD') as day, channel,
           count(*)::int as messages
    from outbox
    where shop = ${shop} and state = 'sent' and sent_at > ${now - asked.days * dayMs} and sent_at <= ${now}
      and customer not in (select customer from internal_people where shop = ${shop})
    group by 1, 2 order by 1, 2`
}

/** Messages that left by the shop's day: how many, to how many people, and how many of them got several that day. */
export async function readCalendar(
  db: Database,
  { shop, now }: Pick<Asked, 'shop' | 'now'>,
  asked: { readonly days: number; readonly zone: string },
): Promise<
  readonly {
    readonly day: string
    readonly messages: number
    readonly people: number
    readonly several: number
  }[]
> {
  return await db<{ day: string; messages: number; people: number; several: number }[]>`
    with got as (
      select to_char(to_timestamp(sent_at / 1000.0) at time zone ${asked.zone}, 'YYYY-MM-DD') as day, customer, count(*) as messages
      from outbox
      where shop = ${shop} and state = 'sent' and sent_at > ${now - asked.days * dayMs} and sent_at <= ${now}
        and customer not in (select customer from internal_people where shop = ${shop})
      group by 1, 2)
    select day, sum(messages)::int as messages, count(*)::int as people,
           count(*) filter (where messages > 1)::int as several
    from got group by 1 order by 1`
}

/** What campaigns are called. */
export async function readNames(
  db: Database,
  shop: ShopId,
  campaigns: readonly number[],
): Promise<readonly { readonly campaign: number; readonly name: string }[]> {
  if (campaigns.length === 0) return []
  return await db<{ campaign: number; name: string }[]>`
    select id as campaign, name from campaigns where shop = ${shop} and id = any(${[...campaigns]}::bigint[]) order by id`
}
