import type { Placed } from '../events/happening.ts'
import { unreachable } from '../lib/assert.ts'
import { campaignLimits, type Flow } from './campaign.ts'
import { failedCondition } from './conditions.ts'
import type { EndReason } from './end-reason.ts'
import type { Enrolment, Entry } from './enrolment.ts'
import { isAbout, isAboutAnother } from './entry-key.ts'
import type { Facts } from './facts.ts'
import { type Place, placesOf } from './flow-map.ts'
import { isGoal } from './goal.ts'
import type { Act, Answer } from './steps/act.ts'
import type { Move } from './steps/step-kind.ts'
import { kindOf, type Step } from './steps/table.ts'
import { seen } from './watch.ts'

/** What the person's world does to an enrolment. */
export type Input =
  /** The person just entered. */
  | { readonly kind: 'entered' }
  | { readonly kind: 'happening'; readonly happening: Placed }
  /** A timer ran out; void unless it is of the enrolment's generation. */
  | { readonly kind: 'timer'; readonly generation: number }
  /** What this step asked for was answered. While it has not been, the person goes nowhere. */
  | { readonly kind: 'answered'; readonly step: number; readonly answer: Answer }

/** What must be done about it, in order. */
export type Effect =
  | { readonly kind: 'wait'; readonly until: number; readonly generation: number }
  | { readonly kind: 'ask'; readonly step: number; readonly visit: number; readonly act: Act }
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
      return entered(walk)
    case 'happening':
      return happened(walk, input.happening)
    case 'timer':
      return timeUp(walk, input.generation)
    case 'answered': {
      if (!enrolment.awaiting || enrolment.step !== input.step) return still(walk)
      const step = stepOf(walk)
      if (!step) return end(walk, 'step_removed')
      const told = { ...walk, enrolment: { ...enrolment, awaiting: false } }
      const move = kindOf(step).answered?.(step, told, input.answer) ?? { kind: 'next' }
      return follow(told, move)
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

/** Who was let in by a page has seen its message: they stand on that step whatever held by now. */
function entered(walk: Walk): Advanced {
  const { page } = walk.enrolment.notes
  const shown = page && stepAt(walk.flow, page.step)
  return shown ? put(walk, shown) : arrive(walk, walk.flow.steps[0])
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
  if (happening.at >= enrolment.since) {
    const reason = endedBy(flow, enrolment.entry, happening)
    if (reason) return end(walk, reason)
  }
  const step = stepOf(walk)
  if (!step || enrolment.awaiting) return still(walk)
  const kind = kindOf(step)
  const move =
    kind.heard?.(step, walk, happening) ??
    (restarts(flow, enrolment.entry, happening) ? kind.restarted?.(step, walk) : undefined)
  return move ? follow(walk, move) : still(walk)
}

/** A wait for one cart or product begins anew by what happens to that very one. */
function restarts({ restartOn }: Flow, entry: Entry, happening: Placed): boolean {
  return restartOn.includes(happening.name) && isAbout(entry, happening)
}

/** The goal ends a flow, and so does what it names as an exit, unless it is about another cart or product. */
function endedBy({ goal, exits }: Flow, entry: Entry, happening: Placed): EndReason | undefined {
  const reached = isGoal(goal, happening)
  const exited = exits.some((exit) => seen(exit, happening)) && !isAboutAnother(entry, happening)
  if (!reached && !exited) return undefined
  if (happening.name === 'Order Completed') return 'ordered'
  return reached ? 'goal_reached' : 'exit_event'
}

function timeUp(walk: Walk, generation: number): Advanced {
  const { enrolment, flow, facts } = walk
  if (enrolment.due === null || enrolment.generation !== generation) return still(walk)
  const step = stepOf(walk)
  if (!step) return end(walk, 'step_removed')
  const failed = failedCondition(flow.conditions, facts, enrolment.since)
  if (failed) return end(walk, failed)
  const rung = { ...walk, enrolment: { ...enrolment, due: null } }
  return follow(rung, kindOf(step).timeUp?.(step, rung) ?? { kind: 'next' })
}

/** Puts the person on a step, and on the following ones until one keeps them. */
function arrive(walk: Walk, step: Step | undefined): Advanced {
  if (!step) return end(walk, 'completed')
  const { enrolment, flow, facts } = walk
  if (enrolment.visit - walk.firstVisit >= campaignLimits.stepsAtOnce)
    return end(walk, 'too_many_steps')
  const kind = kindOf(step)
  const failed = kind.checked ? failedCondition(flow.conditions, facts, enrolment.since) : undefined
  return failed ? end(walk, failed) : put(walk, step)
}

function put(walk: Walk, step: Step): Advanced {
  const { enrolment } = walk
  const arrived = {
    ...enrolment,
    step: step.id,
    visit: enrolment.visit + 1,
    due: null,
    awaiting: false,
  }
  const there = { ...walk, enrolment: arrived }
  return follow(there, kindOf(step).enter(step, there))
}

function follow(before: Walk, move: Move): Advanced {
  const walk = move.notes ? withNotes(before, move.notes) : before
  const { enrolment } = walk
  switch (move.kind) {
    case 'next':
      return arrive(walk, placeOf(walk)?.next)
    case 'into':
      return arrive(walk, stepAt(walk.flow, move.steps[0]?.id) ?? placeOf(walk)?.next)
    case 'goto':
      return arrive(walk, stepAt(walk.flow, move.step))
    case 'wait': {
      const generation = enrolment.generation + 1
      const effect: Effect = { kind: 'wait', until: move.until, generation }
      return {
        enrolment: { ...enrolment, due: move.until, generation },
        effects: [...walk.effects, effect],
      }
    }
    case 'ask':
      return ask(walk, move.act)
    case 'stay':
      return still(walk)
    case 'end':
      return end(walk, move.reason)
    default:
      return unreachable(move)
  }
}

function ask(walk: Walk, act: Act): Advanced {
  const { enrolment } = walk
  // Each content of a channel chain is a message of its own, so it gets a name of its own.
  const visit = act.kind === 'send' && act.link > 0 ? enrolment.visit + 1 : enrolment.visit
  const effect: Effect = { kind: 'ask', step: enrolment.step, visit, act }
  return {
    enrolment: { ...enrolment, visit, awaiting: true, due: null },
    effects: [...walk.effects, effect],
  }
}

function withNotes(walk: Walk, notes: Enrolment['notes']): Walk {
  return { ...walk, enrolment: { ...walk.enrolment, notes } }
}

function end(walk: Walk, reason: EndReason): Advanced {
  return {
    enrolment: ended(walk.enrolment, reason, walk.now),
    effects: [...walk.effects, { kind: 'end', reason }],
  }
}

function placeOf({ flow, enrolment }: Walk): Place | undefined {
  return placesOf(flow).get(enrolment.step)
}

function stepAt(flow: Flow, id: number | undefined): Step | undefined {
  return id === undefined ? undefined : placesOf(flow).get(id)?.step
}

function stepOf(walk: Walk): Step | undefined {
  return placeOf(walk)?.step
}

function still({ enrolment, effects }: Walk): Advanced {
  return { enrolment, effects }
}
