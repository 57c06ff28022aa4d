import { guardedPost, type PostAnswer } from '../../channels/webhook/guarded-post.driver.ts'
import { signedHeaders } from '../../channels/webhook/signature.ts'
import type { Database, Tx } from '../../database/connection.store.ts'
import type { ShopId } from '../../lib/brand.ts'
import type { Clock } from '../../lib/clock.ts'
import { secondMs } from '../../lib/duration.ts'
import type { Vault } from '../../vault/vault.service.ts'
import {
  type Claimed,
  type CrossingRow,
  claimDeliveries,
  crossingsBetween,
  dropCursor,
  holdCursor,
  insertDeliveries,
  type ListeningRow,
  listening,
  memberIdsOf,
  moveCursor,
  recordAttempt,
} from './deliveries.store.ts'
import { type Crossed, deliveryBody, deliveryId, leaseMs, outcomeOf, tells } from './webhook.ts'

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
 * Tells shops' servers who entered and left their segments, after the line has committed it. First the log is followed and
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
      return true
    }
    const upTo = Math.min(held.head, held.position + followLimit)
    const rows = await crossingsBetween(tx, shop, { after: held.position, upTo })
    const deliveries = await tellings(tx, shop, { crossed: rows.flatMap(crossedOf), webhooks })
    await insertDeliveries(tx, shop, { deliveries, at: clock.now() })
    await moveCursor(tx, shop, upTo)
    return true
  })
}

async function tellings(
  tx: Tx,
  shop: ShopId,
  what: { readonly crossed: readonly Crossed[]; readonly webhooks: readonly ListeningRow[] },
) {
  const told = what.crossed.flatMap((one) =>
    what.webhooks
      .filter(
        ({ segment, on, since }) =>
          segment === one.segment && since < one.position && tells(on, one.entered),
      )
      .map(({ id }) => ({ webhook: id, one })),
  )
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
    body: deliveryBody(one, ids.get(one.customer) ?? []),
  }))
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
