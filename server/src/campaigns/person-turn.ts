import { chainLimit } from '../events/emitted.ts'
import type { Happening, Placed } from '../events/happening.ts'
import type { CampaignId, CustomerId } from '../lib/brand.ts'
import type { JsonObject } from '../lib/json.ts'
import { realZone } from '../lib/zone.ts'
import { type Advanced, advance, ended, type Input } from './advance.ts'
import { cartFor } from './ask.ts'
import type { Flow } from './campaign.ts'
import type { KnownThen } from './decided-by.ts'
import { answerIn, type Enrolment } from './enrolment.ts'
import {
  consider,
  type LiveCampaign,
  type NotEntered,
  rememberedEntry,
  withWayIn,
} from './entry.ts'
import type { Facts } from './facts.ts'
import { type Memory, remembered, withArms, withDecision, withGoals } from './memory.ts'
import { asks, sends, type Way } from './way.ts'

/** What is the same for everybody in one turn. */
export type Desk = {
  /** Campaigns that let people in, by the event that does. */
  readonly entering: ReadonlyMap<string, readonly LiveCampaign[]>
  /** The flow an enrolment runs on; undefined when its campaign has been stopped. */
  readonly flowOf: (campaign: CampaignId, version: number) => RunningFlow | undefined
  readonly sellable: (productId: string) => boolean
  readonly isMember: (customer: CustomerId, segment: number) => boolean
  readonly timeZone: string
  /** What a running campaign is for, as published now. */
  readonly goalOf: (campaign: number) => Flow['goal'] | undefined
  /** How the splits of a campaign that learn share people out now, arm by arm. */
  readonly sharesOf: (
    campaign: CampaignId,
    split: number,
  ) => ReadonlyMap<string, number> | undefined
  /** After how long goods are bought again; undefined: not counted, or not asked for. */
  readonly goodsDays?: Facts['goodsDays']
  /** Told of a trigger that let its person into nothing, and why. */
  readonly onNotEntered?: (told: NotEnteredOf) => void
}

/** A flow that people are on. */
export type RunningFlow = {
  readonly flow: Flow
  readonly paused: boolean
  /** When its campaign last went on after a pause, UTC ms: waits that ran out before run out then. */
  readonly wokenAt?: number | null
}

/** A trigger that let its person into nothing. */
export type NotEnteredOf = {
  readonly campaign: CampaignId
  readonly customer: CustomerId
  readonly why: NotEntered
  /** UTC ms of processing. */
  readonly at: number
  /** What decided it is worked out of this, by whoever keeps it. */
  readonly known: KnownThen
}

/** Who a turn is about, as the rules see them. */
export type Subject = {
  readonly customer: CustomerId
  readonly traits: JsonObject
  readonly assignmentKey: string
  /** One of the shop's own people: enters nothing. */
  readonly internal?: boolean
}

export type PersonTurn = ReturnType<typeof personTurn>

/**
 * One person in one turn of the line, for all campaigns: timers and happenings in, changed enrolments and messages to ask for
 * out. No I/O: the line and the simulation both run this.
 */
export function personTurn(
  desk: Desk,
  start: Subject & {
    readonly memory: Memory
    readonly ways: readonly Way[]
    /** The memory as it is stored, where others were merged into the person; else it is `memory` itself. */
    readonly storedMemory?: Memory
  },
) {
  const { customer, internal } = start
  let memory = start.memory
  let ways = start.ways

  const step = (way: Way, input: Input, now: number) => {
    const next = stepped(desk, { subject: start, memory, way }, { input, now })
    const { campaign, notes } = next.enrolment
    if (notes.arms !== way.enrolment.notes.arms)
      memory = withArms(memory, campaign, { arms: notes.arms, now })
    return next
  }

  function enter(campaign: LiveCampaign, happening: Placed, now: number): void {
    let openSince: number | undefined
    const open = (key: string) => {
      openSince = ways.find(
        ({ enrolment }) =>
          enrolment.state === 'active' &&
          enrolment.campaign === campaign.id &&
          enrolment.entryKey === key,
      )?.enrolment.enteredAt
      return openSince !== undefined
    }
    const isMember = (segment: number) => desk.isMember(customer, segment)
    const considered = consider(campaign, happening, { isMember, memory, open, now, internal })
    if (considered.kind === 'not') {
      const known = { campaign, happening, memory, openSince }
      tellWhyNot(desk, { campaign: campaign.id, customer, why: considered.why, at: now, known })
      return
    }
    const begun = begunWay(considered.enrolment)
    memory = withWayIn(memory, campaign, { entry: begun.enrolment.entry, happening })
    // A page has drawn the arms already.
    memory = withArms(memory, campaign.id, { arms: begun.enrolment.notes.arms, now })
    ways = [...ways, withCause(step(begun, { kind: 'entered' }, now), happening)]
  }

  function hear(happening: Placed, now: number): void {
    const answer = answerIn(happening)
    if (answer) {
      const { enrolment: id, ...input } = answer
      ways = ways.map((way) =>
        way.id === id
          ? withCause(step(way, { kind: 'answered', ...input }, now), asOneLink(happening))
          : way,
      )
      return
    }
    ways = ways.map((way) => step(way, { kind: 'happening', happening }, now))
    for (const campaign of desk.entering.get(happening.name) ?? []) enter(campaign, happening, now)
  }

  return {
    customer,
    /** When the earliest timer runs out, UTC ms; Infinity for never. Timers of paused campaigns rest. */
    nextDue: () => ways.reduce((due, way) => Math.min(due, dueOf(desk, way)), Infinity),
    /** Every timer that has run out by `now`, also one that a step set to this very moment. */
    fire: (now: number) => {
      for (
        let round = 0;
        round < roundsLimit && ways.some((way) => dueOf(desk, way) <= now);
        round++
      ) {
        ways = ways.map((way) =>
          dueOf(desk, way) <= now
            ? step(way, { kind: 'timer', generation: way.enrolment.generation }, now)
            : way,
        )
      }
    },
    /** One happening of the person: the carts first, then the ways they are on, then new entries. */
    apply: (happening: Placed, now: number) => {
      memory = withGoals(remembered(memory, happening), happening, desk.goalOf)
      hear(happening, now)
      ways = ways.map((way) => outOfCircle(way, now))
    },
    ways: () => ways,
    /** What to remember, with the decisions that are now asked for. */
    memory: (now: number): Memory =>
      ways.reduce(
        (kept, way) =>
          sends(way)
            ? withDecision(kept, rememberedEntry(way.enrolment.campaign, way.enrolment.entry), now)
            : kept,
        memory,
      ),
    storedMemory: start.storedMemory ?? start.memory,
  }
}

