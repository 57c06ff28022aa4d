import type { Flow } from '../../../server/src/campaigns/campaign.ts'
import { pathsOf, stepsIn, stepsOf, withSteps } from '../../../server/src/campaigns/flow-map.ts'
import type { Step } from '../../../server/src/campaigns/steps/table.ts'
import { longestWaitMinutes } from '../../../server/src/campaigns/steps/wait.ts'

export type StepOf<K extends Step['kind']> = Extract<Step, { readonly kind: K }>
export type Steps = readonly Step[]

/** One row of steps: the flow's own (undefined), or a path inside a step, by its name (`lanesOf`). */
export type Lane = { readonly step: number; readonly path: string } | undefined
/** A place between steps: before the `at`-th of a row. */
export type Spot = { readonly lane: Lane; readonly at: number }

export type WaitUnit = 'minutes' | 'hours' | 'days'
const minutesIn = { minutes: 1, hours: 60, days: 1_440 } as const

/** A wait in the largest unit that says it whole: 120 minutes -> 2 hours. */
export function saidWait(minutes: number): { readonly amount: number; readonly unit: WaitUnit } {
  if (minutes >= 1_440 && minutes % 1_440 === 0) return { amount: minutes / 1_440, unit: 'days' }
  if (minutes >= 60 && minutes % 60 === 0) return { amount: minutes / 60, unit: 'hours' }
  return { amount: minutes, unit: 'minutes' }
}

/** Back to minutes, within the longest wait. */
export function waitMinutes(amount: number, unit: WaitUnit): number {
  return Math.min(Math.max(0, amount * minutesIn[unit]), longestWaitMinutes)
}

/** The rows inside a step by name, in the order of pathsOf. */
export function lanesOf(step: Step): readonly { readonly path: string; readonly steps: Steps }[] {
  const steps = pathsOf(step)
  return pathNames(step).map((path, at) => ({ path, steps: steps[at] ?? [] }))
}

function pathNames(step: Step): readonly string[] {
  switch (step.kind) {
    case 'branch':
      // No path is called so: a capital is not allowed in their ids.
      return [...step.paths.map(({ id }) => id), 'Otherwise']
    case 'split':
      return step.arms.map(({ id }) => id)
    case 'wait_for':
      return ['Happened', 'TimedOut']
    default:
      return []
  }
}

/** The step with this id, wherever it stands. */
export function stepAt(flow: Pick<Flow, 'steps'>, id: number | undefined): Step | undefined {
  return stepsOf(flow).find((step) => step.id === id)
}

/** An id that no step of the flow has: ids are never given anew while the step with the highest stays. */
export function nextId(flow: Pick<Flow, 'steps'>): number {
  return Math.max(0, ...stepsOf(flow).map(({ id }) => id)) + 1
}

/** The flow with a step put in at a place. */
export function withStep(flow: Flow, spot: Spot, step: Step): Flow {
  return withLane(flow, spot.lane, (steps) => steps.toSpliced(spot.at, 0, step))
}

/** The flow with one step, and what stands inside it, gone. */
export function without(flow: Flow, id: number): Flow {
  const kept = (steps: Steps) => steps.filter((step) => step.id !== id)
  const inside = withSteps(flow, (step) => withPaths(step, (_, steps) => kept(steps)))
  return { ...inside, steps: [...kept(inside.steps)] }
}

/** The flow with one step changed; the new one keeps the id. */
export function withChanged(flow: Flow, next: Step): Flow {
  return withSteps(flow, (step) => (step.id === next.id ? next : step))
}

/** One place up or down as the list is read: into a path, on to the next one and out behind it. The same flow at its ends. */
export function shifted(flow: Flow, id: number, by: -1 | 1): Flow {
  const step = stepAt(flow, id)
  const from = spotOf(flow, id)
  if (!step || !from) return flow
  const rest = without(flow, id)
  const spots = spotsOf(rest)
  const to = spots[spots.findIndex((spot) => isSame(spot, from)) + by]
  return to ? withStep(rest, to, step) : flow
}

