import { listItemsLimit } from '../events/flatten.ts'
import type { Placed } from '../events/happening.ts'
import { numberText } from '../lib/json.ts'

/** Ids of the lists a person is on, as text, in the order they were put on them; the oldest make room. */
export type OnLists = readonly string[]

/**
 * Takes `List Changed` with properties `{list: 7, change: 'added' | 'removed'}`: a member of the team (an edit) or a campaign
 * (derived) put the person on a list or took them off. From outside it is an event like any other.
 */
export function foldLists(state: OnLists | undefined, happening: Placed): OnLists | undefined {
  if (happening.name !== 'List Changed') return state
  if (happening.kind !== 'edit' && happening.kind !== 'derived') return state
  const { list, change } = happening.body.properties ?? {}
  const id = typeof list === 'string' ? list : numberText(list)
  if (id === undefined || id === '') return state
  const on = state ?? []
  if (change === 'removed') return on.includes(id) ? on.filter((one) => one !== id) : state
  return on.includes(id) ? state : [...on, id].slice(-listItemsLimit)
}

/** On every list that either of them was on. */
export function mergeLists(a: OnLists | undefined, b: OnLists | undefined): OnLists | undefined {
  if (!a || !b) return a ?? b
  return [...a, ...b.filter((id) => !a.includes(id))].slice(-listItemsLimit)
}
