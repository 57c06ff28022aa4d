import type { Database, Tx } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import { type CarriedChannel, carriedChannels, type OnNight, type Purpose } from './intent.ts'

export type ClaimRow = {
  readonly id: number
  readonly causeKey: string
  readonly customer: number
  readonly campaign: number | null
  readonly version: number | null
  readonly step: number | null
  readonly enrolment: number | null
  readonly decision: number | null
  readonly month: number | null
  readonly channel: CarriedChannel
  readonly purpose: Purpose
  readonly attempt: number
  readonly notBefore: number
  /** UTC ms from which lateness counts; retries do not move it. */
  readonly dueAt: number
  readonly onNight: OnNight
  readonly createdAt: number
  readonly contentId: string | null
  /** Why it has waited so far. */
  readonly reason: string | null
  /** JSON of kept.ts Kept. */
  readonly kept: string
  /** The coupon that goes with it. */
  readonly coupon: number | null
  readonly precedenceClass: string | null
  readonly precedenceWeight: number | null
  readonly isErased: boolean
  /** JSON of the person's traits. */
  readonly traits: string
}

/** A shop's channel: what waits on one is never held up by another. */
export type Lane = { readonly shop: ShopId; readonly channel: CarriedChannel }

/** Lanes that have something to hand over now. */
export async function lanesWaiting(db: Database, now: number): Promise<readonly Lane[]> {
  return await db<Lane[]>`
    select s.id as shop, c.channel from shops s
    cross join unnest(${[...carriedChannels]}::text[]) as c(channel)
    where s.halted_at is null and exists (select 1 from outbox o
      where o.shop = s.id and o.channel = c.channel and o.state = 'queued' and o.not_before <= ${now})`
}

/**
 * Messages whose time has come, locked, with what is known of their readers; none while the shop's sending is stopped. Messages and
 * people that another sender holds are left to it: caps count what each of them lets go. The line is not waited for and does not
 * wait (decisions/0032): it holds people for a whole turn, and of a message that it queued in the turn before its people.
 */
export async function claimWaiting(
  tx: Tx,
  { shop, channel }: Lane,
  claim: { readonly now: number; readonly limit: number },
): Promise<readonly ClaimRow[]> {
  return await tx<ClaimRow[]>`
    with waiting as materialized (
      select id, cause_key, customer, campaign, campaign_version, step, enrolment, decision, decision_month, channel, purpose, attempt,
             not_before, created_at, due_at, on_night, content_id, content, reason, coupon, precedence_class, precedence_weight
      from outbox
      where shop = ${shop} and channel = ${channel} and state = 'queued' and not_before <= ${claim.now}
        and exists (select 1 from shops where id = ${shop} and halted_at is null)
      order by not_before, id limit ${claim.limit}
      for update skip locked
    ), people as materialized (
      select id, erased_at, traits from customers
      where shop = ${shop} and id = any(array(select distinct customer from waiting))
    ), held as materialized (
      select id, erased_at, traits from people
      where pg_try_advisory_xact_lock(hashtextextended('sender:' || ${String(shop)} || ':' || id, 0))
    )
    select w.id, cause_key as "causeKey", customer, campaign, campaign_version as version, step, enrolment, decision,
           decision_month as month, channel, purpose, attempt, not_before as "notBefore", created_at as "createdAt",
           coalesce(due_at, not_before) as "dueAt", on_night as "onNight",
           content_id as "contentId", content as kept, reason, coupon, precedence_class as "precedenceClass",
           precedence_weight as "precedenceWeight", erased_at is not null as "isErased", traits
    from waiting w join held h on h.id = w.customer
    order by not_before, w.id`
}

export type Leased = {
  readonly id: number
  readonly attemptId: string
  /** base64url */
  readonly contactHash: string
}

