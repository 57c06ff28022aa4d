import type { Filter } from '../segments/filter.ts'
import type { Flow } from './campaign.ts'

/** Ids of the segments a flow needs: its audience, and those whose entering or leaving sets it off. */
export function segmentsUsed({ audience, trigger }: Flow): readonly number[] {
  const named = new Set(audience === undefined ? [] : [audience])
  const waits = trigger.event === 'Entered Segment' || trigger.event === 'Left Segment'
  if (waits && trigger.filter) for (const id of idsIn(trigger.filter)) named.add(id)
  return [...named]
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
