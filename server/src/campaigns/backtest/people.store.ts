import type { ConsentChannel } from '../../consent/consent.ts'
import type { LedgerEntry } from '../../consent/project.ts'
import type { Database } from '../../database/connection.store.ts'
import type { ShopId } from '../../lib/brand.ts'
import type { Purpose } from '../../messages/intent.ts'

export type PersonRow = {
  readonly customer: number
  readonly survivor: number | null
  readonly assignmentKey: string
  readonly createdAt: number
}

/** These people and everybody merged into them; erased ones are left out. */
export async function readPeople(
  db: Database,
  shop: ShopId,
  survivors: readonly number[],
): Promise<readonly PersonRow[]> {
  return await db<PersonRow[]>`
    select id as customer, survivor, assignment_key as "assignmentKey", created_at as "createdAt" from customers
    where shop = ${shop} and erased_at is null and survivor is null and not internal and id = any(${[...survivors]}::bigint[])
    union all
    select id, survivor, assignment_key, created_at from customers
    where shop = ${shop} and survivor = any(${[...survivors]}::bigint[])`
}

/** The next people of the shop by id. */
export async function nextPeople(
  db: Database,
  shop: ShopId,
  page: { readonly after: number; readonly limit: number },
): Promise<readonly number[]> {
  const rows = await db<{ id: number }[]>`
    select id from customers
    where shop = ${shop} and survivor is null and erased_at is null and not internal and id > ${page.after} order by id limit ${page.limit}`
  return rows.map((row) => row.id)
}

/** Who is in a segment today. */
export async function membersToday(
  db: Database,
  shop: ShopId,
  segment: number,
): Promise<readonly number[]> {
  const rows = await db<{ customer: number }[]>`
    select customer from memberships where shop = ${shop} and segment = ${segment} order by customer`
  return rows.map((row) => row.customer)
}

/** Which of the segments these people are in today. */
export async function membershipsOf(
  db: Database,
  shop: ShopId,
  asked: { readonly customers: readonly number[]; readonly segments: readonly number[] },
): Promise<readonly { readonly customer: number; readonly segment: number }[]> {
  if (asked.segments.length === 0) return []
  return await db<{ customer: number; segment: number }[]>`
    select customer, segment from memberships
    where shop = ${shop} and customer = any(${[...asked.customers]}::bigint[])
      and segment = any(${[...asked.segments]}::bigint[])`
}

export type WordRow = LedgerEntry & { readonly customer: number; readonly channel: ConsentChannel }

/** What these people said about advertising. */
export async function wordsOf(
  db: Database,
  shop: ShopId,
  customers: readonly number[],
): Promise<readonly WordRow[]> {
  return await db<WordRow[]>`
    select customer, channel, kind, scope, at, position, source from consent_events
    where shop = ${shop} and customer = any(${[...customers]}::bigint[]) order by id`
}

/** Since when the addresses of these people are closed (UTC ms), by channel. */
export async function closedOf(
  db: Database,
  shop: ShopId,
  customers: readonly number[],
): Promise<
  readonly { readonly customer: number; readonly channel: string; readonly since: number }[]
> {
  return await db<{ customer: number; channel: string; since: number }[]>`
    select c.customer, s.channel, min(s.since) as since
    from contacts c join suppressions s on s.shop = c.shop and s.contact_hash = c.value_hash
    where c.shop = ${shop} and c.customer = any(${[...customers]}::bigint[])
    group by 1, 2`
}

export type SentRow = {
  readonly customer: number
  readonly purpose: Purpose
  readonly class: string | null
  readonly weight: number | null
  readonly madeAt: number
  readonly at: number
}

/** What other campaigns sent these people, of what was made within two times (UTC ms). */
export async function sentByOthers(
  db: Database,
  shop: ShopId,
  asked: {
    readonly customers: readonly number[]
    readonly campaign: number
    readonly from: number
    readonly to: number
  },
): Promise<readonly SentRow[]> {
  return await db<SentRow[]>`
    select customer, purpose, precedence_class as class, precedence_weight as weight, created_at as "madeAt",
           coalesce(sent_at, not_before) as at
    from outbox
    where shop = ${shop} and customer = any(${[...asked.customers]}::bigint[]) and created_at > ${asked.from}
      and created_at < ${asked.to} and state in ('sent', 'unconfirmed') and channel <> 'webhook'
      and campaign is distinct from ${asked.campaign}
    order by id`
}

/** Arms that these people were recorded with before a time (UTC ms). */
export async function armsBefore(
  db: Database,
  shop: ShopId,
  asked: {
    readonly customers: readonly number[]
    readonly experiment: string
    readonly before: number
  },
): Promise<readonly { readonly customer: number; readonly arm: 'treatment' | 'holdout' }[]> {
  return await db<{ customer: number; arm: 'treatment' | 'holdout' }[]>`
    select customer, first_arm as arm from assignments
    where shop = ${shop} and experiment = ${asked.experiment} and at < ${asked.before}
      and customer = any(${[...asked.customers]}::bigint[])`
}

/** Names of the people who are shown. */
export async function namesOf(
  db: Database,
  shop: ShopId,
  customers: readonly number[],
): Promise<ReadonlyMap<number, string | null>> {
  if (customers.length === 0) return new Map()
  const rows = await db<{ id: number; name: string | null }[]>`
    select id, name from customers where shop = ${shop} and id = any(${[...customers]}::bigint[])`
  return new Map(rows.map((row) => [row.id, row.name]))
}

/** Which of these segments came into being after a time (UTC ms). */
export async function youngerSegments(
  db: Database,
  shop: ShopId,
  asked: { readonly segments: readonly number[]; readonly than: number },
): Promise<number> {
  if (asked.segments.length === 0) return 0
  const [row] = await db<{ n: number }[]>`
    select count(*)::int as n from segments
    where shop = ${shop} and id = any(${[...asked.segments]}::bigint[]) and created_at > ${asked.than}`
  return row?.n ?? 0
}

/** When pieces of coupon pools were taken and came back (UTC ms), those of one campaign left out. */
export async function couponUse(
  db: Database,
  shop: ShopId,
  asked: { readonly pools: readonly number[]; readonly campaign: number },
): Promise<
  readonly { readonly pool: number; readonly at: number; readonly back: number | null }[]
> {
  if (asked.pools.length === 0) return []
  return await db<{ pool: number; at: number; back: number | null }[]>`
    select pool, reserved_at as at, released_at as back from coupons
    where shop = ${shop} and pool = any(${[...asked.pools]}::bigint[]) and campaign is distinct from ${asked.campaign}
    order by reserved_at`
}

/** Products that cannot be bought today. */
export async function unsellableToday(db: Database, shop: ShopId): Promise<readonly string[]> {
  const rows = await db<{ id: string }[]>`
    select id from products where shop = ${shop} and (not sellable or stock <= 0)`
  return rows.map((row) => row.id)
}