/** The flow with the step, and everything inside it, once more behind itself. */
export function duplicated(flow: Flow, id: number): Flow {
  const step = stepAt(flow, id)
  const spot = spotOf(flow, id)
  if (!step || !spot) return flow
  return withStep(flow, { ...spot, at: spot.at + 1 }, copied(step, nextId(flow)))
}

/** The step shared out by chance between itself and a copy of it: the beginning of an A/B test. */
export function splitInTwo(flow: Flow, id: number): Flow {
  const step = stepAt(flow, id)
  const spot = spotOf(flow, id)
  if (!step || !spot) return flow
  const first = nextId(flow)
  const arms = [
    { id: 'a', name: 'A', share: 50, steps: [step] },
    { id: 'b', name: 'B', share: 50, steps: [copied(step, first + 1)] },
  ]
  const split: Step = { kind: 'split', id: first, mode: 'fixed', floor: 0.3, arms }
  return withStep(without(flow, id), spot, split)
}

/** Where a step stands. */
export function spotOf(flow: Pick<Flow, 'steps'>, id: number): Spot | undefined {
  const lanes: readonly { readonly lane: Lane; readonly steps: Steps }[] = [
    { lane: undefined, steps: flow.steps },
    ...stepsOf(flow).flatMap((step) =>
      lanesOf(step).map(({ path, steps }) => ({ lane: { step: step.id, path }, steps })),
    ),
  ]
  for (const { lane, steps } of lanes) {
    const at = steps.findIndex((step) => step.id === id)
    if (at >= 0) return { lane, at }
  }
  return undefined
}

/** The next free id for a path or an arm: a, b, c … */
export function nextPathId(taken: readonly { readonly id: string }[]): string {
  const free = 'abcdefghijklmnopqrstuvwxyz'
    .split('')
    .find((one) => !taken.some((t) => t.id === one))
  return free ?? `p${taken.length}`
}

function copied(step: Step, firstId: number): Step {
  const all = stepsIn([step])
  const ids = new Map(all.map(({ id }, at) => [id, firstId + at]))
  const renamed = (id: number) => ids.get(id) ?? id
  const [copy] = withSteps({ steps: [step] } as unknown as Flow, (one) =>
    one.kind === 'goto'
      ? { ...one, id: renamed(one.id), to: renamed(one.to) }
      : { ...one, id: renamed(one.id) },
  ).steps
  return copy ?? step
}

function withLane(flow: Flow, lane: Lane, change: (steps: Steps) => Steps): Flow {
  if (lane === undefined) return { ...flow, steps: [...change(flow.steps)] }
  return withSteps(flow, (step) =>
    step.id === lane.step
      ? withPaths(step, (path, steps) => (path === lane.path ? change(steps) : steps))
      : step,
  )
}

function withPaths(step: Step, change: (path: string, steps: Steps) => Steps): Step {
  switch (step.kind) {
    case 'branch':
      return {
        ...step,
        paths: step.paths.map((one) => ({ ...one, steps: change(one.id, one.steps) })),
        otherwise: change('Otherwise', step.otherwise),
      }
    case 'split':
      return {
        ...step,
        arms: step.arms.map((one) => ({ ...one, steps: change(one.id, one.steps) })),
      }
    case 'wait_for':
      return {
        ...step,
        happened: change('Happened', step.happened),
        timedOut: change('TimedOut', step.timedOut),
      }
    default:
      return step
  }
}

/** Every place of a flow as the list is read. */
function spotsOf(flow: Flow): readonly Spot[] {
  const inLane = (lane: Lane, steps: Steps): readonly Spot[] => [
    { lane, at: 0 },
    ...steps.flatMap((step, at) => [
      ...lanesOf(step).flatMap(({ path, steps: inner }) => inLane({ step: step.id, path }, inner)),
      { lane, at: at + 1 },
    ]),
  ]
  return inLane(undefined, flow.steps)
}

function isSame(a: Spot, b: Spot): boolean {
  return a.at === b.at && a.lane?.step === b.lane?.step && a.lane?.path === b.lane?.path
}
