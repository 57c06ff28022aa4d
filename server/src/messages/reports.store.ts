import type { DeliveryReport, ProviderName, ReportedCause } from '../channels/carrier.ts'
import type { Database, Tx } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import type { CarriedChannel } from './intent.ts'
import type { Form } from './price.ts'

/** Keeps reports; the same one again changes nothing. */
export async function keepReports(
  tx: Tx,
  shop: ShopId,
  told: {
    readonly provider: ProviderName
    readonly reports: readonly DeliveryReport[]
    readonly now: number
  },
): Promise<void> {
  const { reports } = told
  if (reports.length === 0) return
  const causes = reports.map(({ outcome }) => (outcome.kind === 'failed' ? outcome.cause : ''))
  const details = reports.map(({ outcome }) => (outcome.kind === 'failed' ? outcome.detail : ''))
  await tx`
    insert into delivery_reports (shop, provider, provider_id, kind, cause, detail, at, received_at)
    select ${shop}, ${told.provider}, u.provider_id, u.kind, u.cause, u.detail, u.at, ${told.now}
    from unnest(
      ${reports.map((report) => report.providerId)}::text[], ${reports.map(({ outcome }) => outcome.kind)}::text[],
      ${causes}::text[], ${details.map((detail) => detail.slice(0, 500))}::text[],
      ${reports.map((report) => Math.min(report.at, told.now))}::bigint[]
    ) as u(provider_id, kind, cause, detail, at)
    order by u.provider_id, u.kind, u.cause
    on conflict do nothing`
}

/** A kept report whose message is known. */
export type FoundReport = {
  readonly provider: ProviderName
  readonly providerId: string
  readonly kind: 'delivered' | 'failed'
  readonly cause: ReportedCause | ''
  readonly detail: string
  readonly at: number
  readonly id: number
  readonly customer: number
  readonly channel: CarriedChannel
  readonly state: string
  readonly attempt: number
  /** UTC ms at which the provider took it. */
  readonly sentAt: number | null
  readonly deliveredAt: number | null
  /** What it was charged as and how much (ten-thousandths). */
  readonly form: Form | null
  readonly cost: number | null
  /** The shop's time zone. */
  readonly zone: string
  readonly decision: number | null
  readonly month: number | null
  /** base64url; null after erasure. */
  readonly hash: string | null
}

/** Reports that were not applied yet, with their messages locked, in the order they are dated; delivered first. */
export async function findReports(
  tx: Tx,
  shop: ShopId,
  asked: { readonly since: number; readonly limit: number },
): Promise<readonly FoundReport[]> {
  const rows = await tx<
    (Omit<FoundReport, 'hash'> & { readonly contact_hash: Uint8Array | null })[]
  >`
    select r.provider, r.provider_id as "providerId", r.kind, r.cause, r.detail, r.at, o.id, o.customer, o.channel, o.state,
           o.attempt, o.sent_at as "sentAt", o.delivered_at as "deliveredAt", o.form, o.cost,
           s.time_zone as zone, o.decision, o.decision_month as month, o.contact_hash
    from delivery_reports r
    join shops s on s.id = r.shop
    join outbox o on o.shop = r.shop and o.provider = r.provider and o.provider_id = r.provider_id
    where r.shop = ${shop} and r.applied_at is null and r.received_at >= ${asked.since}
    order by r.at, r.kind, o.id limit ${asked.limit}
    for update of o`
  return rows.map(({ contact_hash, ...row }) => ({
    ...row,
    hash: contact_hash && Buffer.from(contact_hash).toString('base64url'),
  }))
}

/** These reports of providers were acted on at `now`. */
export async function markApplied(
  tx: Tx,
  shop: ShopId,
  done: { readonly reports: readonly FoundReport[]; readonly now: number },
): Promise<void> {
  const { reports } = done
  if (reports.length === 0) return
  await tx`
    update delivery_reports r set applied_at = ${done.now}
    from unnest(
      ${reports.map((one) => one.provider)}::text[], ${reports.map((one) => one.providerId)}::text[],
      ${reports.map((one) => one.kind)}::text[], ${reports.map((one) => one.cause)}::text[]
    ) as u(provider, provider_id, kind, cause)
    where r.shop = ${shop} and r.provider = u.provider and r.provider_id = u.provider_id and r.kind = u.kind
      and r.cause = u.cause`
}

/** Writes what reports made of messages: each told again to the log. */
export async function writeEffects(
  tx: Tx,
  shop: ShopId,
  rows: readonly {
    readonly id: number
    readonly effect: 'delivered' | 'failed' | 'complained' | 'again'
    readonly reason: string
    readonly cause: string | null
    readonly detail: string | null
    readonly at: number
    /** When it is looked at again, where it waits (UTC ms). */
    readonly until: number | null
  }[],
): Promise<void> {
  if (rows.length === 0) return
  await tx`
    update outbox o set
      state = case u.effect when 'failed' then 'failed' when 'again' then 'queued' else o.state end,
      not_before = coalesce(u.until, o.not_before),
      form = case u.effect when 'again' then null else o.form end, cost = case u.effect when 'again' then null else o.cost end,
      reason = u.reason, cause = coalesce(u.cause, o.cause), detail = case when o.contact_hash is null then null else coalesce(u.detail, o.detail) end, ask_at = null, announced_at = null,
      delivered_at = case when u.effect in ('delivered', 'complained') then coalesce(o.delivered_at, u.at) else o.delivered_at end,
      failed_at = case u.effect when 'failed' then u.at else o.failed_at end,
      bounced_at = case when u.effect = 'failed' and u.cause = 'no_address' then u.at else o.bounced_at end,
      complained_at = case u.effect when 'complained' then u.at else o.complained_at end
    from unnest(
      ${rows.map((row) => row.id)}::bigint[], ${rows.map((row) => row.effect)}::text[], ${rows.map((row) => row.reason)}::text[],
      ${rows.map((row) => row.cause)}::text[], ${rows.map((row) => row.detail)}::text[], ${rows.map((row) => row.at)}::bigint[],
      ${rows.map((row) => row.until)}::bigint[]
    ) as u(id, effect, reason, cause, detail, at, until)
    where o.shop = ${shop} and o.id = u.id`
}

/** Shops with reports whose message has become known meanwhile; those older than `since` are not waited for. */
export async function shopsWithFound(db: Database, since: number): Promise<readonly ShopId[]> {
  const rows = await db<{ shop: ShopId }[]>`
    select distinct r.shop from delivery_reports r
    where r.applied_at is null and r.received_at > ${since}
      and exists (select 1 from outbox o where o.shop = r.shop and o.provider = r.provider and o.provider_id = r.provider_id)`
  return rows.map((row) => row.shop)
}

/** Forgets reports that have done their work, and those whose message never came. */
export async function dropReports(db: Database, before: number): Promise<void> {
  await db`delete from delivery_reports where received_at < ${before}`
}
