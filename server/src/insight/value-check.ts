import {
  aliveProbability,
  type BgNbd,
  type Buying,
  bgNbdOf,
  fitBgNbd,
  logsOfBgNbd,
} from '../statistics/bg-nbd.ts'
import { squareIfAlive } from '../statistics/bg-nbd-range.ts'
import { deltaErrors } from '../statistics/maximise.ts'
import { leastValue, type ValueReport } from './value-report.ts'
import { aheadOf, foretoldWith, total, type Watched } from './value-sums.ts'

/** Rows of the check: 0, 1, ... and so many or more. */
const checkedRepeats = 7

/** The model of what lies before the hidden days against what happened in them, by how often people had come until then. */
export function checkOf(
  { days, watched }: { readonly days: number; readonly watched: readonly Watched[] },
  start: BgNbd,
): ValueReport['check'] {
  const repeaters = total(watched, ({ repeats }) => (repeats > 0 ? 1 : 0))
  if (days === 0 || repeaters < leastValue.repeaters) return null
  const { model, covariance } = fitBgNbd(watched, start)
  const expected = aheadOf(model, days)
  const square = aheadOf(model, days, squareIfAlive)
  const foretold = watched.map((group) => ({
    ...group,
    predicted: group.people * aliveProbability(model, group) * expected(group),
    chance:
      group.people *
      (aliveProbability(model, group) * square(group) -
        (aliveProbability(model, group) * expected(group)) ** 2),
  }))
  const placeOf = ({ repeats }: Buying) => Math.min(checkedRepeats, repeats)
  // Of each row and, last, of all.
  const sums = (logs: readonly number[]) => {
    const other = bgNbdOf(logs)
    const ahead = aheadOf(other, days)
    const places = Array.from({ length: checkedRepeats + 2 }, () => 0)
    for (const group of watched) {
      const orders = group.people * aliveProbability(other, group) * ahead(group)
      for (const place of [placeOf(group), checkedRepeats + 1])
        places[place] = (places[place] ?? 0) + orders
    }
    return places
  }
  const errors = covariance && deltaErrors(sums, logsOfBgNbd(model), covariance)
  const foretoldOf = (own: typeof foretold, place: number) =>
    foretoldWith(
      sum(own, (group) => group.predicted),
      errors?.[place],
      { chance: sum(own, (group) => group.chance), most: Number.POSITIVE_INFINITY },
    )
  const rows = Array.from({ length: checkedRepeats + 1 }, (_, repeats) => {
    const own = foretold.filter((group) => placeOf(group) === repeats)
    const people = total(own, () => 1)
    const { value, low, high } = foretoldOf(own, repeats)
    return {
      ...{ repeats, people, predicted: value / people },
      low: low === null ? null : low / people,
      high: high === null ? null : high / people,
      actual: sum(own, (group) => group.later) / people,
    }
  }).filter((row) => row.people > 0)
  const { value, low, high } = foretoldOf(foretold, checkedRepeats + 1)
  return {
    ...{ days, people: total(watched, () => 1), predicted: value, low, high },
    actual: sum(watched, (group) => group.later),
    rows,
  }
}

const sum = <T>(rows: readonly T[], of: (row: T) => number) =>
  rows.reduce((all, row) => all + of(row), 0)
