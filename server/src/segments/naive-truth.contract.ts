import { factPaths, flatten, traitPaths } from '../events/flatten.ts'
import type { Condition, Definition } from './definition.ts'
import { naiveEvent } from './naive-event.contract.ts'
import { naiveShare, naiveTest } from './naive-person.contract.ts'
import { naiveSequence } from './naive-sequence.contract.ts'
import type { CasePerson } from './person-cases.contract.ts'

/** The meaning of a definition in the plainest words we have: no state, no windows kept, everything looked at again. */
export function naiveTruth(definition: Definition, person: CasePerson, now: number): boolean {
  if (person.internal) return false
  const flat = flatten(person.traits, traitPaths)
  const facts = flatten(person.facts, factPaths)
  const truth = (one: Condition): boolean => {
    switch (one.kind) {
      case 'all':
        return one.of.every(truth)
      case 'any':
        return one.of.some(truth)
      case 'not':
        return !truth(one.of)
      case 'member':
        return person.member === (one.is === 'member')
      case 'trait':
        return naiveTest({ flat, path: one.path, now }, one.is)
      case 'fact':
        return naiveTest({ flat: facts, path: one.path, now }, one.is)
      case 'random':
        return naiveShare(one.seed, person.customer, one)
      case 'segment':
        throw new Error('cases name no segments')
      case 'sequence':
        return naiveSequence(one, person, now)
      case 'event':
        return naiveEvent(one, person, now)
    }
  }
  return truth(definition.where)
}
