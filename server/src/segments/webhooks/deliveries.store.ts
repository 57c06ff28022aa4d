import type { Database, Tx } from '../../database/connection.store.ts'
import type { ShopId } from '../../lib/brand.ts'
import type { Moves } from './webhook.ts'

/**
 * Takes the shop whose line is furthest ahead of what was looked through, for this transaction; undefined when others hold them
 * all. What the line has not done yet belongs to nobody so far.
 */
export async function holdCursor(
  tx: Tx,
): Promise<
  { readonly shop: ShopId; readonly position: number; readonly head: number } | undefined
> {
  const [row] = await tx<{ shop: ShopId; position: number; head: number }[]>`
    select c.shop, c.position, l.position as head from webhook_cursors c join lanes l on l.shop = c.shop and l.name = 'line'
    where c.position < l.position order by l.position - c.position desc limit 1 for update of c skip locked`
  return row
}

/** What happened up to this position was made into deliveries. */
export async function moveCursor(tx: Tx, shop: ShopId, position: number): Promise<void> {
  await tx`update webhook_cursors set position = ${position} where shop = ${shop}`
}

/** A shop without webhooks is not looked at any more; one made in this moment keeps its cursor. */
export async function dropCursor(tx: Tx, shop: ShopId): Promise<void> {
  await tx`
    delete from webhook_cursors
    where shop = ${shop} and not exists (
      select 1 from segment_webhooks w where w.shop = ${shop} and w.removed_at is null)`
}

export type ListeningRow = {
  readonly id: number
  readonly segment: number | null
  readonly events: readonly string[] | null
  readonly on: Moves
  readonly since: number
}

/** The webhooks that are neither removed nor paused. */
export function listening(tx: Tx, shop: ShopId): Promise<readonly ListeningRow[]> {
  return tx<ListeningRow[]>`
    select id, segment, events::json as events, moves as "on", since from segment_webhooks
    where shop = ${shop} and removed_at is null and paused_at is null`
}

export type CrossingRow = {
  readonly position: number
  readonly name: string
  readonly at: number
  readonly ids: string
  readonly body: string
}

/** Crossings that the line itself wrote, in `(after, upTo]`. */
export function crossingsBetween(
  tx: Tx,
  shop: ShopId,
  range: { readonly after: number; readonly upTo: number },
): Promise<readonly CrossingRow[]> {
  return tx<CrossingRow[]>`
    select position, name, at, ids, body from log
    where shop = ${shop} and position > ${range.after} and position <= ${range.upTo} and kind = 'derived'
      and name in ('Entered Segment', 'Left Segment')
    order by position`
}

export type HappenedRow = {
  readonly position: number
  readonly kind: string
  readonly name: string
  readonly at: number
  readonly body: string
  /** Whose it is, as the line said; 0: nobody's. */
  readonly customer: number
}

/** What happened in `(after, upTo]` and was done by the line; `names` of derived happenings that are wanted too. */
export function happenedBetween(
  tx: Tx,
  shop: ShopId,
  range: { readonly after: number; readonly upTo: number; readonly names: readonly string[] },
): Promise<readonly HappenedRow[]> {
  return tx<HappenedRow[]>`
    select l.position, l.kind, l.name, l.at, l.body, coalesce(t.customers[(l.position - t.first_position + 1)::integer], 0) as customer
    from log l
    join turns t on t.shop = l.shop and t.first_position <= l.position and t.last_position >= l.position
      and t.first_position <= ${range.upTo} and t.last_position > ${range.after}
    where l.shop = ${shop} and l.position > ${range.after} and l.position <= ${range.upTo}
      and (l.kind = 'event' or l.kind in ('derived', 'receipt') and l.name = any(${[...range.names]}::text[]))
    order by l.position`
}

/** The shop's own ids of these customers. */
export function memberIdsOf(
  tx: Tx,
  shop: ShopId,
  customers: readonly number[],
): Promise<readonly { readonly customer: number; readonly value: string }[]> {
  return tx<{ customer: number; value: string }[]>`
    select customer, value from identities
    where shop = ${shop} and kind = 'user' and value is not null and customer = any(${[...customers]}::bigint[])
    order by customer, since, value`
}

export type NewDelivery = {
  readonly id: string
  readonly webhook: number
  readonly position: number
  readonly customer: number
  readonly body: string
}

