import { factPaths, flatten } from '../events/flatten.ts'
import { dayMs, hourMs, minuteMs } from '../lib/duration.ts'
import type { CasePerson } from './agreement.contract.ts'
import { numberHolds, timeHolds } from './comparison.ts'
import type { Condition, Definition } from './definition.ts'
import type { EventCondition } from './event-condition.ts'
import { factsOf, numberAt, passes } from './filter.ts'
import { holds } from './value-test.ts'

/** The meaning of a definition in the plainest words we have: no state, no windows kept, everything looked at again. */
export function naiveTruth(definition: Definition, person: CasePerson, now: number): boolean {
  const flat = flatten(person.traits)
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
        return holds({ flat, path: one.path, now }, one.is)
      case 'fact':
        return holds({ flat: facts, path: one.path, now }, one.is)
      case 'event':
        return naiveEvent(one, person, now)
    }
  }
  return truth(definition.where)
}

function naiveEvent(one: EventCondition, person: CasePerson, now: number): boolean {
  const { window, measure } = one
  const counted = person.happenings
    .filter(({ name, at }) => name === one.event && at <= now)
    .filter(({ at }) => {
      if (window.kind === 'ever') return true
      if (window.kind === 'rolling') {
        const unit = { minutes: minuteMs, hours: hourMs, days: dayMs }[window.span.unit]
        return at > now - window.span.amount * unit
      }
      return at >= Date.parse(window.from) && at < Date.parse(window.to)
    })
    .map((happened) => ({ at: happened.at, facts: factsOf(happened) }))
    .filter(({ facts }) => one.where === undefined || passes(one.where, facts))
  switch (measure.of) {
    case 'count':
      return numberHolds(BigInt(counted.length) * 10_000n, measure.is)
    case 'sum':
      return numberHolds(
        counted
          .filter(
            ({ facts }) =>
              measure.currency === undefined ||
              ['', measure.currency].includes(facts.typed().currency),
          )
          .reduce((sum, { facts }) => sum + (numberAt(measure.path, facts) ?? 0n), 0n),
        measure.is,
      )
    case 'first':
    case 'last': {
      const times = counted.map(({ at }) => at).sort((a, b) => a - b)
      const at = measure.of === 'first' ? times[0] : times.at(-1)
      return at !== undefined && timeHolds(at, measure.is, now)
    }
  }
}
