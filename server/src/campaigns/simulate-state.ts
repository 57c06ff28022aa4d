import type { Arm } from '../experiments/arm.ts'
import type { CampaignId } from '../lib/brand.ts'
import type { Json, JsonObject } from '../lib/json.ts'
import { type SendingSettings, sendingSettings } from '../messages/sending.ts'
import { dueQueue } from './due-queue.ts'
import type { EndReason } from './end-reason.ts'
import type { LiveCampaign } from './entry.ts'
import type { Memory } from './memory.ts'
import type { Desk } from './person-turn.ts'
import { type SimulatedPool, simulatedCoupons } from './simulate-coupons.ts'
import type { SentElsewhere, SimulatedDecision, SimulatedPerson } from './simulate-door.ts'
import { eventOfTrigger } from './trigger.ts'
import type { Way } from './way.ts'

/** An order as the simulation heard of it; `value` in ten-thousandths of the currency unit. */
export type SimulatedOrder = {
  readonly customer: number
  readonly at: number
  readonly value: number
}

/** A simulated person as whoever answers for the segments sees them. */
export type SimulatedMember = {
  readonly customer: number
  readonly traits: JsonObject
  /** Lists that steps put them on. */
  readonly lists: ReadonlySet<number>
}

/** What a provider says of a message it was handed, `afterMs` later (0 unless told); a webhook's server may answer JSON. */
export type SimulatedResult = {
  readonly kind: 'delivered' | 'failed' | 'bounced' | 'unconfirmed'
  readonly afterMs?: number
  readonly answer?: Json
}

export type SimulationSetup = {
  readonly campaigns: readonly LiveCampaign[]
  readonly settings?: Partial<SendingSettings>
  /** Can it be bought at this time (UTC ms)? Everything can, unless told. */
  readonly sellable?: (productId: string, at: number) => boolean
  /** How long a queued message waits for the sender, ms. */
  readonly handoverMs?: number
  /** The shop's time zone; Asia/Seoul unless told. */
  readonly timeZone?: string
  /** Its id, which spreads the mornings as live. */
  readonly shop?: number
  /** Is the person in the segment at this time (UTC ms)? Nobody is in any unless told. */
  readonly isMember?: (person: SimulatedMember, segment: number, at: number) => boolean
  /** How splits that learn share people out; evenly unless told. */
  readonly sharesOf?: Desk['sharesOf']
  readonly goodsDays?: Desk['goodsDays']
  /** Pools that come to an end; of any other there is as much as asked for. */
  readonly pools?: readonly SimulatedPool[]
  /** What becomes of a message that was handed over; delivered at once unless told. */
  readonly result?: (message: SimulatedDecision) => SimulatedResult
  /** What campaigns outside the simulation sent the person: it counts against caps and outweighs. */
  readonly sentElsewhere?: (customer: number) => readonly SentElsewhere[]
  /** Arms that were recorded before, by armKey. */
  readonly arms?: ReadonlyMap<string, Arm>
  /** Hears of every change of a person's ways. */
  readonly onWays?: (change: WaysChange) => void
  /** Hears of every decision and of what becomes of it. */
  readonly onDecision?: (decision: SimulatedDecision) => void
  /** Hears why a trigger let a person into nothing. */
  readonly onNotEntered?: Desk['onNotEntered']
}

/** Ways of one person before and after something happened to them at `at` (UTC ms). */
export type WaysChange = {
  readonly customer: number
  readonly at: number
  readonly before: readonly Way[]
  readonly after: readonly (Way & { readonly id: number })[]
}

/** What the simulation keeps of one person. */
export type Known = {
  readonly facts: SimulatedPerson
  readonly traits: JsonObject
  readonly lists: ReadonlySet<number>
  readonly memory: Memory
  /** Open ones only. */
  readonly ways: readonly Way[]
}

export type Due =
  | { readonly kind: 'timer'; readonly customer: number }
  | { readonly kind: 'handover'; readonly decision: string }
  | { readonly kind: 'result'; readonly decision: string; readonly result: SimulatedResult }

export type State = ReturnType<typeof emptyState>

/** A simulation in which nothing has happened yet. */
export function emptyState(setup: SimulationSetup) {
  const campaigns = new Map(setup.campaigns.map((campaign) => [campaign.id, campaign]))
  const people = new Map<number, Known>()
  const time = { now: 0, position: 0, enrolments: 0, messages: 0 }
  const { isMember } = setup
  const desk: Desk = {
    entering: Map.groupBy(setup.campaigns, ({ flow }) => eventOfTrigger(flow.trigger)),
    flowOf: (campaign) => {
      const found = campaigns.get(campaign)
      return found && { flow: found.flow, paused: false }
    },
    sellable: (productId) => setup.sellable?.(productId, time.now) ?? true,
    isMember: (customer, segment) => {
      const known = people.get(customer)
      if (!known || !isMember) return false
      return isMember({ customer, traits: known.traits, lists: known.lists }, segment, time.now)
    },
    timeZone: setup.timeZone ?? 'Asia/Seoul',
    goalOf: (campaign) => campaigns.get(campaign as CampaignId)?.flow.goal,
    sharesOf: setup.sharesOf ?? (() => undefined),
    goodsDays: setup.goodsDays,
    ...(setup.onNotEntered ? { onNotEntered: setup.onNotEntered } : {}),
  }
  return {
    setup,
    desk,
    time,
    people,
    campaigns: campaigns as ReadonlyMap<CampaignId, LiveCampaign>,
    settings: settingsOf(setup.settings),
    queue: dueQueue<Due>(),
    /** When each person is to be woken. */
    wakesAt: new Map<number, number>(),
    /** Who a merged person became. */
    survivors: new Map<number, number>(),
    /** By cause: what became of a decision takes its place. */
    decisions: new Map<string, SimulatedDecision>(),
    decisionsOf: new Map<number, readonly SimulatedDecision[]>(),
    /** Handed over and not told yet. */
    sent: [] as SimulatedDecision[],
    orders: [] as SimulatedOrder[],
    /** Person and experiment -> the arm they play. */
    arms: new Map<string, Arm>(setup.arms),
    /** How many play in each campaign's experiment. */
    assigned: new Map<CampaignId, number>(),
    coupons: simulatedCoupons(setup.pools),
    /** Enrolments that are over, and why. */
    ends: new Map<number, EndReason>(),
  }
}

const settingsKnown = new WeakMap<Partial<SendingSettings>, SendingSettings>()
const unset = {}

/** Many simulations share one set of settings, which is read once. */
function settingsOf(given: Partial<SendingSettings> = unset): SendingSettings {
  const known = settingsKnown.get(given) ?? sendingSettings(given)
  settingsKnown.set(given, known)
  return known
}
