import type { Happening, Placed } from '../events/happening.ts'
import type { CampaignId, CustomerId } from '../lib/brand.ts'
import { type Advanced, advance, type Input } from './advance.ts'
import { cartFor } from './ask.ts'
import type { Flow } from './campaign.ts'
import { answerIn, type Enrolment } from './enrolment.ts'
import { consider, type LiveCampaign, rememberedEntry } from './entry.ts'
import type { Facts } from './facts.ts'
import { type Memory, remembered, withDecision } from './memory.ts'

/** What is the same for everybody in one turn. */
export type Desk = {
  /** Campaigns that let people in, by the event that does. */
  readonly entering: ReadonlyMap<string, readonly LiveCampaign[]>
  /** The flow an enrolment runs on; undefined when its campaign has been stopped. */
  readonly flowOf: (
    campaign: CampaignId,
    version: number,
  ) => { readonly flow: Flow; readonly paused: boolean } | undefined
  readonly sellable: (productId: string) => boolean
  readonly isMember: (customer: CustomerId, segment: number) => boolean
}

/** One enrolment as a turn works on it. */
export type Way = {
  /** Its row; undefined when it began in this turn. */
  readonly id: number | undefined
  readonly enrolment: Enrolment
  /** As it was loaded; undefined when it began in this turn. */
  readonly before: Enrolment | undefined
  /** What the flow wants to send, and the happening that led to it. */
  readonly send:
    | { readonly step: number; readonly visit: number; readonly because: Happening | undefined }
    | undefined
}

export type PersonTurn = ReturnType<typeof personTurn>

/**
 * One person in one turn of the line, for all campaigns: timers and happenings in, changed enrolments and messages to ask for
 * out. No I/O: the line and the simulation both run this.
 */
export function personTurn(
  desk: Desk,
  start: {
    readonly customer: CustomerId
    readonly memory: Memory
    readonly ways: readonly Way[]
    /** The memory as it is stored, where others were merged into the person; else it is `memory` itself. */
    readonly storedMemory?: Memory
  },
) {
  const { customer } = start
  let memory = start.memory
  let ways = start.ways

  const step = (way: Way, input: Input, now: number) =>
    stepped(desk, { customer, memory, way }, { input, now })

  function enter(campaign: LiveCampaign, happening: Placed, now: number): void {
    const open = (key: string) =>
      ways.some(
        ({ enrolment }) =>
          enrolment.state === 'active' &&
          enrolment.campaign === campaign.id &&
          enrolment.entryKey === key,
      )
    const isMember = (segment: number) => desk.isMember(customer, segment)
    const considered = consider(campaign, happening, { isMember, memory, open, now })
    if (considered.kind === 'not') return
    const begun: Way = {
      id: undefined,
      enrolment: considered.enrolment,
      before: undefined,
      send: undefined,
    }
    ways = [...ways, withCause(step(begun, { kind: 'entered' }, now), happening)]
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
      memory = remembered(memory, happening)
      const answer = answerIn(happening)
      if (answer) {
        const { enrolment: id, ...input } = answer
        ways = ways.map((way) =>
          way.id === id
            ? withCause(step(way, { kind: 'answered', ...input }, now), happening)
            : way,
        )
        return
      }
      ways = ways.map((way) => step(way, { kind: 'happening', happening }, now))
      for (const campaign of desk.entering.get(happening.name) ?? [])
        enter(campaign, happening, now)
    },
    ways: () => ways,
    /** What to remember, with the decisions that are now asked for. */
    memory: (now: number): Memory =>
      ways.reduce(
        (kept, way) =>
          asks(way)
            ? withDecision(kept, rememberedEntry(way.enrolment.campaign, way.enrolment.entry), now)
            : kept,
        memory,
      ),
    storedMemory: start.storedMemory ?? start.memory,
  }
}

/** More steps than this at one moment are left for the next turn. */
const roundsLimit = 200

/** Does the way still want its message sent? An order later in the same turn calls it off. */
export function asks(way: Way): boolean {
  return (
    way.send !== undefined &&
    way.enrolment.state === 'active' &&
    way.enrolment.awaiting &&
    way.enrolment.visit === way.send.visit
  )
}

/** When the way's timer runs out, UTC ms; Infinity for never, and while its campaign is paused. */
function dueOf(desk: Desk, { enrolment }: Way): number {
  if (enrolment.state !== 'active' || enrolment.due === null) return Infinity
  const running = desk.flowOf(enrolment.campaign, enrolment.version)
  return running && !running.paused ? enrolment.due : Infinity
}

function stepped(
  desk: Desk,
  at: { readonly customer: CustomerId; readonly memory: Memory; readonly way: Way },
  does: { readonly input: Input; readonly now: number },
): Way {
  const { way, memory } = at
  const { enrolment } = way
  const running = desk.flowOf(enrolment.campaign, enrolment.version)
  if (!running) return way
  const facts: Facts = {
    cart: cartFor(enrolment, memory),
    lastOrderAt: memory.lastOrderAt,
    sellable: desk.sellable,
    paused: running.paused,
  }
  const { input } = does
  const because = input.kind === 'happening' ? input.happening : undefined
  return followed(way, advance(running.flow, { enrolment, facts, ...does }), because)
}

function followed(way: Way, advanced: Advanced, because: Happening | undefined): Way {
  if (advanced.enrolment === way.enrolment) return way
  const send = advanced.effects.findLast((effect) => effect.kind === 'send')
  return {
    ...way,
    enrolment: advanced.enrolment,
    send: send ? { step: send.step, visit: send.visit, because } : way.send,
  }
}

function withCause(way: Way, because: Happening): Way {
  return way.send ? { ...way, send: { ...way.send, because } } : way
}
