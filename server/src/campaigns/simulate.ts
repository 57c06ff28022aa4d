import type { ConsentState } from '../consent/consent.ts'
import type { Placed } from '../events/happening.ts'
import { eventOf } from '../events/sample.ts'
import { typedColumns } from '../events/typed-columns.ts'
import { assert } from '../lib/assert.ts'
import type { CampaignId, CustomerId } from '../lib/brand.ts'
import type { JsonObject } from '../lib/json.ts'
import { type SendingSettings, sendingSettings } from '../messages/sending.ts'
import { cartFor } from './ask.ts'
import { failedCondition } from './conditions.ts'
import { dueQueue } from './due-queue.ts'
import type { LiveCampaign } from './entry.ts'
import { noMemory } from './memory.ts'
import { mergedInto } from './merging.ts'
import {
  type Ask,
  type Desk,
  factsFor,
  type PersonTurn,
  personTurn,
  sends,
  type Way,
} from './person-turn.ts'
import {
  decisionFor,
  handedOver,
  type SimulatedDecision,
  type SimulatedPerson,
} from './simulate-door.ts'
import { eventOfTrigger } from './trigger.ts'

/** An order as the simulation heard of it; `value` in ten-thousandths of the currency unit. */
export type SimulatedOrder = {
  readonly customer: number
  readonly at: number
  readonly value: number
}

export type SimulationSetup = {
  readonly campaigns: readonly LiveCampaign[]
  readonly settings?: Partial<SendingSettings>
  readonly sellable?: (productId: string) => boolean
  /** How long a queued message waits for the sender, ms. */
  readonly handoverMs?: number
}

/**
 * Campaigns on a virtual clock with everything in memory: the same entry, advance and decide rules as live, for years of a
 * shop in seconds. Deterministic: the same story gives the same rows. Merges, consents and the shopper's own behaviour are
 * told by whoever drives it.
 */
export function simulation(setup: SimulationSetup) {
  const state = emptyState(setup)

  return {
    /** Makes a person known, or says what has changed about them (consent, contact). */
    person: (person: SimulatedPerson & { readonly customer: number }) => {
      const known = state.people.get(person.customer)
      const { memory, ways } = known ?? { memory: noMemory, ways: [] }
      state.people.set(person.customer, { facts: person, memory, ways })
    },
    /** One event of a known person; what falls due before it comes first. Times must not go back. */
    feed: (told: {
      readonly customer: number
      readonly name: string
      readonly at: number
      readonly properties?: JsonObject
    }) => {
      runTo(state, told.at)
      state.position += 1
      const happening = eventOf({ ...told, position: state.position })
      if (told.name === 'Order Completed') {
        const value = Number(typedColumns(happening).value ?? 0n)
        state.orders.push({ customer: told.customer, at: told.at, value })
      }
      act(state, told.customer, (person) => person.apply(happening, told.at))
    },
    /** `from` turned out to be `to`; both are known. */
    merge: (from: number, to: number) => mergePeople(state, from, to),
    /** Lets time pass; answers the messages handed over since the last call, in order. */
    advanceTo: (time: number): readonly SimulatedDecision[] => {
      runTo(state, time)
      return state.sent.splice(0)
    },
    /** When something will happen next by itself, UTC ms; Infinity for never. */
    nextDue: () => state.queue.nextAt(),
    now: () => state.now,
    /** Every decision so far, in order. */
    decisions: (): readonly SimulatedDecision[] => [...state.decisions.values()],
    orders: (): readonly SimulatedOrder[] => state.orders,
    /** Everyone's open enrolments. */
    underWay: () =>
      [...state.people.values()].flatMap(({ ways }) => ways.map((way) => way.enrolment)),
  }
}
export type Simulation = ReturnType<typeof simulation>

type Due =
  | { readonly kind: 'timer'; readonly customer: number }
  | { readonly kind: 'handover'; readonly decision: SimulatedDecision }

