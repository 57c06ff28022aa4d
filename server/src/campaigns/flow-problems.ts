import { unreachable } from '../lib/assert.ts'
import { campaignLimits, type Flow } from './campaign.ts'
import { type Place, pathsOf, placesOf, stepsOf } from './flow-map.ts'
import { type WordProblem, wordProblems } from './flow-words.ts'
import type { BranchStep } from './steps/branch.ts'
import type { Step } from './steps/table.ts'
import { keyOfTrigger } from './trigger.ts'

/** One reason why a flow cannot go live: where (`steps.7` is the step with id 7) and what to do about it. */
export type Problem = {
  readonly code:
    | 'no_steps'
    | 'no_message'
    | 'too_many_steps'
    | 'too_deep'
    | 'repeated_step_id'
    | 'step_after_exit'
    | 'goto_nowhere'
    | 'loop_without_wait'
    | 'empty_branch'
    | 'split_without_share'
    | 'repeated_path_id'
    | 'exit_is_trigger'
    | 'no_audience'
    | 'key_without_cart'
    | 'nobody_after_learning'
    | WordProblem['code']
  readonly field: string
  readonly message: string
}

/** Everything that keeps the flow from going live; empty when nothing does. */
export function validate(flow: Flow): readonly Problem[] {
  const structure = structureProblems(flow)
  // What is too large is not walked any further.
  if (structure.some(({ code }) => code === 'too_many_steps' || code === 'too_deep'))
    return structure
  const problems = [...structure, ...stepProblems(flow), ...eventProblems(flow)]
  // What follows what is known only of a flow that hangs together.
  return problems.length > 0 ? problems : wordProblems(flow)
}

function structureProblems(flow: Flow): readonly Problem[] {
  const steps = stepsOf(flow)
  if (steps.length === 0)
    return [{ code: 'no_steps', field: 'steps', message: 'The campaign has no steps yet.' }]
  const problems: Problem[] = []
  if (steps.length > campaignLimits.steps)
    problems.push({
      code: 'too_many_steps',
      field: 'steps',
      message: `A flow has at most ${campaignLimits.steps} steps; this one has ${steps.length}.`,
    })
  if (!steps.some((step) => step.kind === 'message' || step.kind === 'webhook'))
    problems.push({ code: 'no_message', field: 'steps', message: 'No step sends a message.' })
  const seen = new Set<number>()
  for (const { id } of steps) {
    if (seen.has(id)) {
      const message = `Two steps have the id ${id}.`
      problems.push({ code: 'repeated_step_id', field: `steps.${id}`, message })
    }
    seen.add(id)
  }
  for (const { step, depth } of placesOf(flow).values())
    if (depth > campaignLimits.depth) {
      const message = `Steps stand inside one another at most ${campaignLimits.depth} deep.`
      problems.push({ code: 'too_deep', field: `steps.${step.id}`, message })
    }
  return [...problems, ...unreached(flow.steps)]
}

/** Steps right behind one that leads away for good. */
function unreached(path: readonly Step[]): readonly Problem[] {
  return path.flatMap((step, at) => {
    const before = path[at - 1]
    const inside = pathsOf(step).flatMap(unreached)
    if (before?.kind !== 'exit' && before?.kind !== 'goto') return inside
    const message = 'Nobody reaches this step: the one before it leads away.'
    return [{ code: 'step_after_exit', field: `steps.${step.id}`, message } as const, ...inside]
  })
}

function stepProblems(flow: Flow): readonly Problem[] {
  const places = placesOf(flow)
  return [...places.values()].flatMap(({ step }) => {
    const field = `steps.${step.id}`
    switch (step.kind) {
      case 'goto': {
        if (!places.has(step.to))
          return [{ code: 'goto_nowhere', field, message: `There is no step ${step.to} to go to.` }]
        if (!endless(places, step.to)) return []
        const message = 'This loop has no wait: people would go round for ever at one moment.'
        return [{ code: 'loop_without_wait', field, message }]
      }
      case 'branch':
        return branchProblems(step, field)
      case 'split': {
        const whole = step.arms.reduce((sum, arm) => sum + arm.share, 0)
        const message = 'No arm of this split gets anybody: give one a share.'
        return [
          ...(whole > 0 ? [] : [{ code: 'split_without_share', field, message } as const]),
          ...repeated(step.arms, field),
        ]
      }
      default:
        return []
    }
  })
}