function begunWay(enrolment: Enrolment): Way {
  return { id: undefined, enrolment, before: undefined, ask: undefined }
}

/** An event that is none of the campaign's is no news. */
function tellWhyNot(desk: Desk, told: NotEnteredOf): void {
  if (told.why !== 'other_event') desk.onNotEntered?.(told)
}

/** More steps than this at one moment are left for the next turn. */
const roundsLimit = 200

/** When the way's timer runs out, UTC ms; Infinity for never, and while its campaign is paused. */
function dueOf(desk: Desk, { enrolment }: Way): number {
  if (enrolment.state !== 'active' || enrolment.due === null) return Infinity
  const running = desk.flowOf(enrolment.campaign, enrolment.version)
  return running && !running.paused ? Math.max(enrolment.due, running.wokenAt ?? 0) : Infinity
}

function stepped(
  desk: Desk,
  at: { readonly subject: Subject; readonly memory: Memory; readonly way: Way },
  does: { readonly input: Input; readonly now: number },
): Way {
  const { way } = at
  const { enrolment } = way
  const running = desk.flowOf(enrolment.campaign, enrolment.version)
  if (!running) return way
  const facts = factsFor(desk, { ...at, enrolment, paused: running.paused })
  const { input } = does
  const because = input.kind === 'happening' ? input.happening : undefined
  return followed(way, advance(running.flow, { enrolment, facts, ...does }), because)
}

/** What the rules know of one person on one way. */
export function factsFor(
  desk: Pick<Desk, 'sellable' | 'isMember' | 'timeZone' | 'sharesOf' | 'goodsDays'>,
  of: {
    readonly subject: Subject
    readonly memory: Memory
    readonly enrolment: Pick<Enrolment, 'campaign' | 'entry'>
    readonly paused: boolean
  },
): Facts {
  const { subject, memory, enrolment } = of
  const { campaign } = enrolment
  return {
    cart: cartFor(enrolment, memory),
    lastOrderAt: memory.lastOrderAt,
    sellable: desk.sellable,
    paused: of.paused,
    isMember: (segment) => desk.isMember(subject.customer, segment),
    traits: subject.traits,
    assignmentKey: subject.assignmentKey,
    zones: { shop: desk.timeZone, customer: zoneOf(subject.traits) },
    sharesOf: (split) => desk.sharesOf(campaign, split),
    armBefore: (split) => memory.arms?.[`${campaign}:${split}`]?.arm,
    goodsDays: desk.goodsDays,
  }
}

/** The person's own time zone, as Segment's clients name it; undefined where it is none that there is. */
export function zoneOf({ timezone }: JsonObject): string | undefined {
  return typeof timezone === 'string' && timezone.length <= 64 ? realZone(timezone) : undefined
}

function followed(way: Way, advanced: Advanced, because: Happening | undefined): Way {
  if (advanced.enrolment === way.enrolment) return way
  const asked = advanced.effects.findLast((effect) => effect.kind === 'ask')
  const { enrolment } = advanced
  if (!asked) return { ...way, enrolment }
  const { step, visit, act } = asked
  return { ...way, enrolment, ask: { step, visit, act, because } }
}

/**
 * The acts of one flow are one link in the chain of happenings that follow from each other: a flow is bounded by its steps,
 * and ten acts in a row are no circle.
 */
function asOneLink(answer: Happening): Happening {
  const { chain = 0 } = answer.body
  return { ...answer, body: { ...answer.body, chain: Math.max(0, chain - 1) } }
}

/** What comes of too long a chain is never told (events/emitted.ts): who asked would wait for ever, so the way ends here. */
function outOfCircle(way: Way, now: number): Way {
  if (!asks(way) || (way.ask.because?.body.chain ?? 0) < chainLimit) return way
  return { ...way, enrolment: ended(way.enrolment, 'too_many_steps', now), ask: undefined }
}

function withCause(way: Way, because: Happening): Way {
  return way.ask ? { ...way, ask: { ...way.ask, because } } : way
}
