import { assert } from '../lib/assert.ts'
import type { CustomerId } from '../lib/brand.ts'
import { mergedInto } from './merging.ts'
import type { State } from './simulate-state.ts'
import { act, note } from './simulate-turn.ts'

/** Two simulated people turned out to be one: what `from` had goes to `to`, as live (merging.ts). */
export function mergePeople(state: State, from: number, to: number): void {
  const [gone, survivor] = [state.people.get(from), state.people.get(to)]
  assert(gone && survivor, 'both people of a merge are known')
  const own = { customer: to as CustomerId, memory: survivor.memory, ways: survivor.ways }
  const merged = mergedInto(own, [gone], state.time.now)
  state.people.delete(from)
  state.wakesAt.delete(from)
  for (const [gone, became] of state.survivors) if (became === from) state.survivors.set(gone, to)
  state.survivors.set(from, to)
  const theirs = state.decisionsOf.get(from) ?? []
  state.decisionsOf.delete(from)
  for (const one of theirs) note(state, { ...one, customer: own.customer })
  state.coupons.move(from, to)
  for (const { id, enrolment } of merged.ways)
    if (id !== undefined && enrolment.endReason) state.ends.set(id, enrolment.endReason)
  state.people.set(to, {
    facts: survivor.facts,
    traits: { ...gone.traits, ...survivor.traits },
    lists: new Set([...gone.lists, ...survivor.lists]),
    memory: merged.memory,
    ways: merged.ways.filter((way) => way.enrolment.state === 'active'),
  })
  for (const [key, arm] of state.arms) {
    if (!key.startsWith(`${from}:`)) continue
    const mine = `${to}:${key.slice(`${from}:`.length)}`
    if (!state.arms.has(mine)) state.arms.set(mine, arm)
  }
  act(state, to, () => {})
}
