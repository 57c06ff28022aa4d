/** What one line of the bench says: a value beside its floor, both measured in the same run. */
export type Measured = {
  readonly line: string
  readonly value: number
  readonly unit: string
  /** What the machine could do at best, measured in the same run; null where the goal is absolute. */
  readonly floor: number | null
  /** value / floor (for times: how many floors it took). */
  readonly ratio: number | null
  readonly goal: string
  readonly met: boolean
  /** What else was seen: backlog, drain, percentiles. */
  readonly notes: Readonly<Record<string, number | string>>
}

/** How large a run is. The defaults are the goal's; smaller ones are for developing and say nothing about the goal. */
export type Size = {
  /** How long load is offered. */
  readonly seconds: number
  readonly people: number
  /** Rows of generated history: events of `segment-count`, orders of `first-purchase`. */
  readonly rows: number | undefined
}
export const fullSize: Size = { seconds: 60, people: 100_000, rows: undefined }

/** One line: its name on the command line and how it is measured. */
export type Line = {
  readonly name: string
  readonly sentence: string
  readonly run: (size: Size) => Promise<readonly Measured[]>
}

/** The p-th percentile (0 to 1) of values, nearest rank. */
export function percentile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return (
    sorted[Math.min(sorted.length - 1, Math.max(0, Math.ceil(p * sorted.length) - 1))] ?? Number.NaN
  )
}

/** Three significant digits below a hundred, whole numbers above, so that tables stay readable. */
export function rounded(value: number): number {
  return Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3))
}