/** Marks messages as being sent; after the lease nobody knows what became of them. What was told of an earlier try is over. */
export async function markSending(
  tx: Tx,
  shop: ShopId,
  lease: {
    readonly rows: readonly Leased[]
    readonly at: number
    readonly until: number
    readonly provider: string
  },
): Promise<void> {
  if (lease.rows.length === 0) return
  await tx`
    update outbox o set state = 'sending', attempt = o.attempt + 1, attempt_id = u.attempt_id, lease_until = ${lease.until},
           provider = ${lease.provider}, contact_hash = decode(u.hash, 'hex'), reason = null, detail = null,
           due_at = coalesce(o.due_at, o.not_before), handed_at = ${lease.at}, provider_id = null, delivered_at = null,
           bounced_at = null, failed_at = null, complained_at = null, cause = null, ask_at = null, form = null, cost = null
    from unnest(
      ${lease.rows.map((row) => row.id)}::bigint[], ${lease.rows.map((row) => row.attemptId)}::text[],
      ${lease.rows.map((row) => Buffer.from(row.contactHash, 'base64url').toString('hex'))}::text[]
    ) as u(id, attempt_id, hash)
    where o.shop = ${shop} and o.id = u.id`
}

/**
 * Puts messages off: the night, a paused campaign. Lateness counts from then on, but not of what was tried already: it would
 * wait for money for ever, made young again each night.
 */
export async function putOff(
  tx: Tx,
  shop: ShopId,
  rows: readonly { readonly id: number; readonly until: number; readonly reason: string }[],
): Promise<void> {
  if (rows.length === 0) return
  await tx`
    update outbox o set not_before = u.until, due_at = case when o.attempt = 0 then u.until else o.due_at end, reason = u.reason
    from unnest(${rows.map((row) => row.id)}::bigint[], ${rows.map((row) => row.until)}::bigint[],
                ${rows.map((row) => row.reason)}::text[]) as u(id, until, reason)
    where o.shop = ${shop} and o.id = u.id`
}

/** What messages waited for at the shop's platform is done: they are looked at now. */
export async function bringForward(
  db: Database,
  shop: ShopId,
  { messages, now }: { readonly messages: readonly number[]; readonly now: number },
): Promise<void> {
  await db`
    update outbox set not_before = least(not_before, ${now})
    where shop = ${shop} and id = any(${[...messages]}::bigint[]) and state = 'queued'
      and reason in ('platform_coupon', 'cart_asked')`
}

/** Lets waiting messages of a lane show why it rests; answers the decisions to be told. */
export async function showResting(
  tx: Tx,
  { shop, channel }: Lane,
  rest: { readonly reason: string; readonly now: number; readonly limit: number },
): Promise<
  readonly {
    readonly id: number
    readonly decision: number | null
    readonly month: number | null
  }[]
> {
  return await tx`
    update outbox o set reason = ${rest.reason}
    from (
      select id from outbox
      where shop = ${shop} and channel = ${channel} and state = 'queued' and not_before <= ${rest.now}
        and reason is distinct from ${rest.reason}
      order by not_before, id limit ${rest.limit}
      for update skip locked
    ) due
    where o.shop = ${shop} and o.id = due.id
    returning o.id, o.decision, o.decision_month as month`
}

/** What the line remembers of these people: JSON of the rooms' sections. */
export async function readSections(
  tx: Tx,
  shop: ShopId,
  customers: readonly number[],
): Promise<ReadonlyMap<number, string>> {
  const rows = await tx<{ customer: number; sections: string }[]>`
    select customer, sections from customer_state
    where shop = ${shop} and customer = any(${[...new Set(customers)]}::bigint[])`
  return new Map(rows.map((row) => [row.customer, row.sections]))
}

/** Replaces what is kept of messages that are about to be handed over. */
export async function saveKept(
  tx: Tx,
  shop: ShopId,
  rows: readonly { readonly id: number; readonly kept: string }[],
): Promise<void> {
  if (rows.length === 0) return
  await tx`
    update outbox o set content = u.kept
    from unnest(${rows.map((row) => row.id)}::bigint[], ${rows.map((row) => row.kept)}::text[]) as u(id, kept)
    where o.shop = ${shop} and o.id = u.id`
}

/** Writes down the codes that messages leave with, and what is kept of them now. */
export async function saveCodes(
  tx: Tx,
  shop: ShopId,
  rows: readonly { readonly id: number; readonly code: string; readonly kept: string }[],
): Promise<void> {
  if (rows.length === 0) return
  await tx`
    update outbox o set coupon_code = u.code, content = u.kept
    from unnest(${rows.map((row) => row.id)}::bigint[], ${rows.map((row) => row.code)}::text[],
                ${rows.map((row) => row.kept)}::text[]) as u(id, code, kept)
    where o.shop = ${shop} and o.id = u.id`
}
