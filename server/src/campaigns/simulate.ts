import type { ConsentState } from '../consent/consent.ts'
import type { Placed } from '../events/happening.ts'
import { eventOf } from '../events/sample.ts'
import { typedColumns } from '../events/typed-columns.ts'
import { assert } from '../lib/assert.ts'
import type { CampaignId } from '../lib/brand.ts'
import type { JsonObject } from '../lib/json.ts'
import { givesWay } from '../messages/decide.ts'
import { seedOf } from '../messages/outbox.ts'
import { failedCondition } from './conditions.ts'
import { refusalFor } from './last-word.ts'
import { noMemory, remembered } from './memory.ts'
import { factsFor } from './person-turn.ts'
import type { SimulatedCoupon } from './simulate-coupons.ts'
import {
  isApart,
  lookedAgain,
  type SentElsewhere,
  type SimulatedDecision,
  type SimulatedPerson,
  settled,
} from './simulate-door.ts'
import { mergePeople } from './simulate-merge.ts'
import { knownOnPage } from './simulate-page.ts'
import {
  emptyState,
  type SimulatedOrder,
  type SimulatedResult,
  type SimulationSetup,
  type State,
} from './simulate-state.ts'
import { act, note, refuse, tell, toldOf } from './simulate-turn.ts'
import { calledEvent } from './trigger.ts'

/**
 * Campaigns on a virtual clock with everything in memory: the same entry, advance and decide rules as live, for years of a
 * shop in seconds. Deterministic: the same story gives the same rows.
 *
 * Whoever drives it introduces people (`person`, again when a consent, a contact or a trait of theirs changes), feeds their
 * events, calls them into campaigns as schedules, anniversaries, pages and the API do (`call`), merges them and lets time pass
 * (`advanceTo`). Times must not go back; what falls due before comes first. Who is in which segment is asked of
 * `setup.isMember` at each moment; that somebody entered or left one is fed as the event it is
 * (`Entered Segment` {segment_id}). What becomes of messages is asked of `setup.result`. Traits, lists and coupons that steps
 * give are kept; splits and hold-outs are drawn as live. There is one version of each campaign, and none is paused.
 */
export function simulation(setup: SimulationSetup) {
  const state = emptyState(setup)

  function feed(told: {
    readonly customer: number
    readonly name: string
    readonly at: number
    readonly properties?: JsonObject
    /** `derived` for what the line itself would say. */
    readonly kind?: 'event' | 'derived'
  }): void {
    runTo(state, told.at)
    state.time.position += 1
    const happening = {
      ...eventOf({ ...told, position: state.time.position }),
      kind: told.kind ?? 'event',
    }
    if (told.name === 'Order Completed') {
      const value = Number(typedColumns(happening).value ?? 0n)
      state.orders.push({ customer: told.customer, at: told.at, value })
    }
    act(state, told.customer, (person) => person.apply(happening, told.at))
  }

  /** Happenings of a known person as the line had them: those of one turn come in one go, at the turn's time. */
  function turn(told: {
    readonly customer: number
    readonly now: number
    readonly happenings: readonly Placed[]
  }): void {
    runTo(state, told.now)
    const { customer, now, happenings } = told
    state.time.position = Math.max(state.time.position, happenings.at(-1)?.position ?? 0)
    act(state, customer, (person) => {
      for (const happening of happenings) person.apply(happening, now)
    })
  }

  return {
    turn,
    /** What the person did before the simulation began: it is remembered and lets nobody in. */
    remember: (customer: number, happenings: readonly Placed[]) => {
      const known = state.people.get(customer)
      assert(known, 'a simulated person is introduced before they act')
      const memory = happenings.reduce(remembered, known.memory)
      state.people.set(customer, { ...known, memory })
    },
    /** Makes a person known, or says what has changed about them (consent, contact, traits). */
    person: ({ customer, ...facts }: SimulatedPerson & { readonly customer: number }) => {
      const known = state.people.get(customer)
      state.people.set(customer, {
        facts,
        traits: facts.traits ?? known?.traits ?? {},
        lists: known?.lists ?? new Set(),
        memory: known?.memory ?? noMemory,
        ways: known?.ways ?? [],
      })
    },
    /** One event of a known person. */
    feed,
    /** A schedule, an anniversary, the shop's server or a page (page/page-call.ts) lets the person into the campaign. */
    call: (called: {
      readonly campaign: CampaignId
      readonly customer: number
      readonly at: number
      readonly properties?: JsonObject
    }) => {
      const { campaign, customer, at, properties } = called
      const named = { ...properties, campaign_id: campaign }
      feed({ customer, at, name: calledEvent, kind: 'derived', properties: named })
    },
    /** What decides on a page (page/page-fits.ts, page/first-message.ts) about a known person, now. */
    onPage: (customer: number) => knownOnPage(state, customer),
    /** `from` turned out to be `to`; both are known. */
    merge: (from: number, to: number) => mergePeople(state, from, to),
    /** Lets time pass; answers the messages handed over since the last call, in order. */
    advanceTo: (time: number): readonly SimulatedDecision[] => {
      runTo(state, time)
      return state.sent.splice(0)
    },
    /** When something will happen next by itself, UTC ms; Infinity for never. */
    nextDue: () => state.queue.nextAt(),
    now: () => state.time.now,
    /** Every decision so far, in order. */
    decisions: (): readonly SimulatedDecision[] => [...state.decisions.values()],
    orders: (): readonly SimulatedOrder[] =>
      state.orders.map((order) => ({ ...order, customer: survivorOf(state, order.customer) })),
    /** What a page may say of a coupon to a person now, and what a press on it gives. */
    lookForCoupon: state.coupons.look,
    pressForCoupon: state.coupons.press,
    /** Coupons given by steps, those that were pressed for, and those that go or went with messages. */
    coupons: (): readonly SimulatedCoupon[] => state.coupons.all(),
    /** Traits of a known person, and the lists that steps put them on. */
    known: (customer: number) => {
      const { traits, lists } = state.people.get(customer) ?? { traits: {}, lists: new Set() }
      return { traits, lists }
    },
    /** Everyone's open enrolments. */
    underWay: () =>
      [...state.people.values()].flatMap(({ ways }) => ways.map((way) => way.enrolment)),
  }
}
export type Simulation = ReturnType<typeof simulation>

