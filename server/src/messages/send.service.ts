import type { Channels } from '../channels/channels.service.ts'
import type { Errands } from '../connect/platform/errands.service.ts'
import type { Consent } from '../consent/consent.service.ts'
import type { Coupons } from '../coupons/coupons.service.ts'
import type { Database, Tx } from '../database/connection.store.ts'
import { loop } from '../jobs/loop.service.ts'
import type { ShopId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import type { Shop } from '../shops/shop.ts'
import type { Shops } from '../shops/shops.service.ts'
import type { Vault } from '../vault/vault.service.ts'
import {
  allowance,
  type Breaker,
  closedBreaker,
  heard,
  type ProviderSign,
  probing,
} from './breaker.ts'
import { roomFor } from './budget.ts'
import { claim } from './claim.service.ts'
import { bringForward, type Lane, lanesWaiting, showResting } from './claim.store.ts'
import type { Contents } from './contents.service.ts'
import { followUps } from './follow-up.service.ts'
import { type HaltWatch, haltWatch } from './halt.service.ts'
import { handOver } from './hand-over.service.ts'
import { carriedChannels, type RecheckAll } from './intent.ts'
import { settleDecisions } from './outbox.store.ts'
import { pace } from './pace.ts'
import type { RefusedThere } from './record.service.ts'
import { laneLimits, sendingSettings } from './sending.ts'
import { budgetOf } from './standing.service.ts'

const batchLimit = 100
/** How often the database is asked when nobody woke the sender. */
const idleMs = 500
/** A round is some fifteen statements, whether it hands over one message or a hundred: what is queued meanwhile shares it. */
const roundGapMs = 15
/** How often messages of a lane that rests are told so, and how many at once. */
const showEveryMs = 5_000
const showLimit = 1_000

export type SenderNeeds = {
  readonly db: Database
  readonly clock: Clock
  readonly shops: Shops
  readonly vault: Pick<Vault, 'open' | 'sign' | 'verify'>
  readonly channels: Pick<Channels, 'of' | 'isTest' | 'lookUp' | 'reports'>
  readonly consent: Pick<Consent, 'statesOf' | 'suppress'>
  /** Lets the ledger of consents know who refused at the provider. */
  readonly onRefused?: (shop: ShopId, people: readonly RefusedThere[]) => Promise<void>
  /** Lets the balance be looked at: a channel's account has no money left. May be told often. */
  readonly onNoBalance?: (lane: Lane) => Promise<void>
  readonly contents: Pick<Contents, 'load'>
  readonly coupons: Pick<Coupons, 'issue' | 'release'>
  readonly recheck: RecheckAll<Tx>
  /** What is asked of the shop's platform before a message leaves; absent: nothing. */
  readonly errands?: Errands
  /** Address that the links in messages begin with. */
  readonly publicUrl: string
  readonly onError?: (error: unknown) => void
}

/** What this process knows of a shop's channel. */
type LaneState = {
  breaker: Breaker
  shownAt: number
  readonly pacer: ReturnType<typeof pace>
  /** Batches on their way, with how many messages each has. */
  readonly flights: Map<Promise<void>, number>
}

/**
 * Hands queued messages to their providers, each at most once: the mark `sending` is committed before the call, and what
 * is found with a mark older than its lease is looked up or shown as unconfirmed, never simply sent again. Each shop's
 * channel is a lane of its own: no answer of one is waited for before another goes on.
 */
export function sender(needs: SenderNeeds) {
  const { db, clock } = needs
  const lanes = new Map<string, LaneState>()
  const after = followUps({ ...needs, onNoBalance: unpaid })
  const isHalted = haltWatch({ db, clock })
  const work = loop({
    turn: round,
    idleMs,
    gapMs: roundGapMs,
    ...(needs.onError ? { onError: needs.onError } : {}),
  })

  function stateOf({ shop, channel }: Lane): LaneState {
    const name = `${shop}:${channel}`
    const known = lanes.get(name)
    if (known) return known
    const made = { breaker: closedBreaker, shownAt: 0, pacer: pace(), flights: new Map() }
    lanes.set(name, made)
    return made
  }

  /** Money was short only after messages had been accepted: the lane rests as when it is said at once. */
  function unpaid(lane: Lane): void {
    const state = stateOf(lane)
    state.breaker = heard(state.breaker, { kind: 'no_balance' }, clock.now())
    tellUnpaid(needs, lane)
  }

  const begin = (lane: Lane, wanted: number) =>
    startBatch({ ...needs, isHalted }, stateOf(lane), { lane, wanted, wake: work.wake })

  async function round(): Promise<boolean> {
    let moved = false
    for (const lane of await lanesWaiting(db, clock.now())) {
      const shop = await needs.shops.shop(lane.shop)
      const state = stateOf(lane)
      const { ratePerSecond, concurrency } = limitsOf(shop, lane)
      const room = concurrency - underWay(state)
      const wanted = Math.max(0, Math.min(batchLimit, room))
      const allowed = state.pacer.take(wanted, { ratePerSecond, now: clock.now() })
      const seen = allowed > 0 ? await begin(lane, allowed) : 0
      state.pacer.giveBack(allowed - seen)
      if (seen > 0) moved = true
    }
    return moved
  }

  const landed = async (state: LaneState) => {
    await Promise.all(state.flights.keys())
  }

  return {
    /** Hands over everything of a shop that is due now and waits until each answer is recorded. */
    drain: async (shop: ShopId): Promise<void> => {
      for (const channel of carriedChannels) {
        const state = stateOf({ shop, channel })
        while ((await begin({ shop, channel }, batchLimit)) > 0) await landed(state)
        await landed(state)
      }
    },
    /** Settles messages whose sender died or whose end nobody told: asked where the provider can say, else unconfirmed. */
    settleLost: after.drain,
    start: (): void => {
      work.start()
      after.start()
    },
    /** A report from elsewhere says that a channel's account has no money left. */
    unpaid,
    /** Something was queued. */
    wake: work.wake,
    /** The shop's platform has done what these messages waited for. */
    done: async (shop: ShopId, messages: readonly number[]): Promise<void> => {
      await bringForward(db, shop, { messages, now: clock.now() })
      work.wake()
    },
    /** Claims nothing more and waits for what is on its way. */
    stop: async (): Promise<void> => {
      await Promise.all([work.stop(), after.stop()])
      await Promise.all([...lanes.values()].map(landed))
    },
  }
}
export type Sender = ReturnType<typeof sender>

/** Claims one batch and starts handing it over; answers how many messages it looked at. */
async function startBatch(
  needs: SenderNeeds & { readonly isHalted: HaltWatch },
  state: LaneState,
  batch: { readonly lane: Lane; readonly wanted: number; readonly wake: () => void },
): Promise<number> {
  const { lane, wanted, wake } = batch
  const { channel } = lane
  const now = needs.clock.now()
  const allowed = allowance(state.breaker, now)
  if (allowed === 'none') await show(needs, lane, state)
  const shop = await needs.shops.shop(lane.shop)
  const budget = await budgetOf(needs.db, { shop, now })
  const about = { channel, settings: shop.settings, underWay: underWay(state) }
  const most = allowed === 'all' ? wanted : allowed === 'one' ? 1 : 0
  const limit = Math.min(most, roomFor(budget, about))
  if (limit <= 0) return 0
  const provider = needs.channels.of(shop, channel)
  const named = { channel, now, limit, provider: provider.name }
  const { seen, ready } = await claim(needs, shop, named)
  if (ready.length > 0) {
    state.breaker = probing(state.breaker, now)
    const onSign = (sign: ProviderSign) => {
      state.breaker = heard(state.breaker, sign, needs.clock.now())
      if (sign.kind === 'no_balance') tellUnpaid(needs, lane)
    }
    const flight = handOver(needs, { shop, channel, provider, ready, claimedAt: now, onSign })
      .catch((error: unknown) => needs.onError?.(error))
      .finally(() => {
        state.flights.delete(flight)
        wake()
      })
    state.flights.set(flight, ready.length)
  }
  return seen
}

function tellUnpaid({ onNoBalance, onError }: SenderNeeds, lane: Lane): void {
  onNoBalance?.(lane).catch((error: unknown) => onError?.(error))
}

function limitsOf({ settings }: Shop, { channel }: Lane) {
  return laneLimits(sendingSettings(settings.sending), channel)
}

function underWay({ flights }: LaneState): number {
  return [...flights.values()].reduce((sum, messages) => sum + messages, 0)
}

/** Lets what waits on a resting lane say why. */
async function show(needs: SenderNeeds, lane: Lane, state: LaneState): Promise<void> {
  const now = needs.clock.now()
  const { breaker } = state
  if (breaker.kind === 'closed' || now < state.shownAt + showEveryMs) return
  state.shownAt = now
  await needs.db.begin(async (tx) => {
    const told = await showResting(tx, lane, { reason: breaker.why, now, limit: showLimit })
    await settleDecisions(
      tx,
      lane.shop,
      told.map((one) => ({ ...one, outcome: 'queued', reason: breaker.why })),
    )
  })
}