function branchProblems(step: BranchStep, field: string): readonly Problem[] {
  const isEmpty = [...step.paths.map((path) => path.steps), step.otherwise].every(
    (path) => path.length === 0,
  )
  const message = 'Every path of this branch is empty: put a step into one of them.'
  return [
    ...(isEmpty ? [{ code: 'empty_branch', field, message } as const] : []),
    ...repeated(step.paths, field),
  ]
}

function repeated(named: readonly { readonly id: string }[], field: string): readonly Problem[] {
  if (new Set(named.map(({ id }) => id)).size === named.length) return []
  return [{ code: 'repeated_path_id', field, message: 'Two paths of this step have one id.' }]
}

/** Can somebody go round for ever from this step without a moment passing? Each step is looked at once, however many ways lead to it. */
function endless(
  places: ReadonlyMap<number, Place>,
  from: number,
  seen = { above: new Set<number>(), done: new Set<number>() },
): boolean {
  if (seen.above.has(from)) return true
  const place = places.get(from)
  if (!place || keeps(place.step) || seen.done.has(from)) return false
  seen.above.add(from)
  const isEndless = exitsOf(place).some((to) => endless(places, to, seen))
  seen.above.delete(from)
  seen.done.add(from)
  return isEndless
}

/** Every step that can follow at once. */
function exitsOf({ step, next }: Place): readonly number[] {
  if (step.kind === 'exit') return []
  if (step.kind === 'goto') return [step.to]
  const inside = pathsOf(step).map((path) => path[0]?.id ?? next?.id)
  return [...inside, ...(inside.length === 0 ? [next?.id] : [])].flatMap((id) => id ?? [])
}

/** Does the step keep everybody for a while? A wait until some time may let people through at once. */
function keeps(step: Step): boolean {
  switch (step.kind) {
    case 'wait':
      return step.minutes >= 1
    case 'wait_until':
      return false
    case 'wait_for':
      return step.watch.kind === 'event'
    case 'branch':
    case 'split':
    case 'message':
    case 'coupon':
    case 'set_trait':
    case 'list':
    case 'webhook':
    case 'goto':
    case 'exit':
      return false
    default:
      return unreachable(step)
  }
}

function eventProblems(flow: Flow): readonly Problem[] {
  const { trigger } = flow
  const problems: Problem[] = []
  const isTrigger =
    trigger.kind === 'event' &&
    flow.exits.some((exit) => exit.kind === 'event' && exit.event === trigger.event && !exit.filter)
  if (isTrigger)
    problems.push({
      code: 'exit_is_trigger',
      field: 'exits',
      message: `${trigger.event} lets people in and out at once.`,
    })
  if (trigger.kind === 'schedule' && flow.audience === undefined)
    problems.push({
      code: 'no_audience',
      field: 'audience',
      message: 'Say for whom it is: choose the segment that receives it.',
    })
  if (flow.learning && !(flow.holdoutShare > 0 && flow.holdoutShare < flow.learning.share))
    problems.push({
      code: 'nobody_after_learning',
      field: 'holdoutShare',
      message: 'After the learning a smaller share stays held out, but not nobody.',
    })
  const speaksOfCart = flow.conditions.some(
    (condition) => condition === 'cart_not_empty' || condition === 'cart_sellable',
  )
  if (speaksOfCart && keyOfTrigger(trigger) === 'product')
    problems.push({
      code: 'key_without_cart',
      field: 'trigger.key',
      message: 'A condition on the cart needs one enrolment a person or a cart, not a product.',
    })
  return problems
}
