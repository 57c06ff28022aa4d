import { guardedPost, type PostAnswer } from '../../channels/webhook/guarded-post.driver.ts'
import { signedHeaders } from '../../channels/webhook/signature.ts'
import type { Database, Tx } from '../../database/connection.store.ts'
import type { ShopId } from '../../lib/brand.ts'
import type { Clock } from '../../lib/clock.ts'
import { secondMs } from '../../lib/duration.ts'
import type { JsonObject } from '../../lib/json.ts'
import type { Vault } from '../../vault/vault.service.ts'
import {
  type Claimed,
  type CrossingRow,
  claimDeliveries,
  crossingsBetween,
  dropCursor,
  happenedBetween,
  holdCursor,
  insertDeliveries,
  type ListeningRow,
  listening,
  memberIdsOf,
  moveCursor,
  noteArrived,
  noteMissed,
  recordAttempt,
} from './deliveries.store.ts'
import {
  type Crossed,
  deliveryBody,
  deliveryId,
  eventBody,
  leaseMs,
  outcomeOf,
  pauseAfterMs,
  restAfter,
  restAfterFailures,
  tells,
  tellsEvent,
} from './webhook.ts'

/** Log positions looked through in one transaction. */
const followLimit = 5_000
/** Calls under way at once, and of one webhook. */
const callsAtOnce = 50
const callsEach = 5

export type DeliverNeeds = {
  readonly db: Database
  readonly clock: Clock
  readonly vault: Pick<Vault, 'open'>
  /** Lets addresses of this machine and its network be called; for tests. */
  readonly allowPrivate?: boolean
}

/**
 * Tells shops' servers who entered and left their segments and what customers do, after the line has committed it. First the log is followed and
 * each telling written down, once by its id; then what is due is sent, at least once. Any number of workers may do both.
 */
export function deliver(needs: DeliverNeeds) {
  return {
    /** One step of each; true when there was something to do. */
    turn: async (): Promise<boolean> => {
      const followed = await follow(needs)
      const sent = await send(needs)
      return followed || sent > 0
    },
    follow: () => follow(needs),
    send: () => send(needs),
  }
}

async function follow({ db, clock }: DeliverNeeds): Promise<boolean> {
  return db.begin(async (tx) => {
    const held = await holdCursor(tx)
    if (!held) return false
    const { shop } = held
    const webhooks = await listening(tx, shop)
    if (webhooks.length === 0) {
      await dropCursor(tx, shop)
      // Those that were given up hear nothing of what comes until somebody says so.
      await moveCursor(tx, shop, held.head)
      return true
    }
    const range = {
      after: held.position,
      upTo: Math.min(held.head, held.position + followLimit),
    }
    const deliveries = [
      ...(await ofCrossings(tx, shop, { webhooks, range })),
      ...(await ofEvents(tx, shop, { webhooks, range })),
    ]
    await insertDeliveries(tx, shop, { deliveries, at: clock.now() })
    await moveCursor(tx, shop, range.upTo)
    return true
  })
}

type Range = { readonly after: number; readonly upTo: number }
type Looked = { readonly webhooks: readonly ListeningRow[]; readonly range: Range }

async function ofCrossings(tx: Tx, shop: ShopId, { webhooks, range }: Looked) {
  if (webhooks.every(({ segment }) => segment === null)) return []
  const rows = await crossingsBetween(tx, shop, range)
  const told = rows
    .flatMap(crossedOf)
    .flatMap((one) =>
      webhooks
        .filter(
          ({ segment, on, since }) =>
            segment === one.segment && since < one.position && tells(on, one.entered),
        )
        .map(({ id }) => ({ webhook: id, one })),
    )
  return await tellings(tx, shop, { told, body: deliveryBody })
}

