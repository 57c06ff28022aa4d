import { localTime, utcOfLocal } from '../lib/zone.ts'

/** What puts somebody into a cohort: the first order, joining as a member, or the first visit. */
export const cohortBases = ['purchase', 'signup', 'visit'] as const
export type CohortBase = (typeof cohortBases)[number]
/** What counts as coming back: another effective order, or another visit. */
export const cohortReturns = ['order', 'visit'] as const
export type CohortReturn = (typeof cohortReturns)[number]
export const cohortUnits = ['month', 'week'] as const
export type CohortUnit = (typeof cohortUnits)[number]

/** How many cohorts, and so how many periods, a heatmap has. */
export const cohortCounts = { month: 12, week: 12 } as const satisfies Record<CohortUnit, number>

/** How long a person's period is: the same for everybody, whenever in the month they began. */
export const periodDays = { month: 30, week: 7 } as const satisfies Record<CohortUnit, number>

/**
 * When the shop's last `count` months or weeks (from Monday) begin, the oldest first, and when the running one ends: `count`
 * + 1 instants, UTC ms.
 */
export function cohortStarts(
  now: number,
  {
    unit,
    count,
    zone,
  }: { readonly unit: CohortUnit; readonly count: number; readonly zone: string },
): readonly number[] {
  const local = new Date(localTime(now, zone))
  const [year, month, date] = [local.getUTCFullYear(), local.getUTCMonth(), local.getUTCDate()]
  const monday = date - ((local.getUTCDay() + 6) % 7)
  return Array.from({ length: count + 1 }, (_, at) => {
    const back = count - 1 - at
    return utcOfLocal(
      unit === 'month' ? Date.UTC(year, month - back, 1) : Date.UTC(year, month, monday - back * 7),
      zone,
    )
  })
}

/** One cohort as history tells it: the arrays hold the periods from the first on; amounts in currency units. */
export type CohortRow = {
  /** Which cohort, from 0. */
  readonly cohort: number
  readonly people: number
  /** What the first orders brought; 0 where the cohort is not of buyers. */
  readonly firstRevenue: number
  /** Of them, those whose period is over. */
  readonly followed: readonly number[]
  /** Of those, who came back in it; who came back in it or before; what they brought in it. */
  readonly returned: readonly number[]
  readonly ever: readonly number[]
  readonly revenue: readonly number[]
}

/**
 * A cell speaks of those whose period is over, so that nobody counts as gone who only had no time: `n` of them. `isWhole`
 * is false while others of the cohort are still in it. Rates are of n; `spent` is what a customer brought until then, the
 * first order included: each period's mean, added up.
 */
export type CohortCell = {
  readonly period: number
  readonly n: number
  readonly isWhole: boolean
  readonly returned: number
  readonly rate: number
  readonly everRate: number
  readonly spent: number
}

export type Cohort = {
  /** When the month or week begins, UTC ms. */
  readonly from: number
  readonly people: number
  /** False for the month or week that runs. */
  readonly isOver: boolean
  readonly firstSpent: number
  /** Only periods that are over for at least one of them. */
  readonly cells: readonly CohortCell[]
}

/** The heatmap: cohorts that nobody is in are there with nothing behind them; the last row is all of them together. */
export function cohortsOf(
  rows: readonly CohortRow[],
  starts: readonly number[],
  now: number,
): { readonly cohorts: readonly Cohort[]; readonly all: Omit<Cohort, 'from' | 'isOver'> } {
  const cohorts = starts.slice(0, -1).map((from, at) => {
    const row = rows.find((one) => one.cohort === at) ?? { ...nobody, cohort: at }
    return { from, isOver: (starts[at + 1] ?? Infinity) <= now, ...cohortOf(row) }
  })
  return { cohorts, all: cohortOf(together(rows)) }
}

const nobody: CohortRow = {
  cohort: 0,
  people: 0,
  firstRevenue: 0,
  followed: [],
  returned: [],
  ever: [],
  revenue: [],
}

function cohortOf(row: CohortRow): Omit<Cohort, 'from' | 'isOver'> {
  const firstSpent = row.people === 0 ? 0 : row.firstRevenue / row.people
  let spent = firstSpent
  const cells = row.followed.flatMap((n, at): readonly CohortCell[] => {
    if (n === 0) return []
    const returned = row.returned[at] ?? 0
    spent += (row.revenue[at] ?? 0) / n
    return [
      {
        period: at + 1,
        n,
        isWhole: n === row.people,
        returned,
        rate: returned / n,
        everRate: (row.ever[at] ?? 0) / n,
        spent,
      },
    ]
  })
  return { people: row.people, firstSpent, cells }
}

function together(rows: readonly CohortRow[]): CohortRow {
  const sum = (of: (row: CohortRow) => number) => rows.reduce((all, row) => all + of(row), 0)
  const sums = (of: (row: CohortRow) => readonly number[]) =>
    (rows[0] ? of(rows[0]) : []).map((_, at) => sum((row) => of(row)[at] ?? 0))
  return {
    cohort: 0,
    people: sum((row) => row.people),
    firstRevenue: sum((row) => row.firstRevenue),
    followed: sums((row) => row.followed),
    returned: sums((row) => row.returned),
    ever: sums((row) => row.ever),
    revenue: sums((row) => row.revenue),
  }
}
