import type { Database, Tx } from '../../database/connection.store.ts'
import type { ShopId } from '../../lib/brand.ts'
import type { Moves, Webhook } from './webhook.ts'

const columns = (db: Database | Tx) =>
  db`id, segment, events::json as events, url, moves as "on", failing_since as "failingSince", paused_at as "pausedAt",
    created_at as "createdAt", created_by as "createdBy"`

/** Living webhooks of a segment, the newest first; of `null` those that are told of events. */
export function readWebhooks(
  db: Database,
  shop: ShopId,
  segment: number | null,
): Promise<readonly Webhook[]> {
  return db<Webhook[]>`
    select ${columns(db)} from segment_webhooks
    where shop = ${shop} and segment is not distinct from ${segment} and removed_at is null order by id desc`
}

/** One webhook with its secret; undefined where the segment (null: the shop) has none of this id. */
export async function readWebhook(
  db: Database,
  shop: ShopId,
  of: { readonly segment: number | null; readonly webhook: number },
): Promise<(Webhook & { readonly secret: string }) | undefined> {
  const [row] = await db<(Webhook & { secret: string })[]>`
    select ${columns(db)}, secret from segment_webhooks
    where shop = ${shop} and segment is not distinct from ${of.segment} and id = ${of.webhook} and removed_at is null`
  return row
}

/** Makes a webhook that is told of everything after the log's end, and has the log looked through from there. */
export async function insertWebhook(
  db: Database,
  shop: ShopId,
  made: {
    readonly segment: number | null
    readonly events: readonly string[] | null
    readonly url: string
    readonly on: Moves
    readonly secret: string
    readonly at: number
    readonly by: string
  },
): Promise<number> {
  return db.begin(async (tx) => {
    const [head] = await tx<{ head: number }[]>`select head from log_heads where shop = ${shop}`
    const since = head?.head ?? 0
    await tx`
      insert into webhook_cursors (shop, position) values (${shop}, ${since}) on conflict do nothing`
    const [row] = await tx<{ id: number }[]>`
      insert into segment_webhooks (shop, segment, events, url, moves, secret, since, created_at, created_by)
      values (${shop}, ${made.segment}, ${made.events && JSON.stringify(made.events)}, ${made.url}, ${made.on}, ${made.secret}, ${since}, ${made.at}, ${made.by})
      returning id`
    return row?.id ?? 0
  })
}

/** Ends a webhook; what it was still to be told is not sent any more. */
export async function removeWebhook(
  db: Database,
  shop: ShopId,
  gone: { readonly webhook: number; readonly at: number },
): Promise<void> {
  await db`
    update segment_webhooks set removed_at = ${gone.at} where shop = ${shop} and id = ${gone.webhook}`
  await db`
    delete from webhook_deliveries
    where shop = ${shop} and webhook = ${gone.webhook} and state in ('waiting', 'sending')`
}

/** Calls a webhook again that was given up; what came in the meantime is not told. */
export async function resumeWebhook(db: Database, shop: ShopId, webhook: number): Promise<void> {
  await db`
    update segment_webhooks set paused_at = null, failing_since = null, failures = 0, rest_until = 0
    where shop = ${shop} and id = ${webhook}`
}

export type DeliveryRow = {
  readonly id: string
  readonly state: 'waiting' | 'sending' | 'sent' | 'failed'
  readonly attempt: number
  readonly due: number
  readonly createdAt: number
  readonly endedAt: number | null
  readonly status: number | null
  readonly error: string | null
  readonly body: string
}

/** Deliveries of a webhook, the newest first. */
export function readDeliveries(
  db: Database,
  shop: ShopId,
  page: {
    readonly webhook: number
    readonly state: DeliveryRow['state'] | undefined
    readonly after: readonly [createdAt: number, id: string] | undefined
    readonly limit: number
  },
): Promise<readonly DeliveryRow[]> {
  const { state = null, after: [createdAt, id] = [Number.MAX_SAFE_INTEGER, ''] } = page
  return db<DeliveryRow[]>`
    select id, state, attempt, due, created_at as "createdAt", ended_at as "endedAt", status, error, body
    from webhook_deliveries
    where shop = ${shop} and webhook = ${page.webhook} and (${state}::text is null or state = ${state})
      and (created_at, id) < (${createdAt}, ${id})
    order by created_at desc, id desc limit ${page.limit}`
}

/** Has a failed delivery tried once more; false when there is no such one. */
export async function retryDelivery(
  db: Database,
  shop: ShopId,
  one: { readonly webhook: number; readonly delivery: string; readonly at: number },
): Promise<boolean> {
  const done = await db`
    update webhook_deliveries set state = 'waiting', due = ${one.at}, ended_at = null
    where shop = ${shop} and webhook = ${one.webhook} and id = ${one.delivery} and state = 'failed'`
  return done.count > 0
}

/** Forgets deliveries that ended long ago, of all shops; answers how many. */
export async function pruneDeliveries(
  db: Database,
  before: { readonly sent: number; readonly failed: number },
): Promise<number> {
  const gone = await db`
    delete from webhook_deliveries
    where (state = 'sent' and ended_at < ${before.sent}) or (state = 'failed' and ended_at < ${before.failed})
      or (state = 'waiting' and created_at < ${before.failed})`
  return gone.count
}

/** What was told of erased customers is forgotten. */
export async function eraseDeliveries(
  tx: Tx,
  shop: ShopId,
  customers: readonly number[],
): Promise<void> {
  await tx`
    delete from webhook_deliveries where shop = ${shop} and customer = any(${[...customers]}::bigint[])`
}
