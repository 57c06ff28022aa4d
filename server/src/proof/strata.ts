import type { Shared } from '../statistics/sample-ratio.ts'
import { addSums, noSums, type Stratum, type Sums } from '../statistics/sums.ts'
import type { Place } from './outcome-sums.ts'

/** One place's sums of one outcome. */
export type Placed = Place & { readonly sums: Sums }

/** The groups of each share, of people whose window is over and who met one arm only. */
export function strataOf(rows: readonly Placed[]): readonly Stratum[] {
  const compared = rows.filter(({ mixed, over }) => over && !mixed)
  return byShare(compared).map(({ share, rows: mine }) => ({
    share,
    treatment: added(mine, 'treatment'),
    holdout: added(mine, 'holdout'),
  }))
}

/** How many of each share came into which group, whether their window is over or not. */
export function sharedOut(
  rows: readonly (Place & { readonly people: number })[],
): readonly Shared[] {
  const known = rows.filter(({ mixed, share }) => !mixed && share !== null)
  const count = (mine: typeof rows, arm: Place['arm']) =>
    mine.reduce((sum, one) => sum + (one.arm === arm ? one.people : 0), 0)
  return byShare(known.map((row) => ({ ...row, sums: { ...noSums, people: row.people } }))).map(
    ({ share, rows: mine }) => ({
      share,
      treatment: count(mine, 'treatment'),
      holdout: count(mine, 'holdout'),
    }),
  )
}

function added(rows: readonly Placed[], arm: Place['arm']): Sums {
  return rows.filter((one) => one.arm === arm).reduce((all, { sums }) => addSums(all, sums), noSums)
}

/** Who was drawn before shares were recorded belongs to the share that their arms show. */
function byShare<T extends Placed>(
  rows: readonly T[],
): readonly { readonly share: number; readonly rows: readonly T[] }[] {
  const groups = Map.groupBy(rows, ({ share }) => share)
  return [...groups].flatMap(([share, mine]) => {
    const set = share ?? shownBy(mine)
    return set > 0 && set < 1 ? [{ share: set, rows: mine }] : []
  })
}

function shownBy(rows: readonly Placed[]): number {
  const people = (arm?: Place['arm']) =>
    rows.reduce((sum, one) => sum + (!arm || one.arm === arm ? one.sums.people : 0), 0)
  return people('holdout') / people()
}