/** Deliveries due at once; one of the same id is not made twice. */
export async function insertDeliveries(
  tx: Tx,
  shop: ShopId,
  made: { readonly deliveries: readonly NewDelivery[]; readonly at: number },
): Promise<void> {
  const { deliveries, at } = made
  if (deliveries.length === 0) return
  await tx`
    insert into webhook_deliveries (shop, id, webhook, position, customer, body, state, due, created_at)
    select ${shop}, u.id, u.webhook, u.position, u.customer, u.body, 'waiting', ${at}, ${at}
    from unnest(
      ${deliveries.map((one) => one.id)}::text[], ${deliveries.map((one) => one.webhook)}::bigint[],
      ${deliveries.map((one) => one.position)}::bigint[], ${deliveries.map((one) => one.customer)}::bigint[],
      ${deliveries.map((one) => one.body)}::text[]) as u(id, webhook, position, customer, body)
    on conflict (shop, id) do nothing`
}

export type Claimed = {
  readonly shop: ShopId
  readonly id: string
  readonly attempt: number
  readonly created_at: number
  readonly body: string
  readonly webhook: number
  readonly url: string
  /** Sealed. */
  readonly secret: string
  /** Calls of the webhook in a row that did not arrive. */
  readonly failures: number
}

/**
 * Takes deliveries that are due, a few of each webhook so that a dead server keeps no other waiting, and marks them as
 * being sent. Whoever dies with them loses them when the lease runs out.
 */
export function claimDeliveries(
  db: Database,
  claim: {
    readonly now: number
    readonly leaseMs: number
    readonly each: number
    readonly limit: number
    /** Calls in a row that did not arrive, after which one is tried at a time. */
    readonly oneAfter: number
  },
): Promise<readonly Claimed[]> {
  return db.begin(
    (tx) => tx<Claimed[]>`
    with due as (
      select d.shop, d.id, w.url, w.secret, w.failures
      from segment_webhooks w
      cross join lateral (
        select shop, id from webhook_deliveries
        where shop = w.shop and webhook = w.id and state in ('waiting', 'sending') and due <= ${claim.now}
        order by due limit (case when w.failures >= ${claim.oneAfter} then 1 else ${claim.each} end) for update skip locked
      ) as d
      where w.removed_at is null and w.paused_at is null and w.rest_until <= ${claim.now}
        and w.shop not in (select id from shops where restored_at is not null)
      limit ${claim.limit}
    )
    update webhook_deliveries t
    set state = 'sending', attempt = t.attempt + 1, due = ${claim.now + claim.leaseMs}
    from due where t.shop = due.shop and t.id = due.id
    returning t.shop, t.id, t.webhook, t.attempt, t.created_at, t.body, due.url, due.secret, due.failures`,
  )
}

/** Writes what became of an attempt; of one that was taken up by another worker meanwhile, nothing. */
export async function recordAttempt(
  db: Database,
  done: {
    readonly shop: ShopId
    readonly id: string
    readonly attempt: number
    readonly state: 'waiting' | 'sent' | 'failed'
    readonly due: number
    readonly endedAt: number | null
    readonly status: number | null
    readonly error: string | null
  },
): Promise<void> {
  await db`
    update webhook_deliveries
    set state = ${done.state}, due = ${done.due}, ended_at = ${done.endedAt}, status = ${done.status}, error = ${done.error}
    where shop = ${done.shop} and id = ${done.id} and state = 'sending' and attempt = ${done.attempt}`
}

/** The server answered as it should: it is called as usual. */
export async function noteArrived(db: Database, shop: ShopId, webhook: number): Promise<void> {
  await db`
    update segment_webhooks set failures = 0, failing_since = null, rest_until = 0
    where shop = ${shop} and id = ${webhook} and failures > 0`
}

/** A call did not arrive: the server is left alone until `restUntil`, and given up when that goes on since `pauseSince`. */
export async function noteMissed(
  db: Database,
  shop: ShopId,
  missed: {
    readonly webhook: number
    readonly at: number
    readonly restUntil: number
    readonly pauseSince: number
  },
): Promise<void> {
  await db`
    update segment_webhooks
    set failures = failures + 1, failing_since = coalesce(failing_since, ${missed.at}), rest_until = ${missed.restUntil},
      paused_at = case when failing_since <= ${missed.pauseSince} then ${missed.at} else paused_at end
    where shop = ${shop} and id = ${missed.webhook}`
}