function runTo(state: State, until: number): void {
  const { time, queue } = state
  assert(until >= time.now, 'a simulation goes forward')
  for (let due = queue.nextAt(); due <= until; due = queue.nextAt()) {
    const next = queue.take()
    if (!next) break
    time.now = Math.max(time.now, next.at)
    const { item } = next
    switch (item.kind) {
      case 'timer':
        if (state.wakesAt.get(item.customer) === next.at)
          act(state, item.customer, (person) => person.fire(time.now))
        break
      case 'handover':
        handOver(state, item.decision)
        break
      case 'result':
        report(state, item.decision, item.result)
        break
    }
  }
  time.now = until
}

function survivorOf(state: State, customer: number): number {
  return state.survivors.get(customer) ?? customer
}

/** The last look before a message leaves, as in the sender's transaction. */
function handOver(state: State, key: string): void {
  const decision = state.decisions.get(key)
  if (decision?.state !== 'queued') return
  const known = state.people.get(decision.customer)
  if (!known) return
  const { now } = state.time
  const elsewhere = state.setup.sentElsewhere?.(decision.customer) ?? []
  if (elsewhere.some((one) => outweighs(one, decision, now))) {
    refuse(state, decision, 'outweighed')
    return
  }
  const verdict = lookedAgain(decision, {
    facts: known.facts,
    earlier: (state.decisionsOf.get(decision.customer) ?? []).filter((one) => one !== decision),
    elsewhere,
    traits: known.traits,
    now,
    settings: state.settings,
    seed: seedOf(state.setup.shop ?? 1, decision.customer),
  })
  if (verdict.kind === 'held') {
    note(
      state,
      settled(decision, { state: 'queued', reason: verdict.reason, until: verdict.until }),
    )
    state.queue.add(verdict.until, { kind: 'handover', decision: key })
    return
  }
  const refused = verdict.kind === 'send' ? lastWord(state, decision) : verdict.reason
  if (refused !== undefined) {
    refuse(state, decision, refused)
    return
  }
  const sent = settled(decision, { state: 'sent', reason: 'sent', sentAt: now })
  note(state, sent)
  state.sent.push(sent)
  const result = state.setup.result?.(sent) ?? { kind: 'delivered' }
  if (result.kind !== 'unconfirmed') {
    const answer = result.kind === 'delivered' && result.answer !== undefined
    const more = answer ? { answer: result.answer ?? null } : {}
    tell(state, sent.customer, {
      kind: 'receipt',
      name: 'Message Sent',
      properties: { ...toldOf(sent), ...more },
    })
  }
  state.queue.add(now + (result.afterMs ?? 0), { kind: 'result', decision: key, result })
}

/** Did something weightier from outside the simulation take a waiting message's place? */
function outweighs(one: SentElsewhere, waiting: SimulatedDecision, now: number): boolean {
  const { precedence } = one
  if (precedence === null || isApart(waiting)) return false
  return one.madeAt > waiting.at && one.madeAt <= now && givesWay(waiting, { precedence })
}

/** The campaign's own last word (recheck.service.ts). */
function lastWord(state: State, decision: SimulatedDecision): string | undefined {
  const known = state.people.get(decision.customer)
  const campaign = state.campaigns.get(decision.campaign)
  if (!known || !campaign) return 'campaign_stopped'
  const ended = state.ends.get(decision.enrolment)
  if (ended && ended !== 'completed' && ended !== 'exit_step') return refusalFor(ended)
  const { assignmentKey } = known.facts
  const { customer } = decision
  const subject = { customer, traits: known.traits, assignmentKey }
  const of = { subject, memory: known.memory, enrolment: decision, paused: false }
  const facts = factsFor(state.desk, of)
  const failed = failedCondition(campaign.flow.conditions, facts, decision.since)
  return failed && refusalFor(failed)
}

const resultNames = {
  delivered: 'Message Delivered',
  failed: 'Message Failed',
  bounced: 'Message Bounced',
  unconfirmed: 'Message Unconfirmed',
} as const satisfies Record<SimulatedResult['kind'], string>

/** What the decision says of a message that did not arrive. */
const failures: { readonly [K in SimulatedResult['kind']]?: string } = {
  failed: 'provider_refused',
  bounced: 'hard_bounced',
}

function report(state: State, key: string, result: SimulatedResult): void {
  const decision = state.decisions.get(key)
  if (!decision) return
  const name = resultNames[result.kind]
  const reason = failures[result.kind]
  if (reason) {
    note(state, settled(decision, { state: 'failed', reason }))
    if (decision.coupon !== null) state.coupons.giveBack(decision.coupon)
  }
  tell(state, decision.customer, { kind: 'receipt', name, properties: toldOf(decision) })
}

/** What one person's consent to e-mail looks like when they said yes to advertising by day. */
export const agreed: ConsentState = {
  adDay: true,
  adNight: false,
  personalDataMarketing: true,
  grantedAt: 0,
  refusedAt: null,
}
