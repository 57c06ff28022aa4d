import type { Flow } from './campaign.ts'
import type { Step } from './steps/table.ts'

/** Where one step stands in its flow. */
export type Place = {
  readonly step: Step
  /** The step that follows when this one and everything inside it is walked; undefined at the end of the flow. */
  readonly next: Step | undefined
  /** How many steps it stands inside of. */
  readonly depth: number
}

const maps = new WeakMap<Flow, ReadonlyMap<number, Place>>()

/** Every step of a flow by id, in the order they are written. A published flow never changes, so it is drawn up once. */
export function placesOf(flow: Flow): ReadonlyMap<number, Place> {
  let places = maps.get(flow)
  if (!places) {
    places = drawn(flow)
    maps.set(flow, places)
  }
  return places
}

/** Every step of a flow, those inside others too, in the order they are written. */
export function stepsOf(flow: Pick<Flow, 'steps'>): readonly Step[] {
  return stepsIn(flow.steps)
}

/** The same for a path. */
export function stepsIn(path: readonly Step[]): readonly Step[] {
  return path.flatMap((step) => [step, ...pathsOf(step).flatMap(stepsIn)])
}

/** The paths that lead on from inside a step; none for most kinds. */
export function pathsOf(step: Step): readonly (readonly Step[])[] {
  switch (step.kind) {
    case 'branch':
      return [...step.paths.map((path) => path.steps), step.otherwise]
    case 'split':
      return step.arms.map((arm) => arm.steps)
    case 'wait_for':
      return [step.happened, step.timedOut]
    default:
      return []
  }
}

/** The flow with every step replaced by what `change` makes of it, from the inside out. */
export function withSteps(flow: Flow, change: (step: Step) => Step): Flow {
  return { ...flow, steps: changedPath(flow.steps, change) }
}

function changedPath(path: readonly Step[], change: (step: Step) => Step): Step[] {
  const inside = (steps: readonly Step[]) => changedPath(steps, change)
  return path.map((step) => {
    switch (step.kind) {
      case 'branch':
        return change({
          ...step,
          paths: step.paths.map((one) => ({ ...one, steps: inside(one.steps) })),
          otherwise: inside(step.otherwise),
        })
      case 'split':
        return change({
          ...step,
          arms: step.arms.map((one) => ({ ...one, steps: inside(one.steps) })),
        })
      case 'wait_for':
        return change({
          ...step,
          happened: inside(step.happened),
          timedOut: inside(step.timedOut),
        })
      default:
        return change(step)
    }
  })
}

function drawn(flow: Flow): ReadonlyMap<number, Place> {
  const places = new Map<number, Place>()
  const walk = (path: readonly Step[], after: Step | undefined, depth: number) => {
    for (const [at, step] of path.entries()) {
      const next = path[at + 1] ?? after
      places.set(step.id, { step, next, depth })
      for (const inner of pathsOf(step)) walk(inner, next, depth + 1)
    }
  }
  walk(flow.steps, undefined, 0)
  return places
}
