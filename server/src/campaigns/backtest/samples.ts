import { hash32 } from '../../lib/random.ts'
import type { PersonOutcome } from './counts.ts'

const shownFirst = [
  'sent',
  'waiting',
  'refused',
  'held_out',
  'failed',
  'none',
] as const satisfies readonly PersonOutcome[]

/** What was kept of the people drawn, by what became of them: the lowest draws of each, in order. */
export type Kept<T> = Map<PersonOutcome, { readonly draw: number; readonly value: T }[]>

/** People to show: of each outcome as many as there is room for, drawn by chance that is the same every time. */
export function sampling<T>(room: number, kept: Kept<T> = new Map()) {
  const drawOf = (customer: number) => hash32(`backtest:${customer}`)
  return {
    kept,
    /** Would the person be kept? */
    wants: (outcome: PersonOutcome, customer: number): boolean => {
      const mine = kept.get(outcome) ?? []
      return mine.length < room || drawOf(customer) < (mine.at(-1)?.draw ?? 0)
    },
    keep: (outcome: PersonOutcome, customer: number, value: T): void => {
      const mine = [...(kept.get(outcome) ?? []), { draw: drawOf(customer), value }]
      kept.set(outcome, mine.sort((a, b) => a.draw - b.draw).slice(0, room))
    },
    /** Some of each outcome in turn. */
    all: (): readonly T[] => {
      const groups = shownFirst.flatMap((outcome) => [kept.get(outcome) ?? []])
      const chosen: T[] = []
      for (let at = 0; chosen.length < room && groups.some((one) => at < one.length); at++)
        for (const group of groups) {
          const one = group[at]
          if (one && chosen.length < room) chosen.push(one.value)
        }
      return chosen
    },
  }
}

/** Of people drawn apart from each other those who would be kept had they been drawn together. */
export function drawnTogether<T>(all: readonly Kept<T>[], room: number): Kept<T> {
  const kept: Kept<T> = new Map()
  for (const [outcome, drawn] of all.flatMap((one) => [...one]))
    kept.set(
      outcome,
      [...(kept.get(outcome) ?? []), ...drawn].sort((a, b) => a.draw - b.draw).slice(0, room),
    )
  return kept
}
