/**
 * RFM: when a buyer last bought (R), how often (F) and for how much (M), each as a fifth of the shop's buyers (Hughes,
 * "Strategic Database Marketing", 1994).
 *
 * A score is 1 + the number of fifths of all buyers that lie strictly below: 5 is the best. Equal values always get the
 * same score, the lower one, so where most people bought once F has no 2 or 3. R counts whole days of 24 hours before the
 * shop's midnight; F effective orders and M their gross minus refunds in the shop's currency, over all known history.
 */
export const scores = [1, 2, 3, 4, 5] as const
type Score = (typeof scores)[number]

/** What a marketer calls the buyers of some cells of R and F. */
export const rfmGroups = [
  'champions',
  'loyal',
  'potential',
  'new',
  'attention',
  'cooling',
  'at_risk',
  'hibernating',
  'lost',
] as const
export type RfmGroup = (typeof rfmGroups)[number]

/** Place of a score: the best two, the middle, the last two. */
const high = (score: number) => score >= 4
const middle = (score: number) => score === 3

/** The name of a cell of the grid; every cell has exactly one. */
export function groupOf(r: number, f: number): RfmGroup {
  if (high(f)) return high(r) ? 'champions' : middle(r) ? 'loyal' : 'at_risk'
  if (f >= 2) return high(r) ? 'potential' : middle(r) ? 'attention' : 'hibernating'
  return high(r) ? 'new' : middle(r) ? 'cooling' : 'lost'
}

/** The values of the fact `rfm.cell` ("R-F-M") that belong to a group, or to one cell of the grid. */
export function cellsOf(of: RfmGroup | { readonly r: number; readonly f: number }): string[] {
  return scores.flatMap((r) =>
    scores.flatMap((f) =>
      (typeof of === 'string' ? groupOf(r, f) === of : of.r === r && of.f === f)
        ? scores.map((m) => `${r}-${f}-${m}`)
        : [],
    ),
  )
}

/** Buyers who stand in the same cell now and stood in the same place 30 days before (0: had not bought); amounts in currency units. */
export type RfmRow = {
  readonly r: number
  readonly f: number
  readonly m: number
  readonly r0: number
  readonly f0: number
  readonly people: number
  readonly revenue: number
  readonly orders: number
  readonly days: number
  readonly fewestDays: number
  readonly mostDays: number
  readonly fewestOrders: number
  readonly mostOrders: number
  readonly leastRevenue: number
  readonly mostRevenue: number
}

/** One of the 25 places of the grid. `m` and `days` are averages; empty cells are not there. */
export type RfmCell = {
  readonly r: Score
  readonly f: Score
  readonly group: RfmGroup
  readonly people: number
  readonly revenue: number
  readonly orders: number
  readonly m: number
  readonly days: number
}

type Range = { readonly score: Score; readonly from: number; readonly to: number }

/** What the page shows. */
export type Rfm = {
  readonly people: number
  readonly revenue: number
  readonly cells: readonly RfmCell[]
  readonly groups: readonly {
    readonly group: RfmGroup
    readonly people: number
    readonly revenue: number
    readonly before: number
  }[]
  /** From which group to which in 30 days; `from` null: bought for the first time since. */
  readonly moves: readonly {
    readonly from: RfmGroup | null
    readonly to: RfmGroup
    readonly people: number
  }[]
  /** What lies behind each score, smallest and greatest; R in days, M in currency units. */
  readonly ranges: {
    readonly r: readonly Range[]
    readonly f: readonly Range[]
    readonly m: readonly Range[]
  }
}

/** The grid, its groups and who moved between them. */
export function rfmOf(rows: readonly RfmRow[]): Rfm {
  const cells = scores.flatMap((r) =>
    scores.flatMap((f) => {
      const own = rows.filter((row) => row.r === r && row.f === f)
      return own.length === 0 ? [] : [cellOf(r, f, own)]
    }),
  )
  return {
    people: sum(rows, (row) => row.people),
    revenue: sum(rows, (row) => row.revenue),
    cells,
    groups: rfmGroups.map((group) => ({
      group,
      people: sum(cells, (cell) => (cell.group === group ? cell.people : 0)),
      revenue: sum(cells, (cell) => (cell.group === group ? cell.revenue : 0)),
      before: sum(rows, (row) => (beforeOf(row) === group ? row.people : 0)),
    })),
    moves: movesOf(rows),
    ranges: {
      r: rangesOf(rows, (row) => [row.r, row.fewestDays, row.mostDays]),
      f: rangesOf(rows, (row) => [row.f, row.fewestOrders, row.mostOrders]),
      m: rangesOf(rows, (row) => [row.m, row.leastRevenue, row.mostRevenue]),
    },
  }
}

function cellOf(r: Score, f: Score, rows: readonly RfmRow[]): RfmCell {
  const people = sum(rows, (row) => row.people)
  return {
    r,
    f,
    group: groupOf(r, f),
    people,
    revenue: sum(rows, (row) => row.revenue),
    orders: sum(rows, (row) => row.orders),
    m: sum(rows, (row) => row.m * row.people) / people,
    days: sum(rows, (row) => row.days) / people,
  }
}

function beforeOf({ r0, f0 }: RfmRow): RfmGroup | null {
  return r0 === 0 ? null : groupOf(r0, f0)
}

function movesOf(rows: readonly RfmRow[]): Rfm['moves'] {
  const moved = Map.groupBy(rows, (row) => `${beforeOf(row)}>${groupOf(row.r, row.f)}`)
  return [...moved.values()]
    .flatMap((same) => {
      const [first] = same
      if (!first) return []
      const [from, to] = [beforeOf(first), groupOf(first.r, first.f)]
      return from === to ? [] : [{ from, to, people: sum(same, (row) => row.people) }]
    })
    .sort((a, b) => b.people - a.people)
}

function rangesOf(
  rows: readonly RfmRow[],
  read: (row: RfmRow) => readonly [score: number, from: number, to: number],
): readonly Range[] {
  return scores.flatMap((score) => {
    const own = rows.map(read).filter(([one]) => one === score)
    if (own.length === 0) return []
    return [
      {
        score,
        from: Math.min(...own.map(([, from]) => from)),
        to: Math.max(...own.map(([, , to]) => to)),
      },
    ]
  })
}

function sum<Row>(rows: readonly Row[], of: (row: Row) => number): number {
  return rows.reduce((all, row) => all + of(row), 0)
}
