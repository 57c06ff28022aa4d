import type { CustomerId } from '../lib/brand.ts'
import { ended } from './advance.ts'
import { entryKeyOf } from './enrolment.ts'
import { type Memory, mergeMemories } from './memory.ts'
import type { Way } from './way.ts'

/** What campaigns know of one person. */
export type Known = { readonly memory: Memory; readonly ways: readonly Way[] }

/**
 * The ways and the memory of a person into whom others were merged. Of two open enrolments with one key the earlier entered
 * stays and the other ends; a coupon that the other was given is shown by the one that stays, where it has none.
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
    const key = keyOf(way)
    const other = first.get(key)
    if (!other || earlier(way, other)) first.set(key, way)
  }
  const kept = new Set(first.values())
  return {
    memory,
    ways: moved.map((way) =>
      kept.has(way)
        ? withCouponOf(
            way,
            moved.filter((one) => !kept.has(one) && keyOf(one) === keyOf(way)),
          )
        : { ...way, enrolment: ended(way.enrolment, 'merged', now) },
    ),
  }
}

function keyOf({ enrolment }: Way): string {
  return `${enrolment.campaign}/${enrolment.entryKey}`
}

function withCouponOf(way: Way, gone: readonly Way[]): Way {
  const { notes } = way.enrolment
  if (typeof notes.coupon?.issued === 'number') return way
  const given = gone.find(({ enrolment }) => typeof enrolment.notes.coupon?.issued === 'number')
  const coupon = given?.enrolment.notes.coupon
  if (!coupon) return way
  return { ...way, enrolment: { ...way.enrolment, notes: { ...notes, coupon } } }
}

function earlier(a: Way, b: Way): boolean {
  if (a.enrolment.enteredAt !== b.enrolment.enteredAt)
    return a.enrolment.enteredAt < b.enrolment.enteredAt
  return (a.id ?? Infinity) < (b.id ?? Infinity)
}
