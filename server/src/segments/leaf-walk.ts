import type { Seen } from './leaf-rules.ts'
import { placeOf } from './leaf-state.ts'
import { entersAt, insideAt, leavesAt } from './leaf-window.ts'
import type { Verdict } from './verdict.ts'

/** What stands in a window while it moves on: items enter in their order and leave in the same one. */
export type Standing = {
  readonly enter: (index: number) => void
  readonly leave: (index: number) => void
  readonly holds: () => boolean
}

/** Judges at `now`, and follows the window from one entering or leaving to the next until the answer changes. */
export function walk({ leaf: { window }, state: { ats }, now }: Seen, standing: Standing): Verdict {
  const { after, upTo } = insideAt(window, now)
  let leaving = placeOf(ats, after)
  let entering = placeOf(ats, upTo)
  for (let index = leaving; index < entering; index++) standing.enter(index)
  const value = standing.holds()
  const entryOf = (index: number) => entersAt(window, ats[index] ?? Infinity)
  const exitOf = (index: number) => leavesAt(window, ats[index] ?? Infinity)
  while (leaving < ats.length) {
    const entry = entering < ats.length ? entryOf(entering) : Infinity
    const at = Math.min(entry, exitOf(leaving))
    if (at === Infinity) break
    while (entering < ats.length && entryOf(entering) === at) standing.enter(entering++)
    while (leaving < entering && exitOf(leaving) === at) standing.leave(leaving++)
    if (standing.holds() !== value) return { value, nextFlipAt: at }
  }
  return { value, nextFlipAt: Infinity }
}
