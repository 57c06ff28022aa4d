import { dayMs, hourMs, minuteMs } from '../lib/duration.ts'
import type { Span } from './comparison.ts'
import { type Filter, factsOf, passes } from './filter.ts'
import type { CasePerson } from './person-cases.contract.ts'
import type { SequenceCondition } from './sequence.ts'

type Happened = CasePerson['happenings'][number]

/** The meaning of a sequence in the plainest words we have: every choice of happenings is tried. */
export function naiveSequence(one: SequenceCondition, person: CasePerson, now: number): boolean {
  if (!one.sameProduct) return someRun(one, person.happenings, now)
  const products = new Set(person.happenings.flatMap(productsOf))
  return [...products].some((product) =>
    someRun(
      one,
      person.happenings.filter((happened) => productsOf(happened).includes(product)),
      now,
    ),
  )
}

function someRun(one: SequenceCondition, all: readonly Happened[], now: number): boolean {
  const come = all.filter(({ at }) => at <= now)
  const meeting = ({ event, where }: { event: string; where?: Filter | undefined }) =>
    come.filter(
      (happened) =>
        happened.name === event && (where === undefined || passes(where, factsOf(happened))),
    )
  const ends = (chosen: readonly Happened[]): boolean => {
    const last = chosen.at(-1) as Happened
    const { not, window } = one
    if (chosen.length < one.steps.length) {
      const step = one.steps[chosen.length]
      if (!step?.within) return false
      const { within, without } = step
      return meeting(step)
        .filter((next) => isAfter(next, last) && next.at <= last.at + length(within))
        .filter(
          (next) =>
            without === undefined ||
            !meeting(without).some((between) => isAfter(between, last) && isAfter(next, between)),
        )
        .some((next) => ends([...chosen, next]))
    }
    if (last.at <= now - length(window.span)) return false
    if (!not) return true
    if (now < last.at + length(not.within)) return false
    return !meeting(not).some(
      (happened) => isAfter(happened, last) && happened.at <= last.at + length(not.within),
    )
  }
  const [first] = one.steps
  return first !== undefined && meeting(first).some((happened) => ends([happened]))
}

function isAfter(a: Happened, b: Happened): boolean {
  return a.at > b.at || (a.at === b.at && a.position > b.position)
}

function length({ amount, unit }: Span): number {
  return amount * { minutes: minuteMs, hours: hourMs, days: dayMs }[unit]
}

function productsOf(happened: Happened): readonly string[] {
  const { product_id, products } = factsOf(happened).typed()
  return [product_id, ...products.map((line) => line.product_id)].filter((id) => id !== '')
}