async function ofEvents(tx: Tx, shop: ShopId, { webhooks, range }: Looked) {
  const feeds = webhooks.flatMap(({ id, events, since }) => (events ? [{ id, events, since }] : []))
  if (feeds.length === 0) return []
  const names = [...new Set(feeds.flatMap(({ events }) => events))]
  const rows = await happenedBetween(tx, shop, { ...range, names })
  const told = rows.flatMap((row) =>
    feeds
      .filter(({ events, since }) => since < row.position && tellsEvent(events, row))
      .map(({ id }) => ({ webhook: id, one: { ...row, properties: propertiesOf(row.body) } })),
  )
  return await tellings(tx, shop, { told, body: eventBody })
}

async function tellings<One extends { readonly position: number; readonly customer: number }>(
  tx: Tx,
  shop: ShopId,
  what: {
    readonly told: readonly { readonly webhook: number; readonly one: One }[]
    readonly body: (one: One, memberIds: readonly string[]) => string
  },
) {
  const { told, body } = what
  if (told.length === 0) return []
  const ids = new Map<number, string[]>()
  const customers = [...new Set(told.map(({ one }) => one.customer))]
  for (const { customer, value } of await memberIdsOf(tx, shop, customers))
    ids.set(customer, [...(ids.get(customer) ?? []), value])
  return told.map(({ webhook, one }) => ({
    id: deliveryId(webhook, one.position),
    webhook,
    position: one.position,
    customer: one.customer,
    body: body(one, ids.get(one.customer) ?? []),
  }))
}

function propertiesOf(body: string): JsonObject {
  return (JSON.parse(body) as { readonly properties?: JsonObject }).properties ?? {}
}

function crossedOf({ position, name, at, ids, body }: CrossingRow): readonly Crossed[] {
  const { customer } = JSON.parse(ids) as { readonly customer?: number }
  const { properties = {} } = JSON.parse(body) as {
    readonly properties?: { readonly segment_id?: number; readonly segment_name?: string }
  }
  if (customer === undefined || properties.segment_id === undefined) return []
  return [
    {
      position,
      segment: properties.segment_id,
      name: properties.segment_name ?? '',
      customer,
      entered: name === 'Entered Segment',
      at,
    },
  ]
}

async function send(needs: DeliverNeeds): Promise<number> {
  const claimed = await claimDeliveries(needs.db, {
    now: needs.clock.now(),
    leaseMs,
    each: callsEach,
    limit: callsAtOnce,
    oneAfter: restAfter,
  })
  await Promise.all(claimed.map((one) => attempt(needs, one)))
  return claimed.length
}

async function attempt(needs: DeliverNeeds, one: Claimed): Promise<void> {
  const { db, clock } = needs
  const answer = await call(needs, one)
  const now = clock.now()
  const status = answer.kind === 'answered' ? answer.status : undefined
  const outcome = outcomeOf({ status }, { attempt: one.attempt, createdAt: one.created_at, now })
  await recordAttempt(db, {
    shop: one.shop,
    id: one.id,
    attempt: one.attempt,
    state: outcome.kind === 'again' ? 'waiting' : outcome.kind,
    due: outcome.kind === 'again' ? outcome.due : now,
    endedAt: outcome.kind === 'again' ? null : now,
    status: status ?? null,
    error: answer.kind === 'failed' ? answer.why.slice(0, 500) : null,
  })
  if (outcome.kind === 'sent') await noteArrived(db, one.shop, one.webhook)
  else
    await noteMissed(db, one.shop, {
      webhook: one.webhook,
      at: now,
      restUntil: now + restAfterFailures(one.failures + 1),
      pauseSince: now - pauseAfterMs,
    })
}

/** Signs and posts one body now. */
export async function call(
  { vault, clock, allowPrivate = false }: Omit<DeliverNeeds, 'db'>,
  what: {
    readonly id: string
    readonly url: string
    readonly secret: string
    readonly body: string
  },
): Promise<PostAnswer> {
  const { id, url, body } = what
  const seconds = Math.floor(clock.now() / secondMs)
  const headers = signedHeaders({ id, seconds, body }, vault.open(what.secret))
  return guardedPost({ url, headers, body }, { allowPrivate })
}
