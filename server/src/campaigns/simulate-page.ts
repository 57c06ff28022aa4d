import type { Arm } from '../experiments/arm.ts'
import { assert } from '../lib/assert.ts'
import type { CustomerId } from '../lib/brand.ts'
import type { LiveCampaign } from './entry.ts'
import type { Facts } from './facts.ts'
import type { Memory } from './memory.ts'
import { factsFor } from './person-turn.ts'
import { simulatedArm } from './simulate-door.ts'
import type { State } from './simulate-state.ts'

/** A simulated person as a page of the shop meets them. */
export type KnownOnPage = {
  readonly memory: Memory
  readonly isMember: (segment: number) => boolean
  readonly factsFor: (campaign: LiveCampaign) => Facts
  readonly armIn: (campaign: LiveCampaign) => Arm
}

/** What decides on a page, from the same state as everything else in the simulation. */
export function knownOnPage(state: State, customer: number): KnownOnPage {
  const known = state.people.get(customer)
  assert(known, 'a simulated person is introduced before they look at a page')
  const { facts, traits, memory } = known
  const { assignmentKey } = facts
  const subject = { customer: customer as CustomerId, traits, assignmentKey }
  return {
    memory,
    isMember: (segment) => state.desk.isMember(subject.customer, segment),
    factsFor: ({ id }) =>
      factsFor(state.desk, {
        subject,
        memory,
        enrolment: { campaign: id, entry: { kind: 'person', value: '' } },
        paused: false,
      }),
    armIn: (campaign) => simulatedArm(campaign, { customer, assignmentKey }, state),
  }
}
