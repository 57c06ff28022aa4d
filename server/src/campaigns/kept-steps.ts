import type { Flow } from './campaign.ts'
import { placesOf } from './flow-map.ts'

/** Ids of the steps on which somebody may stand in either version: the same id, and still a step of the same kind. */
export function keptSteps(before: Flow, after: Flow): readonly number[] {
  const now = placesOf(after)
  return [...placesOf(before).values()].flatMap(({ step }) =>
    now.get(step.id)?.step.kind === step.kind ? step.id : [],
  )
}
