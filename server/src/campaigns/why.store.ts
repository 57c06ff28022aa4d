import type { Database } from '../database/connection.store.ts'
import type { CampaignId, ShopId } from '../lib/brand.ts'
import type { KeptReason } from './decided-by.ts'
import type { EndReason } from './end-reason.ts'

/** Entries told of one person in one campaign. */
const entriesLimit = 5
/** Decisions told of one person in one campaign. */
const decisionsLimit = 20

/** A campaign that considered a person, and when it last did (UTC ms). */
type Considering = {
  readonly campaign: CampaignId
  readonly name: string
  readonly state: string
  readonly at: number
}

/** Every campaign that considered the person, the one that did so last first. */
export async function campaignsConsidering(
  db: Database,
  shop: ShopId,
  asked: {
    readonly customer: number
    readonly before: { readonly at: number; readonly campaign: number } | undefined
    readonly limit: number
  },
): Promise<readonly Considering[]> {
  const { customer, before, limit } = asked
  return await db<Considering[]>`
    with touched as (
      select campaign, greatest(entered_at, coalesce(ended_at, 0)) as at
      from enrolments where shop = ${shop} and customer = ${customer}
      union all
      select campaign, last_at from considered where shop = ${shop} and customer = ${customer}
      union all
      select campaign, at from decisions
      where shop = ${shop} and customer = ${customer} and campaign is not null
    ), newest as (select campaign, max(at) as at from touched group by campaign)
    select n.campaign, c.name, c.state, n.at
    from newest n join campaigns c on c.shop = ${shop} and c.id = n.campaign
    where ${before === undefined} or (n.at, n.campaign) < (${before?.at ?? 0}, ${before?.campaign ?? 0})
    order by n.at desc, n.campaign desc limit ${limit}`
}

/** One entry of the person as it stands. */
export type EntryRow = {
  readonly id: number
  readonly campaign: CampaignId
  readonly version: number
  readonly state: 'active' | 'done' | 'exited'
  readonly step: number
  readonly due: number | null
  readonly awaiting: boolean
  readonly enteredAt: number
  readonly endedAt: number | null
  readonly endReason: EndReason | null
}

/** The person's newest entries into these campaigns. */
export async function entriesOfPerson(
  db: Database,
  shop: ShopId,
  asked: { readonly customer: number; readonly campaigns: readonly number[] },
): Promise<readonly EntryRow[]> {
  return await db<EntryRow[]>`
    select id, campaign, version, state, step, due, awaiting, "enteredAt", "endedAt", "endReason" from (
      select id, campaign, version, state, step, due, awaiting, entered_at as "enteredAt", ended_at as "endedAt",
             end_reason as "endReason", row_number() over (partition by campaign order by id desc) as place
      from enrolments
      where shop = ${shop} and customer = ${asked.customer} and campaign = any(${[...asked.campaigns]}::bigint[])
    ) e where place <= ${entriesLimit} order by id desc`
}

/** One decision about a message to the person. */
export type DecisionOfPerson = {
  readonly id: number
  readonly campaign: number
  readonly enrolment: number | null
  readonly channel: string
  readonly outcome: string
  readonly reason: string
  readonly at: number
  readonly until: number | null
  readonly message: number | null
  /** JSON */
  readonly data: string | null
}

/** The newest decisions of these campaigns about the person. */
export async function decisionsOfPerson(
  db: Database,
  shop: ShopId,
  asked: { readonly customer: number; readonly campaigns: readonly number[] },
): Promise<readonly DecisionOfPerson[]> {
  return await db<DecisionOfPerson[]>`
    select id, campaign, enrolment, channel, outcome, reason, at, until, message, data from (
      select d.*, row_number() over (partition by campaign order by at desc, id desc) as place
      from decisions d
      where shop = ${shop} and customer = ${asked.customer} and campaign = any(${[...asked.campaigns]}::bigint[])
    ) d where place <= ${decisionsLimit} order by at desc, id desc`
}

/** Why the person did not enter, as it is kept. */
export type NotEnteredRow = {
  readonly campaign: number
  readonly why: KeptReason
  readonly firstAt: number
  readonly lastAt: number
  readonly times: number
  /** JSON */
  readonly data: string
}

/** Why the person did not enter these campaigns, newest first. */
export async function notEnteredOfPerson(
  db: Database,
  shop: ShopId,
  asked: { readonly customer: number; readonly campaigns: readonly number[] },
): Promise<readonly NotEnteredRow[]> {
  return await db<NotEnteredRow[]>`
    select campaign, why, first_at as "firstAt", last_at as "lastAt", times, data from considered
    where shop = ${shop} and customer = ${asked.customer} and campaign = any(${[...asked.campaigns]}::bigint[])
    order by last_at desc, campaign desc, why`
}

/** When these messages left, or will at the earliest, and whose they are. */
export async function messagesById(
  db: Database,
  shop: ShopId,
  ids: readonly number[],
): Promise<ReadonlyMap<number, { readonly campaign: string | null; readonly at: number }>> {
  if (ids.length === 0) return new Map()
  const rows = await db<{ id: number; campaign: string | null; at: number }[]>`
    select o.id, c.name as campaign, coalesce(o.sent_at, o.not_before) as at
    from outbox o left join campaigns c on c.shop = o.shop and c.id = o.campaign
    where o.shop = ${shop} and o.id = any(${[...ids]}::bigint[])`
  return new Map(rows.map((row) => [row.id, row]))
}

/** What segments, coupons and products of these ids are called. */
export async function namesById(
  db: Database,
  shop: ShopId,
  ids: {
    readonly segments: readonly number[]
    readonly coupons: readonly number[]
    readonly products: readonly string[]
  },
): Promise<ReadonlyMap<string, string>> {
  const rows = await db<{ key: string; name: string }[]>`
    select 'segment:' || id as key, name from segments
    where shop = ${shop} and id = any(${[...ids.segments]}::bigint[])
    union all
    select 'coupon:' || id, name from coupon_pools
    where shop = ${shop} and id = any(${[...ids.coupons]}::bigint[])
    union all
    select 'product:' || id, name from products
    where shop = ${shop} and id = any(${[...ids.products]}::text[])`
  return new Map(rows.map((row) => [row.key, row.name]))
}

/** People who were considered and never entered, their newest reason being this one; newest customers first. */
export async function notEnteredPeople(
  db: Database,
  shop: ShopId,
  asked: {
    readonly campaign: number
    readonly why: string
    readonly before: number | undefined
    readonly limit: number
  },
): Promise<
  readonly {
    readonly customer: number
    readonly name: string | null
    readonly lastAt: number
    readonly times: number
    /** JSON */
    readonly data: string
  }[]
> {
  return await db<
    { customer: number; name: string | null; lastAt: number; times: number; data: string }[]
  >`
    select c.customer, p.name, c.last_at as "lastAt", c.times, c.data
    from considered c left join customers p on p.shop = c.shop and p.id = c.customer
    where c.shop = ${shop} and c.campaign = ${asked.campaign} and c.why = ${asked.why}
      and c.customer < ${asked.before ?? Number.MAX_SAFE_INTEGER}
      and not exists (
        select 1 from considered n
        where n.shop = c.shop and n.campaign = c.campaign and n.customer = c.customer
          and (n.last_at > c.last_at or n.last_at = c.last_at and n.why < c.why))
      and not exists (
        select 1 from enrolments e
        where e.shop = c.shop and e.campaign = c.campaign and e.customer = c.customer)
    order by c.customer desc limit ${asked.limit}`
}
