import { soonest, type TimeComparison, timeFlips, timeHolds } from './comparison.ts'
import { type Asking, itemSql, type LeafRules, pendingSql, type Seen } from './leaf-rules.ts'
import { capped, entered, present } from './leaf-settle.ts'
import { type LeafState, picked, placeOf, sliced } from './leaf-state.ts'
import { alikeAt, entersAt, insideAt, leavesAt, moves } from './leaf-window.ts'
import type { Leaf } from './leaves.ts'
import { keptTimesLimit } from './limits.ts'
import { timeSql } from './test-sql.ts'
import type { Verdict } from './verdict.ts'

type TimeKind = 'first' | 'last'

/** When something happened first or last; of nothing it satisfies no comparison. */
export function timeRules(kind: TimeKind): LeafRules<TimeComparison> {
  return {
    lists: () => ({}),
    settle: (leaf, state, now) => settle(kind, { leaf, now }, state),
    join: () => ({ base: 0n, held: 0 }),
    judge: (seen, is) => judge(kind, seen, is),
    columnSql: (_, { over }) => over(kind === 'first' ? 'minOrNull' : 'maxOrNull', 'at'),
    truthSql: (column, is, asked) => `ifNull(${timeSql(column, is, asked)}, false)`,
    historySql: (asking) => ({ base: `'0'`, held: '0', items: itemsSql(kind, asking) }),
  }
}

/** Compared now, and looked at again when it passes a bound, leaves the window or another one comes. */
function judge(kind: TimeKind, { leaf, state, now }: Seen, is: TimeComparison): Verdict {
  const { ats } = state
  const { after, upTo } = insideAt(leaf.window, now)
  const from = placeOf(ats, after)
  const to = placeOf(ats, upTo)
  const next = ats[to]
  const coming = next === undefined ? Infinity : entersAt(leaf.window, next)
  const at = kind === 'first' ? ats[from] : ats[to - 1]
  if (at === undefined || from >= to) return { value: false, nextFlipAt: soonest(now, coming) }
  const flips = [leavesAt(leaf.window, at), timeFlips(at, is, now)]
  return { value: timeHolds(at, is, now), nextFlipAt: soonest(now, coming, ...flips) }
}

function settle(
  kind: TimeKind,
  { leaf, now }: { readonly leaf: Leaf; readonly now: number },
  state: LeafState,
): LeafState {
  if (kind === 'first' && !moves(leaf.window)) return sliced(state, 0, 1)
  const held = present(leaf, state, now)
  if (leaf.window.kind === 'calendar')
    return capped(leaf, picked(held, oneOfEach(kind, { leaf, now }, held)), { now })
  if (kind === 'last') return capped(leaf, sliced(held, entered(leaf, held, now) - 1), { now })
  if (held.ats.length <= keptTimesLimit) return held
  // The oldest decide for long; of the newest one stays, so that "none" is never answered too early.
  const oldest = Array.from({ length: keptTimesLimit - 1 }, (_, index) => index)
  return { ...picked(held, [...oldest, held.ats.length - 1]), large: true }
}

/** Indices of the first or last of each stretch that counts alike, and of all after them. */
function oneOfEach(
  kind: TimeKind,
  { leaf, now }: { readonly leaf: Leaf; readonly now: number },
  { ats }: LeafState,
): readonly number[] {
  const kept: number[] = []
  let settled = 0
  for (const { after, upTo } of alikeAt(leaf.window, now)) {
    const from = placeOf(ats, after)
    settled = placeOf(ats, upTo)
    if (settled > from) kept.push(kind === 'first' ? from : settled - 1)
  }
  for (let index = settled; index < ats.length; index++) kept.push(index)
  return kept
}

function itemsSql(kind: TimeKind, asking: Asking): string {
  const { leaf, over, alike, ms, came } = asking
  const pending = pendingSql(asking, `''`)
  if (leaf.window.kind !== 'rolling') {
    const ends = alike.map(({ when }) =>
      itemSql(over(kind === 'first' ? 'min' : 'max', ms, when), `''`, over('count', '', when)),
    )
    return `arrayConcat(arrayFilter(item -> item.3 > 0, [${ends.join(', ')}]), ${pending})`
  }
  const some =
    kind === 'first'
      ? over(`groupArraySorted(${keptTimesLimit + 1})`, ms, came)
      : `arrayMap(item -> -item, ${over('groupArraySorted(1)', `-${ms}`, came)})`
  return `arrayConcat(arrayMap(item -> ${itemSql('item', `''`)}, ${some}), ${pending})`
}
