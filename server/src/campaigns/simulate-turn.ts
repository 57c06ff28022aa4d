import { traitChange } from '../customers/trait-change.ts'
import { changeTraits } from '../customers/traits.ts'
import type { Placed } from '../events/happening.ts'
import { eventOf } from '../events/sample.ts'
import { assert, unreachable } from '../lib/assert.ts'
import type { CustomerId } from '../lib/brand.ts'
import type { JsonObject } from '../lib/json.ts'
import { givesWay } from '../messages/decide.ts'
import { seedOf } from '../messages/outbox.ts'
import { cartFor, couponFor, shownOn } from './ask.ts'
import { causeKeyOf } from './enrolment.ts'
import { placesOf } from './flow-map.ts'
import { type PersonTurn, personTurn } from './person-turn.ts'
import {
  armKey,
  decisionFor,
  isApart,
  type SimulatedDecision,
  settled,
  simulatedArm,
} from './simulate-door.ts'
import type { Known, State } from './simulate-state.ts'
import type { Act } from './steps/act.ts'
import { chainOf } from './steps/message.ts'
import { type Ask, asks, type Way } from './way.ts'

type Asking = Way & { readonly id: number; readonly ask: Ask }

/** One turn for one person; what their flows ask for is done and answered at once. */
export function act(state: State, customer: number, what: (person: PersonTurn) => void): void {
  const known = knownTo(state, customer)
  const { now } = state.time
  const person = personTurn(state.desk, {
    customer: customer as CustomerId,
    traits: known.traits,
    assignmentKey: known.facts.assignmentKey,
    memory: known.memory,
    ways: known.ways,
  })
  what(person)
  const memory = person.memory(now)
  const ways = person.ways().map((way) => ({ ...way, id: way.id ?? ++state.time.enrolments }))
  state.setup.onWays?.({ customer, at: now, before: known.ways, after: ways })
  const open = ways.filter((way) => way.enrolment.state === 'active')
  for (const { id, enrolment } of ways)
    if (enrolment.endReason) state.ends.set(id, enrolment.endReason)
  const kept = open.map((way) => ({ ...way, before: way.enrolment, ask: undefined }))
  state.people.set(customer, { ...known, memory, ways: kept })
  wake(state, customer, person.nextDue())
  // The weightiest first, so that within one turn it is the lighter one that gives way.
  const asking = ways
    .filter(asks)
    .sort((one, other) => weightOf(state, other) - weightOf(state, one))
  for (const way of asking) perform(state, way)
}

/** An entry of the queue whose time is no longer the person's is passed over. */
function wake(state: State, customer: number, due: number): void {
  if (state.wakesAt.get(customer) === due) return
  state.wakesAt.set(customer, due)
  if (due !== Infinity) state.queue.add(due, { kind: 'timer', customer })
}

function weightOf(state: State, way: Way): number {
  return state.campaigns.get(way.enrolment.campaign)?.flow.precedence.weight ?? 0
}

function perform(state: State, way: Asking): void {
  const { act: asked, step } = way.ask
  if (asked.kind === 'send') {
    send(state, way, asked.link)
    return
  }
  const { customer, campaign } = way.enrolment
  const told = doneFor(state, way, asked)
  const properties = { campaign_id: campaign, step, enrolment: way.id, ...told }
  tell(state, customer, { kind: 'derived', name: 'Step Done', properties })
}

function doneFor(
  state: State,
  way: Asking,
  asked: Exclude<Act, { readonly kind: 'send' }>,
): JsonObject {
  const { customer } = way.enrolment
  const known = knownTo(state, customer)
  switch (asked.kind) {
    case 'coupon':
      return giveCoupon(state, way, asked.pool)
    case 'trait': {
      const traits = changeTraits(known.traits, traitChange(known.traits, asked))
      state.people.set(customer, { ...known, traits })
      return {}
    }
    case 'list': {
      const lists = new Set(known.lists)
      if (asked.does === 'add') lists.add(asked.list)
      else lists.delete(asked.list)
      state.people.set(customer, { ...known, lists })
      return {}
    }
    default:
      return unreachable(asked)
  }
}

function knownTo(state: State, customer: number): Known {
  const known = state.people.get(customer)
  assert(known, 'a simulated person is introduced before they act')
  return known
}

/** A held-out person takes none; who is given one has met the campaign from here on. */
function giveCoupon(state: State, way: Asking, pool: number): JsonObject {
  const { campaign: id, customer } = way.enrolment
  const campaign = state.campaigns.get(id)
  const { now } = state.time
  const { assignmentKey } = knownTo(state, customer).facts
  if (!campaign) return { reason: 'coupon_gone' }
  const arm = simulatedArm(campaign, { customer, assignmentKey }, state)
  record(state, { campaign: id, customer, arm })
  if (arm === 'holdout') return { reason: 'held_out' }
  const look = state.coupons.look({ pool, customer, now })
  if (look !== 'available') return { reason: `coupon_${look}` }
  const taking = { pool, customer, campaign: id, step: way.ask.step, message: null, at: now }
  return { coupon_id: state.coupons.take(taking) }
}

function record(
  state: State,
  { campaign, customer, arm }: Pick<SimulatedDecision, 'campaign' | 'customer' | 'arm'>,
): void {
  const key = armKey(customer, campaign)
  const flow = state.campaigns.get(campaign)?.flow
  if (!flow || flow.holdoutShare === 0 || state.arms.has(key)) return
  state.arms.set(key, arm)
  state.assigned.set(campaign, (state.assigned.get(campaign) ?? 0) + 1)
}

