import type { Filter } from '../segments/filter.ts'
import type { Flow } from './campaign.ts'
import { stepsOf } from './flow-map.ts'
import { segmentsOfTest } from './person-test.ts'
import type { Step } from './steps/table.ts'
import { crossingEvents, type Trigger } from './trigger.ts'
import type { Watch } from './watch.ts'

/** Ids of the segments a flow needs: its audience, what sets it off, its conditions and exits, and its steps. */
export function segmentsUsed(flow: Flow): readonly number[] {
  const { audience, trigger, conditions, exits } = flow
  const named = [
    ...(audience === undefined ? [] : [audience]),
    ...ofTrigger(trigger),
    ...conditions.flatMap((one) => (typeof one === 'string' ? [] : [one.segment])),
    ...exits.flatMap(ofWatch),
    ...stepsOf(flow).flatMap(ofStep),
  ]
  return [...new Set(named)]
}

function ofTrigger(trigger: Trigger): readonly number[] {
  if (trigger.kind === 'segment') return [trigger.segment]
  if (trigger.kind !== 'event' || !trigger.filter) return []
  const crosses = Object.values(crossingEvents).some((name) => name === trigger.event)
  return crosses ? idsIn(trigger.filter) : []
}

function ofWatch(watch: Watch): readonly number[] {
  return watch.kind === 'segment' ? [watch.segment] : []
}

function ofStep(step: Step): readonly number[] {
  switch (step.kind) {
    case 'wait_for':
      return ofWatch(step.watch)
    case 'branch':
      return step.paths.flatMap(({ when }) => segmentsOfTest(when))
    default:
      return []
  }
}

function idsIn(filter: Filter): readonly number[] {
  switch (filter.kind) {
    case 'all':
    case 'any':
      return filter.of.flatMap(idsIn)
    case 'not':
      return idsIn(filter.of)
    case 'property': {
      const { path, is } = filter
      if (path !== 'segment_id' || is.type !== 'number') return []
      if (is.op === 'any-of') return is.values
      return is.op === 'is' && is.than.op === '=' ? [is.than.value] : []
    }
    default:
      return []
  }
}