type State = ReturnType<typeof emptyState>

function emptyState(setup: SimulationSetup) {
  const campaigns = new Map(setup.campaigns.map((campaign) => [campaign.id, campaign]))
  const desk: Desk = {
    entering: Map.groupBy(setup.campaigns, ({ flow }) => eventOfTrigger(flow.trigger)),
    flowOf: (campaign) => {
      const found = campaigns.get(campaign)
      return found && { flow: found.flow, paused: false }
    },
    sellable: setup.sellable ?? (() => true),
    isMember: () => false,
    timeZone: 'Asia/Seoul',
    sharesOf: () => undefined,
  }
  return {
    setup,
    desk,
    campaigns: campaigns as ReadonlyMap<CampaignId, LiveCampaign>,
    settings: sendingSettings(setup.settings),
    people: new Map<number, Known>(),
    queue: dueQueue<Due>(),
    /** When each person is to be woken. */
    wakesAt: new Map<number, number>(),
    /** Who a merged person became. */
    survivors: new Map<number, number>(),
    /** By campaign, enrolment and step: what became of a decision takes its place. */
    decisions: new Map<string, SimulatedDecision>(),
    decisionsOf: new Map<number, readonly SimulatedDecision[]>(),
    /** Handed over and not told yet. */
    sent: [] as SimulatedDecision[],
    orders: [] as SimulatedOrder[],
    /** Experiment and customer -> the arm they play. */
    arms: new Map<string, 'treatment' | 'holdout'>(),
    now: 0,
    position: 0,
    enrolments: 0,
  }
}

type Known = {
  readonly facts: SimulatedPerson
  readonly memory: typeof noMemory
  readonly ways: readonly Way[]
}

function runTo(state: State, time: number): void {
  assert(time >= state.now, 'a simulation goes forward')
  for (let due = state.queue.nextAt(); due <= time; due = state.queue.nextAt()) {
    const next = state.queue.take()
    if (!next) break
    state.now = Math.max(state.now, next.at)
    if (next.item.kind === 'handover') handOver(state, next.item.decision)
    else if (state.wakesAt.get(next.item.customer) === next.at)
      act(state, next.item.customer, (person) => person.fire(state.now))
  }
  state.now = time
}

/** One turn for one person; what the one door answers is told to the flow at once. */
function act(state: State, customer: number, what: (person: PersonTurn) => void): void {
  const known = state.people.get(customer)
  assert(known, 'a simulated person is introduced before they act')
  const person = personTurn(state.desk, {
    customer: customer as CustomerId,
    traits: {},
    assignmentKey: known.facts.assignmentKey,
    arms: new Map(),
    ...known,
  })
  what(person)
  const memory = person.memory(state.now)
  const ways = person.ways().map((way) => ({ ...way, id: way.id ?? ++state.enrolments }))
  const asking = ways.filter(sends)
  const kept = ways
    .filter((way) => way.enrolment.state === 'active')
    .map((way) => ({ ...way, before: way.enrolment, ask: undefined }))
  state.people.set(customer, { ...known, memory, ways: kept })
  const due = person.nextDue()
  for (const way of asking) decide(state, known.facts, way)
  // An answer of the one door has set the next timer itself.
  if (asking.length > 0 || state.wakesAt.get(customer) === due) return
  // An entry of the queue whose time is no longer the person's is passed over.
  state.wakesAt.set(customer, due)
  if (due !== Infinity) state.queue.add(due, { kind: 'timer', customer })
}

