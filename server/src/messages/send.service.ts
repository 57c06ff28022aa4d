import type { Provider } from '../channels/carrier.ts'
import type { Channels } from '../channels/channels.service.ts'
import { webhookSettings } from '../channels/webhook/settings.ts'
import type { Consent } from '../consent/consent.service.ts'
import type { Database, Tx } from '../database/connection.store.ts'
import { loop } from '../jobs/loop.service.ts'
import type { ShopId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import type { Shop } from '../shops/shop.ts'
import type { Shops } from '../shops/shops.service.ts'
import type { Vault } from '../vault/vault.service.ts'
import { claim, type Ready } from './claim.service.ts'
import { type Lane, lanesWaiting } from './claim.store.ts'
import type { Contents } from './contents.service.ts'
import type { ParsedMessage } from './draw.ts'
import type { Attempt } from './handover.ts'
import { type MessageChannel, messageChannels, type RecheckAll } from './intent.ts'
import { readKept } from './kept.ts'
import { pace } from './pace.ts'
import { parcelOf } from './parcel.ts'
import { type Answered, recordGroup, settleLost } from './record.service.ts'
import { sendingSettings } from './sending.ts'

/** Messages of a lane that are on their way to a provider at once. */
const underWayLimit = 400
const batchLimit = 100
/** How often the database is asked when nobody woke the sender. */
const idleMs = 500
/** A round is some fifteen statements, whether it hands over one message or a hundred: what is queued meanwhile shares it. */
const roundGapMs = 15
const settleEveryMs = 10_000

export type SenderNeeds = {
  readonly db: Database
  readonly clock: Clock
  readonly shops: Shops
  readonly vault: Pick<Vault, 'open' | 'sign' | 'verify'>
  readonly channels: Pick<Channels, 'of' | 'isTest' | 'lookUp'>
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
  const underWay = new Map<string, Map<Promise<void>, number>>()
  const pacers = new Map<string, ReturnType<typeof pace>>()
  let settledAt = Number.NEGATIVE_INFINITY
  const work = loop({
    turn: round,
    idleMs,
    gapMs: roundGapMs,
    ...(needs.onError ? { onError: needs.onError } : {}),
  })

  /** Claims one batch and starts handing it over; answers how many messages it looked at. */
  async function startBatch(lane: Lane, limit: number): Promise<number> {
    if (limit <= 0) return 0
    const shop = await needs.shops.shop(lane.shop)
    const provider = needs.channels.of(shop, lane.channel)
    const now = clock.now()
    const { seen, ready } = await claim(needs, shop, {
      channel: lane.channel,
      now,
      limit,
      provider: provider.name,
    })
    if (ready.length > 0) {
      const flights = underWay.get(nameOf(lane)) ?? new Map<Promise<void>, number>()
      underWay.set(nameOf(lane), flights)
      const flight = handOver(needs, { shop, channel: lane.channel, provider, ready })
        .catch((error: unknown) => needs.onError?.(error))
        .finally(() => {
          flights.delete(flight)
          work.wake()
        })
      flights.set(flight, ready.length)
    }
    return seen
  }

  const flightsOf = (lane: string) => [...(underWay.get(lane)?.keys() ?? [])]
  const messagesUnderWay = (lane: Lane) =>
    [...(underWay.get(nameOf(lane))?.values() ?? [])].reduce((sum, messages) => sum + messages, 0)

  async function round(): Promise<boolean> {
    // Wakes come many a second; lost messages wait minutes anyway.
    if (Math.abs(clock.now() - settledAt) >= settleEveryMs) {
      settledAt = clock.now()
      await settleLost(needs)
    }
    let moved = false
    for (const lane of await lanesWaiting(db, clock.now())) {
      const shop = await needs.shops.shop(lane.shop)
      const { ratePerSecond } = sendingSettings(shop.settings.sending)
      const pacer = pacers.get(nameOf(lane)) ?? pace()
      pacers.set(nameOf(lane), pacer)
      const room = underWayLimit - messagesUnderWay(lane)
      const allowed = pacer.take(Math.min(batchLimit, room), { ratePerSecond, now: clock.now() })
      const seen = await startBatch(lane, allowed)
      pacer.giveBack(allowed - seen)
      if (seen > 0) moved = true
    }
    return moved
  }

  return {
    /** Hands over everything of a shop that is due now and waits until each answer is recorded. */
    drain: async (shop: ShopId): Promise<void> => {
      for (const channel of messageChannels) {
        const lane = { shop, channel }
        while ((await startBatch(lane, batchLimit)) > 0) await Promise.all(flightsOf(nameOf(lane)))
        await Promise.all(flightsOf(nameOf(lane)))
      }
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

/** What calls to the shop's server are signed with. */
function secretOf({ settings }: Shop, vault: Pick<Vault, 'open'>): string {
  const known = webhookSettings(settings.webhook)
  return known ? vault.open(known.sealedSecret) : ''
}

function nameOf({ shop, channel }: Lane): string {
  return `${shop}:${channel}`
}

type Flight = {
  readonly shop: Shop
  readonly channel: MessageChannel
  readonly provider: Provider
  readonly ready: readonly Ready[]
}

/** Hands a batch over all at once and records answers as they come, several in a transaction. */
async function handOver(needs: SenderNeeds, flight: Flight): Promise<void> {
  const { shop, channel, ready } = flight
  const contents = await needs.contents.load(
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
      if (group.length > 0) await recordGroup(needs, { shop: shop.id, channel }, group)
    })
    return recording
  }
  await Promise.all(
    ready.map(async (one) => {
      const content = contents.get(one.row.contentId ?? '')
      const attempt = await handOne(needs, flight, { one, content }).catch(
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
    readonly content: ParsedMessage | undefined
  },
): Promise<Attempt> {
  const { one, content } = drawing
  if (!content) return { kind: 'undrawable', reason: 'content_missing', detail: '' }
  const { row, contact } = one
  // A call to the shop's own server has no address of the person's.
  const opened = (sealed: string) => (sealed === '' ? '' : needs.vault.open(sealed))
  const drawn = parcelOf(
    {
      shop,
      content,
      kept: readKept(row.kept),
      message: row.id,
      customer: row.customer,
      attempt: row.attempt + 1,
      to: contact.sealed.split(' ').map(opened).join('\n'),
      secret: secretOf(shop, needs.vault),
      now: needs.clock.now(),
    },
    { publicUrl: needs.publicUrl, signer: needs.vault },
  )
  if (drawn.kind === 'failed') {
    return { kind: 'undrawable', reason: 'render_failed', detail: drawn.message }
  }
  try {
    return await provider.send(drawn.parcel)
  } catch (error) {
    // A provider answers with a value; if it throws all the same, nobody knows how far it came.
    return { kind: 'ambiguous', detail: error instanceof Error ? error.message : String(error) }
  }
}
