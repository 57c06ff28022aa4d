import type { FailureCause, ProviderName } from '../channels/carrier.ts'
import type { Database, Tx } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import type { CarriedChannel } from './intent.ts'
import type { Form } from './price.ts'

export type HandedOver = {
  readonly id: number
  readonly attemptId: string
  readonly state: 'queued' | 'sent' | 'failed' | 'unconfirmed'
  readonly reason: string
  readonly providerId: string | null
  /** The provider's own words when it did not take the message. */
  readonly detail: string | null
  /** When it was taken by the next server, when it failed, or when to try again. */
  readonly at: number
  /** Nobody will tell more of it: it counts as delivered. */
  readonly delivered: boolean
  /** When the provider is asked what became of it (UTC ms). */
  readonly askAt: number | null
  /** What the shop's server answered, JSON text. */
  readonly answer: string | null
  readonly cause: FailureCause | null
  readonly form: Form | null
  /** Ten-thousandths. */
  readonly cost: number | null
}

/** A decision that is to be told what became of its message. */
export type Told = {
  readonly id: number
  readonly decision: number | null
  readonly month: number | null
}

/**
 * Records what came of handovers, in the messages and in their decisions, and answers which messages still waited for it. An answer
 * that comes after the lease still counts, unless a person has settled or resent the message meanwhile.
 */
export async function recordHandovers(
  tx: Database | Tx,
  shop: ShopId,
  rows: readonly HandedOver[],
): Promise<readonly number[]> {
  if (rows.length === 0) return []
  const delivered = rows.map((row) => (row.delivered ? row.at : null))
  const recorded = await tx<{ id: number }[]>`
    with recorded as (
    update outbox o set state = u.state, reason = u.reason, provider_id = coalesce(u.provider_id, o.provider_id), 
           detail = case when o.contact_hash is null then null else u.detail end,
           lease_until = null, announced_at = null, ask_at = u.ask_at, cause = u.cause, answer = coalesce(u.answer, o.answer), form = coalesce(u.form, o.form),
           cost = coalesce(u.cost, o.cost),
           sent_at = case when u.state in ('sent', 'unconfirmed') then u.at else o.sent_at end,
           delivered_at = coalesce(u.delivered_at, o.delivered_at),
           failed_at = case when u.state = 'failed' then u.at else o.failed_at end,
           bounced_at = case when u.cause = 'no_address' then u.at else o.bounced_at end,
           not_before = case when u.state = 'queued' then u.at else o.not_before end
    from unnest(
      ${rows.map((row) => row.id)}::bigint[], ${rows.map((row) => row.attemptId)}::text[],
      ${rows.map((row) => row.state)}::text[], ${rows.map((row) => row.reason)}::text[],
      ${rows.map((row) => row.providerId)}::text[], ${rows.map((row) => row.detail)}::text[], ${rows.map((row) => row.at)}::bigint[],
      ${delivered}::bigint[], ${rows.map((row) => row.askAt)}::bigint[], ${rows.map((row) => row.cause)}::text[],
      ${rows.map((row) => row.form)}::text[], ${rows.map((row) => row.cost)}::bigint[],
      ${rows.map((row) => row.answer)}::text[]
    ) as u(id, attempt_id, state, reason, provider_id, detail, at, delivered_at, ask_at, cause, form, cost, answer)
    where o.shop = ${shop} and o.id = u.id and o.attempt_id = u.attempt_id
      and o.state in ('sending', 'unconfirmed')
    returning o.id, o.decision, o.decision_month as month, u.state as outcome, u.reason
    ), told as (
      update decisions d set outcome = r.outcome, reason = r.reason
      from recorded r where d.shop = ${shop} and d.month = r.month and d.id = r.decision
    )
    select id from recorded`
  return recorded.map(({ id }) => id)
}

/** Messages whose sender has gone: `sending` after their lease becomes `unconfirmed`, and the provider is asked at once. */
export async function giveUpLeases(
  tx: Tx,
  now: number,
  limit: number,
): Promise<readonly (Told & { readonly shop: ShopId })[]> {
  return await tx<(Told & { readonly shop: ShopId })[]>`
    update outbox o set state = 'unconfirmed', reason = 'unconfirmed', lease_until = null, announced_at = null, ask_at = ${now},
           sent_at = coalesce(o.handed_at, ${now})
    from (
      select o.shop, o.id from shops s join outbox o on o.shop = s.id
      where o.state = 'sending' and o.lease_until < ${now}
      order by o.shop, o.lease_until limit ${limit}
      for update of o skip locked
    ) lost
    where o.shop = lost.shop and o.id = lost.id
    returning o.shop, o.id, o.decision, o.decision_month as month`
}

/** A message whose provider is to be asked: an unclear hand-over, or an accepted message without a report. */
export type AskRow = {
  readonly shop: ShopId
  readonly id: number
  readonly channel: CarriedChannel
  readonly state: 'unconfirmed' | 'sent'
  readonly provider: ProviderName | null
  readonly providerId: string | null
  readonly attempt: number
  readonly attemptId: string
  /** UTC ms of the hand-over. */
  readonly handedAt: number
  readonly form: Form | null
}

/** Which messages are asked about together: those of one shop, channel, provider and state. */
export function askGroup({
  shop,
  channel,
  provider,
  state,
}: Pick<AskRow, 'shop' | 'channel' | 'provider' | 'state'>): string {
  return `${shop}:${channel}:${provider ?? ''}:${state}`
}

/**
 * What providers are to be asked about, of each shop the soonest, and of every shop some before more of any. Groups that are
 * being asked about already take no share.
 */
export async function readAsks(
  db: Database,
  ask: {
    readonly now: number
    readonly perShop: number
    readonly limit: number
    readonly underWay: readonly string[]
  },
): Promise<readonly AskRow[]> {
  return await db<AskRow[]>`
    select s.id as shop, o.id, o.channel, o.state, o.provider, o."providerId", o.attempt, o."attemptId", o."handedAt", o.form
    from shops s cross join lateral (
      select id, channel, state, provider, provider_id as "providerId", attempt, attempt_id as "attemptId", form, ask_at,
             coalesce(handed_at, sent_at, created_at) as "handedAt", row_number() over (order by ask_at) as place
      from outbox
      where shop = s.id and ask_at <= ${ask.now} and state in ('unconfirmed', 'sent')
        and not (concat_ws(':', s.id, channel, coalesce(provider, ''), state) = any(${[...ask.underWay]}::text[]))
      order by ask_at limit ${ask.perShop}
    ) o
    order by o.place, o.ask_at limit ${ask.limit}`
}

/** Puts the next question off; null: nothing more is asked. What was settled meanwhile stays as it is. */
export async function askLater(
  tx: Tx,
  shop: ShopId,
  rows: readonly {
    readonly id: number
    readonly attemptId: string
    readonly askAt: number | null
    /** A new reason, where asking has ended without an answer. */
    readonly reason: string | null
  }[],
): Promise<void> {
  if (rows.length === 0) return
  await tx`
    update outbox o set ask_at = u.ask_at, reason = coalesce(u.reason, o.reason)
    from unnest(
      ${rows.map((row) => row.id)}::bigint[], ${rows.map((row) => row.attemptId)}::text[],
      ${rows.map((row) => row.askAt)}::bigint[], ${rows.map((row) => row.reason)}::text[]
    ) as u(id, attempt_id, ask_at, reason)
    where o.shop = ${shop} and o.id = u.id and o.attempt_id = u.attempt_id and o.ask_at is not null`
}