function decide(
  state: State,
  facts: SimulatedPerson,
  way: Way & { readonly id: number; readonly ask: Ask },
): void {
  const campaign = state.campaigns.get(way.enrolment.campaign)
  const memory = state.people.get(way.enrolment.customer)?.memory ?? noMemory
  if (!campaign) return
  const decision = decisionFor({
    campaign,
    facts,
    customer: way.enrolment.customer,
    enrolment: way.id,
    send: way.ask,
    entry: way.enrolment.entry,
    since: way.enrolment.since,
    products: cartFor(way.enrolment, memory)?.lines.map((line) => line.productId) ?? [],
    sellable: state.desk.sellable,
    earlier: state.decisionsOf.get(way.enrolment.customer) ?? [],
    arms: state.arms,
    now: state.now,
    settings: state.settings,
  })
  note(state, decision)
  if (decision.state === 'queued') {
    const at = Math.max(decision.until ?? 0, state.now + (state.setup.handoverMs ?? 0))
    state.queue.add(at, { kind: 'handover', decision })
  }
  act(state, way.enrolment.customer, (person) => person.apply(answerTo(state, decision), state.now))
}

function note(state: State, decision: SimulatedDecision): void {
  const key = ({ campaign, enrolment, step, at }: SimulatedDecision) =>
    `${campaign}/${enrolment}/${step}/${at}`
  state.decisions.set(key(decision), decision)
  const others = (state.decisionsOf.get(decision.customer) ?? []).filter(
    (one) => key(one) !== key(decision),
  )
  state.decisionsOf.set(decision.customer, [...others, decision])
}

/** The happening by which the line tells the flow what became of its message. */
function answerTo(state: State, decision: SimulatedDecision): Placed {
  const { customer, enrolment, step } = decision
  state.position += 1
  const told = { name: 'Message Queued', at: state.now, position: state.position, customer }
  return { ...eventOf({ ...told, properties: { enrolment, step } }), kind: 'derived' }
}

/** The last look before a message leaves. */
function handOver(state: State, decision: SimulatedDecision): void {
  const known = state.people.get(state.survivors.get(decision.customer) ?? decision.customer)
  const campaign = state.campaigns.get(decision.campaign)
  if (!known || !campaign) return
  const { assignmentKey } = known.facts
  const subject = { customer: decision.customer, traits: {}, assignmentKey, arms: new Map() }
  const of = { subject, memory: known.memory, enrolment: decision, paused: false }
  const facts = factsFor(state.desk, of)
  const failed = failedCondition(campaign.flow.conditions, facts, decision.since)
  const customer = (state.survivors.get(decision.customer) ?? decision.customer) as CustomerId
  const final = handedOver({ ...decision, customer }, { failed, now: state.now })
  note(state, final)
  if (final.state === 'sent') state.sent.push(final)
}

function mergePeople(state: State, from: number, to: number): void {
  const [gone, survivor] = [state.people.get(from), state.people.get(to)]
  assert(gone && survivor, 'both people of a merge are known')
  const own = { customer: to as CustomerId, memory: survivor.memory, ways: survivor.ways }
  const merged = mergedInto(own, [gone], state.now)
  state.people.delete(from)
  state.wakesAt.delete(from)
  for (const [gone, became] of state.survivors) if (became === from) state.survivors.set(gone, to)
  state.survivors.set(from, to)
  const theirs = (state.decisionsOf.get(from) ?? []).map((one) => ({
    ...one,
    customer: own.customer,
  }))
  state.decisionsOf.delete(from)
  for (const one of theirs) note(state, one)
  for (const order of state.orders.splice(0))
    state.orders.push(order.customer === from ? { ...order, customer: to } : order)
  state.people.set(to, {
    facts: survivor.facts,
    memory: merged.memory,
    ways: merged.ways.filter((way) => way.enrolment.state === 'active'),
  })
  for (const [key, arm] of state.arms) {
    if (!key.startsWith(`${from}:`)) continue
    const mine = `${to}:${key.slice(`${from}:`.length)}`
    if (!state.arms.has(mine)) state.arms.set(mine, arm)
  }
  act(state, to, () => {})
}

/** What one person's consent to e-mail looks like when they said yes to advertising by day. */
export const agreed: ConsentState = {
  adDay: true,
  adNight: false,
  personalDataMarketing: true,
  grantedAt: 0,
  refusedAt: null,
}
