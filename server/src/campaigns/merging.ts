import type { CustomerId } from '../lib/brand.ts'
import { ended } from './advance.ts'
import { entryKeyOf } from './enrolment.ts'
import { type Memory, mergeMemories } from './memory.ts'
import type { Way } from './person-turn.ts'

/** What campaigns know of one person. */
export type Known = { readonly memory: Memory; readonly ways: readonly Way[] }

/**
 * The ways and the memory of a person into whom others were merged. Of two open enrolments with one key the earlier entered
 * stays and the other ends.
 */
export function mergedInto(
  survivor: Known & { readonly customer: CustomerId },
  gone: readonly Known[],
  now: number,
): Known {
  const { customer } = survivor
  const memory = gone.reduce((kept, one) => mergeMemories(kept, one.memory), survivor.memory)
  const moved = [...survivor.ways, ...gone.flatMap((one) => one.ways)].map((way) => ({
    ...way,
    enrolment: {
      ...way.enrolment,
      customer,
      entryKey: entryKeyOf(customer, way.enrolment.entry),
    },
  }))
  const first = new Map<string, Way>()
  for (const way of moved) {
    const key = `${way.enrolment.campaign}/${way.enrolment.entryKey}`
    const other = first.get(key)
    if (!other || earlier(way, other)) first.set(key, way)
  }
  const kept = new Set(first.values())
  return {
    memory,
    ways: moved.map((way) =>
      kept.has(way) ? way : { ...way, enrolment: ended(way.enrolment, 'merged', now) },
    ),
  }
}

function earlier(a: Way, b: Way): boolean {
  if (a.enrolment.enteredAt !== b.enrolment.enteredAt)
    return a.enrolment.enteredAt < b.enrolment.enteredAt
  return (a.id ?? Infinity) < (b.id ?? Infinity)
}