/** Asks the one door, and queues what may go. */
function send(state: State, way: Asking, link: number): void {
  const { enrolment, id, ask } = way
  const { customer } = enrolment
  const campaign = state.campaigns.get(enrolment.campaign)
  const step = campaign && placesOf(campaign.flow).get(ask.step)?.step
  if (!campaign || (step?.kind !== 'message' && step?.kind !== 'webhook')) return
  const known = knownTo(state, customer)
  const { now } = state.time
  const { assignmentKey } = known.facts
  const content = step.kind === 'message' ? chainOf(step)[link]?.content : step.content
  if (!content) return
  const coupon = couponFor(step, link, enrolment.notes)
  const causeKey = causeKeyOf(id, ask)
  const decision = decisionFor({
    campaign,
    facts: known.facts,
    customer,
    enrolment: id,
    send: {
      ...ask,
      message: ++state.time.messages,
      channel: content.channel,
      onNight: (step.kind === 'message' ? step.onNight : undefined) ?? 'hold',
      hours:
        step.kind === 'message' && campaign.flow.hours
          ? { of: campaign.flow.hours, zone: state.desk.timeZone }
          : undefined,
    },
    entry: enrolment.entry,
    since: enrolment.since,
    products: cartFor(enrolment, known.memory)?.lines.map((line) => line.productId) ?? [],
    sellable: state.desk.sellable,
    coupon: coupon ? looksOf(state, coupon, customer) : null,
    earlier: state.decisionsOf.get(customer) ?? [],
    elsewhere: state.setup.sentElsewhere?.(customer) ?? [],
    traits: known.traits,
    arm: simulatedArm(campaign, { customer, assignmentKey }, state),
    ...shownOn(enrolment, ask),
    now,
    settings: state.settings,
    seed: seedOf(state.setup.shop ?? 1, customer),
  })
  if (decision.wouldSend) record(state, decision)
  if (decision.state === 'queued') {
    const pool = coupon && 'pool' in coupon ? coupon.pool : undefined
    const taking = { customer, campaign: campaign.id, step: ask.step, message: causeKey, at: now }
    const taken = pool === undefined ? null : state.coupons.take({ ...taking, pool })
    outweigh(state, decision)
    note(state, { ...decision, coupon: taken })
    const at = Math.max(decision.until ?? 0, now + (state.setup.handoverMs ?? 0))
    state.queue.add(at, { kind: 'handover', decision: causeKey })
  } else note(state, decision)
  tell(state, customer, {
    kind: 'derived',
    name: answerNames[decision.state],
    properties: toldOf(decision),
  })
}

function looksOf(
  state: State,
  coupon: { readonly pool: number } | { readonly issued: number },
  customer: number,
): 'available' | 'gone' | 'had' {
  const { now } = state.time
  if ('pool' in coupon) return state.coupons.look({ pool: coupon.pool, customer, now })
  return state.coupons.ownerOf(coupon.issued) === customer ? 'available' : 'gone'
}

const answerNames = {
  queued: 'Message Queued',
  sent: 'Message Queued',
  failed: 'Message Queued',
  refused: 'Message Refused',
  held_out: 'Message Held Out',
} as const

/** What is told of a decision and its message. */
export function toldOf(decision: SimulatedDecision): JsonObject {
  const { campaign, step, enrolment, message, channel, purpose, reason, until } = decision
  const named = { campaign_id: campaign, step, enrolment, message_id: message }
  const asked = { ...named, channel, purpose, reason }
  return until === null ? asked : { ...asked, until }
}

/** Lighter messages of the person that wait give way. */
function outweigh(state: State, decision: SimulatedDecision): void {
  if (isApart(decision)) return
  for (const other of state.decisionsOf.get(decision.customer) ?? []) {
    const waits = other.state === 'queued' && !isApart(other)
    if (waits && givesWay(other, decision)) refuse(state, other, 'outweighed')
  }
}

/** A message that waited stays for good; the flow that asked for it hears so. */
export function refuse(state: State, decision: SimulatedDecision, reason: string): void {
  if (decision.coupon !== null) state.coupons.giveBack(decision.coupon)
  const over = settled(decision, { state: 'refused', reason })
  note(state, over)
  tell(state, over.customer, {
    kind: 'receipt',
    name: 'Message Refused',
    properties: toldOf(over),
  })
}

/** Puts a decision, or what became of it, in its place. */
export function note(state: State, decision: SimulatedDecision): void {
  const key = causeKeyOf(decision.enrolment, decision)
  state.decisions.set(key, decision)
  state.setup.onDecision?.(decision)
  const others = state.decisionsOf.get(decision.customer) ?? []
  const at = others.findIndex((one) => causeKeyOf(one.enrolment, one) === key)
  const next = at === -1 ? [...others, decision] : others.with(at, decision)
  state.decisionsOf.set(decision.customer, next)
}

/** What the line would tell the person's flows. */
export function tell(
  state: State,
  customer: number,
  told: {
    readonly kind: Placed['kind']
    readonly name: string
    readonly properties: JsonObject
  },
): void {
  const isHeard = state.people.get(customer)?.ways.length || state.desk.entering.has(told.name)
  if (!isHeard) return
  state.time.position += 1
  const { now: at, position } = state.time
  const { kind, name, properties } = told
  const happening = { ...eventOf({ name, at, position, customer, properties }), kind }
  act(state, customer, (person) => person.apply(happening, at))
}
