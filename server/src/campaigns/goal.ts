import type { Placed } from '../events/happening.ts'
import { factsOf, passes } from '../segments/filter.ts'
import type { Flow } from './campaign.ts'

/** Is this happening what the campaign is for? */
export function isGoal({ event, filter }: Flow['goal'], happening: Placed): boolean {
  return happening.name === event && (!filter || passes(filter, factsOf(happening)))
}
