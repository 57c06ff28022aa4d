import type { Placed } from '../events/happening.ts'
import { assert, unreachable } from '../lib/assert.ts'
import { campaignLimits, type Flow } from './campaign.ts'
import { failedCondition } from './conditions.ts'
import type { Enrolment } from './enrolment.ts'
import type { Facts } from './facts.ts'
import type { EndReason, Move } from './steps/step-kind.ts'
import { kindOf, type Step } from './steps/table.ts'

/** What the person's world does to an enrolment. */
export type Input =
  /** The person just entered. */
  | { readonly kind: 'entered' }
  | { readonly kind: 'happening'; readonly happening: Placed }
  /** A timer ran out; void unless it is of the enrolment's generation. */
  | { readonly kind: 'timer'; readonly generation: number }
  /** The one door answered for the message of this step. While it has not, the person goes nowhere. */
  | { readonly kind: 'answered'; readonly step: number }

/** What must be done about it, in order. */
export type Effect =
  | { readonly kind: 'wait'; readonly until: number; readonly generation: number }
  | { readonly kind: 'send'; readonly step: number; readonly visit: number }
  | { readonly kind: 'end'; readonly reason: EndReason }

export type Advanced = { readonly enrolment: Enrolment; readonly effects: readonly Effect[] }

/**
 * The engine: one person's next state in one flow. Pure; live, simulation and backtest call this and nothing else.
 * `now` is the turn's processing time, or the due time of the timer that ran out.
 */
export function advance(
  flow: Flow,
  at: {
    readonly enrolment: Enrolment
    readonly input: Input
    readonly facts: Facts
    readonly now: number
  },
): Advanced {
  const { enrolment, input } = at
  if (enrolment.state !== 'active') return { enrolment, effects: [] }
  const walk: Walk = {
    flow,
    facts: at.facts,
    now: at.now,
    enrolment,
    effects: [],
    firstVisit: enrolment.visit,
  }
  switch (input.kind) {
    case 'entered':
      return arrive(walk, flow.steps[0])
    case 'happening':
      return happened(walk, input.happening)
    case 'timer':
      return timeUp(walk, input.generation)
    case 'answered': {
      const step = stepOf(walk)
      if (!step || !enrolment.awaiting) return still(walk)
      if (enrolment.step !== input.step) return still(walk)
      const heard = { ...walk, enrolment: { ...enrolment, awaiting: false } }
      return follow(heard, kindOf(step).answered(step, heard))
    }
    default:
      return unreachable(input)
  }
}

/** Ends an enrolment for a reason from outside the flow (merged, stopped). */
export function ended(enrolment: Enrolment, reason: EndReason, now: number): Enrolment {
  return {
    ...enrolment,
    state: reason === 'completed' || reason === 'exit_step' ? 'done' : 'exited',
    due: null,
    awaiting: false,
    endedAt: now,
    endReason: reason,
  }
}

type Walk = Advanced & {
  readonly flow: Flow
  readonly facts: Facts
  readonly now: number
  readonly firstVisit: number
}

function happened(walk: Walk, happening: Placed): Advanced {
  const { flow, enrolment } = walk
  // What happened before the entry and only now reached us does not count against it.
  if (flow.exits.includes(happening.name) && happening.at >= enrolment.since)
    return end(walk, happening.name === 'Order Completed' ? 'ordered' : 'exit_event')
  if (!flow.restartOn.includes(happening.name)) return still(walk)
  const step = stepOf(walk)
  const move = step && kindOf(step).restarted(step, walk)
  return move ? follow(walk, move) : still(walk)
}

function timeUp(walk: Walk, generation: number): Advanced {
  const { enrolment, flow, facts } = walk
  if (enrolment.due === null || enrolment.generation !== generation) return still(walk)
  const step = stepOf(walk)
  if (!step) return end(walk, 'completed')
  const failed = failedCondition(flow.conditions, facts, enrolment.since)
  if (failed) return end(walk, failed)
  return follow(
    { ...walk, enrolment: { ...enrolment, due: null } },
    kindOf(step).timeUp(step, walk),
  )
}

/** Puts the person on a step, and on the following ones until one keeps them. */
function arrive(walk: Walk, step: Step | undefined): Advanced {
  if (!step) return end(walk, 'completed')
  const { enrolment, flow, facts } = walk
  if (enrolment.visit - walk.firstVisit >= campaignLimits.stepsAtOnce)
    return end(walk, 'too_many_steps')
  const kind = kindOf(step)
  const failed = kind.checked ? failedCondition(flow.conditions, facts, enrolment.since) : undefined
  if (failed) return end(walk, failed)
  const arrived = {
    ...enrolment,
    step: step.id,
    visit: enrolment.visit + 1,
    due: null,
    awaiting: false,
  }
  return follow({ ...walk, enrolment: arrived }, kind.enter(step, walk))
}

function follow(walk: Walk, move: Move): Advanced {
  const { enrolment } = walk
  switch (move.kind) {
    case 'next':
      return arrive(walk, following(walk))
    case 'wait': {
      const generation = enrolment.generation + 1
      const effect: Effect = { kind: 'wait', until: move.until, generation }
      return {
        enrolment: { ...enrolment, due: move.until, generation },
        effects: [...walk.effects, effect],
      }
    }
    case 'send': {
      const effect: Effect = { kind: 'send', step: enrolment.step, visit: enrolment.visit }
      return {
        enrolment: { ...enrolment, awaiting: true, due: null },
        effects: [...walk.effects, effect],
      }
    }
    case 'stay':
      return still(walk)
    case 'end':
      return end(walk, move.reason)
    default:
      return unreachable(move)
  }
}

function end(walk: Walk, reason: EndReason): Advanced {
  return {
    enrolment: ended(walk.enrolment, reason, walk.now),
    effects: [...walk.effects, { kind: 'end', reason }],
  }
}

function stepOf({ flow, enrolment }: Walk): Step | undefined {
  return flow.steps.find((step) => step.id === enrolment.step)
}

function following({ flow, enrolment }: Walk): Step | undefined {
  const at = flow.steps.findIndex((step) => step.id === enrolment.step)
  assert(at >= 0, 'a published flow keeps its steps')
  return flow.steps[at + 1]
}

function still({ enrolment, effects }: Walk): Advanced {
  return { enrolment, effects }
}
