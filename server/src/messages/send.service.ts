import type { Channels } from '../channels/channels.service.ts'
import type { EmailProvider } from '../channels/email/mail.ts'
import type { Consent } from '../consent/consent.service.ts'
import type { Database, Tx } from '../database/connection.store.ts'
import { loop } from '../jobs/loop.service.ts'
import type { ShopId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import type { Shop } from '../shops/shop.ts'
import type { Shops } from '../shops/shops.service.ts'
import type { Vault } from '../vault/vault.service.ts'
import { claim, type Ready } from './claim.service.ts'
import { type HandedOver, readLost, recordHandovers, shopsWaiting } from './claim.store.ts'
import type { Contents } from './contents.service.ts'
import { type Attempt, fateOf } from './handover.ts'
import type { RecheckAll } from './intent.ts'
import { readKept } from './kept.ts'
import { mailOf } from './mail.ts'
import { settleDecisions } from './outbox.store.ts'
import { pace } from './pace.ts'
import type { ParsedEmail } from './render.ts'
import { sendingSettings } from './sending.ts'

/** Messages of a shop that are on their way to a provider at once. */
const underWayLimit = 400
const batchLimit = 100
/** How often the database is asked when nobody woke the sender. */
const idleMs = 500
/** A round is some fifteen statements, whether it hands over one message or a hundred: what is queued meanwhile shares it. */
const roundGapMs = 15
const lostLimit = 500
const settleEveryMs = 10_000

export type SenderNeeds = {
  readonly db: Database
  readonly clock: Clock
  readonly shops: Shops
  readonly vault: Pick<Vault, 'open' | 'sign' | 'verify'>
  readonly channels: Pick<Channels, 'email' | 'lookUp'>
  readonly consent: Pick<Consent, 'statesOf' | 'suppress'>
  readonly contents: Pick<Contents, 'load'>
  readonly recheck: RecheckAll<Tx>
  /** Address that the links in messages begin with. */
  readonly publicUrl: string
  readonly onError?: (error: unknown) => void
}

/**
 * Hands queued messages to their providers, each at most once: the mark `sending` is committed before the call, and what
 * is found with a mark older than its lease is looked up or shown as unconfirmed, never simply sent again.
 */
export function sender(needs: SenderNeeds) {
  const { db, clock } = needs
  /** Batches on their way, with how many messages each has. */
  const underWay = new Map<ShopId, Map<Promise<void>, number>>()
  const pacers = new Map<ShopId, ReturnType<typeof pace>>()
  let settledAt = Number.NEGATIVE_INFINITY
  const work = loop({
    turn: round,
    idleMs,
    gapMs: roundGapMs,
    ...(needs.onError ? { onError: needs.onError } : {}),
  })

  /** Claims one batch and starts handing it over; answers how many messages it looked at. */
  async function startBatch(shopId: ShopId, limit: number): Promise<number> {
    if (limit <= 0) return 0
    const shop = await needs.shops.shop(shopId)
    const provider = needs.channels.email(shop)
    const now = clock.now()
    const { seen, ready } = await claim(needs, shop, { now, limit, provider: provider.name })
    if (ready.length > 0) {
      const flights = underWay.get(shopId) ?? new Map<Promise<void>, number>()
      underWay.set(shopId, flights)
      const flight = handOver(needs, { shop, provider, ready })
        .catch((error: unknown) => needs.onError?.(error))
        .finally(() => {
          flights.delete(flight)
          work.wake()
        })
      flights.set(flight, ready.length)
    }
    return seen
  }

  const flightsOf = (shop: ShopId) => [...(underWay.get(shop)?.keys() ?? [])]
  const messagesUnderWay = (shop: ShopId) =>
    [...(underWay.get(shop)?.values() ?? [])].reduce((sum, messages) => sum + messages, 0)

  async function round(): Promise<boolean> {
    // Wakes come many a second; lost messages wait minutes anyway.
    if (Math.abs(clock.now() - settledAt) >= settleEveryMs) {
      settledAt = clock.now()
      await settleLost(needs)
    }
    let moved = false
    for (const shop of await shopsWaiting(db, clock.now())) {
      const { ratePerSecond } = sendingSettings((await needs.shops.shop(shop)).settings.sending)
      const pacer = pacers.get(shop) ?? pace()
      pacers.set(shop, pacer)
      const room = underWayLimit - messagesUnderWay(shop)
      const allowed = pacer.take(Math.min(batchLimit, room), { ratePerSecond, now: clock.now() })
      const seen = await startBatch(shop, allowed)
      pacer.giveBack(allowed - seen)
      if (seen > 0) moved = true
    }
    return moved
  }

  return {
    /** Hands over everything of a shop that is due now and waits until each answer is recorded. */
    drain: async (shop: ShopId): Promise<void> => {
      while ((await startBatch(shop, batchLimit)) > 0) await Promise.all(flightsOf(shop))
      await Promise.all(flightsOf(shop))
    },
    /** Settles messages whose sender died: looked up where the provider can say, else unconfirmed. */
    settleLost: () => settleLost(needs),
    start: work.start,
    /** Something was queued. */
    wake: work.wake,
    /** Claims nothing more and waits for what is on its way. */
    stop: async (): Promise<void> => {
      await work.stop()
      await Promise.all([...underWay.keys()].flatMap(flightsOf))
    },
  }
}
export type Sender = ReturnType<typeof sender>

type Flight = {
  readonly shop: Shop
  readonly provider: EmailProvider
  readonly ready: readonly Ready[]
}

type Answered = { readonly one: Ready; readonly attempt: Attempt }

/** Hands a batch over all at once and records answers as they come, several in a transaction. */
async function handOver(needs: SenderNeeds, flight: Flight): Promise<void> {
  const { shop, ready } = flight
  const emails = await needs.contents.load(
    needs.db,
    shop.id,
    ready.flatMap(({ row }) => row.contentId ?? []),
  )
  let answered: Answered[] = []
  let recording = Promise.resolve()
  // While one group is being written the next gathers, so a slow mail holds nobody's record back.
  const record = () => {
    recording = recording.then(async () => {
      const group = answered
      answered = []
      if (group.length > 0) await recordGroup(needs, shop.id, group)
    })
    return recording
  }
  await Promise.all(
    ready.map(async (one) => {
      const email = emails.get(one.row.contentId ?? '')
      const attempt = await handOne(needs, flight, { one, email }).catch(
        // Thrown before the provider was called: an address sealed with another secret, for example.
        (error: unknown): Attempt => ({
          kind: 'undrawable',
          reason: 'render_failed',
          detail: error instanceof Error ? error.message : String(error),
        }),
      )
      answered.push({ one, attempt })
      await record()
    }),
  )
}

async function handOne(
  needs: SenderNeeds,
  { shop, provider }: Flight,
  drawing: {
    readonly one: Ready
    readonly email: ParsedEmail | undefined
  },
): Promise<Attempt> {
  const { one, email } = drawing
  if (!email) return { kind: 'undrawable', reason: 'content_missing', detail: '' }
  const { row, contact } = one
  const drawn = mailOf(
    {
      shop,
      email,
      kept: readKept(row.kept),
      message: row.id,
      customer: row.customer,
      attempt: row.attempt + 1,
      to: needs.vault.open(contact.sealed),
      now: needs.clock.now(),
    },
    { publicUrl: needs.publicUrl, signer: needs.vault },
  )
  if (drawn.kind === 'failed') {
    return { kind: 'undrawable', reason: 'render_failed', detail: drawn.message }
  }
  try {
    return await provider.send(drawn.mail)
  } catch (error) {
    // A provider answers with a value; if it throws all the same, nobody knows how far it came.
    return { kind: 'ambiguous', detail: error instanceof Error ? error.message : String(error) }
  }
}

async function recordGroup(
  needs: SenderNeeds,
  shop: ShopId,
  group: readonly Answered[],
): Promise<void> {
  const now = needs.clock.now()
  const rows = group.map(({ one, attempt }) => {
    const fate = fateOf(attempt, { number: one.row.attempt + 1, now })
    return {
      id: one.row.id,
      attemptId: one.attemptId,
      ...fate,
      providerId: attempt.kind === 'accepted' ? attempt.providerId : null,
      detail: attempt.kind === 'accepted' ? null : attempt.detail,
      bounced: fate.reason === 'hard_bounced',
      hash: one.contact.hash,
    }
  })
  await needs.db.begin(async (tx) => {
    await recordAll(tx, shop, rows)
    const hashes = rows.filter((row) => row.bounced).map((row) => row.hash)
    await needs.consent.suppress(tx, shop, {
      channel: 'email',
      hashes,
      reason: 'hard_bounce',
      at: now,
    })
  })
}

async function recordAll(tx: Tx, shop: ShopId, rows: readonly HandedOver[]): Promise<void> {
  const recorded = await recordHandovers(tx, shop, rows)
  const fates = new Map(rows.map((row) => [row.id, row]))
  await settleDecisions(
    tx,
    shop,
    recorded.flatMap(({ id, ...decision }) => {
      const fate = fates.get(id)
      return fate ? [{ ...decision, outcome: fate.state, reason: fate.reason }] : []
    }),
  )
}

async function settleLost(needs: SenderNeeds): Promise<void> {
  const now = needs.clock.now()
  const lost = await readLost(needs.db, now, lostLimit)
  for (const [shop, rows] of Map.groupBy(lost, (row) => row.shop)) {
    const found = await Promise.all(
      rows.map(async (row) => ({
        row,
        is: await needs.channels.lookUp(row.provider, shop, row.id),
      })),
    )
    const settled = found.map(({ row, is }) => ({
      id: row.id,
      attemptId: row.attemptId,
      providerId: null,
      detail: null,
      at: now,
      bounced: false,
      ...lostFate(is),
    }))
    await needs.db.begin((tx) => recordAll(tx, shop, settled))
  }
}

function lostFate(is: 'taken' | 'not_taken' | 'unknown') {
  switch (is) {
    case 'taken':
      return { state: 'sent', reason: 'sent' } as const
    case 'not_taken':
      return { state: 'queued', reason: 'queued' } as const
    case 'unknown':
      return { state: 'unconfirmed', reason: 'unconfirmed' } as const
  }
}
