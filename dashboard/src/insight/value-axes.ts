import type { Palette } from '../design/chart.tsx'
import type { Column } from '../design/data-table.tsx'

/** What the pictures of customer value share: room, axes, whiskers and number columns. */
export const grid = { left: 8, right: 16, top: 36, bottom: 30, containLabel: true }

export const axisOf = (palette: Palette) => ({
  axisLine: { lineStyle: { color: palette.line } },
  axisTick: { show: false },
  splitLine: { lineStyle: { color: palette.line } },
  axisLabel: { color: palette.quiet, hideOverlap: true },
  nameTextStyle: { color: palette.quiet, fontSize: 12, align: 'left' as const },
})
/** An axis of names with its own name below the middle. */
export const namesAxis = (palette: Palette, name: string, data: readonly string[]) => ({
  type: 'category' as const,
  data: [...data],
  name,
  ...axisOf(palette),
  nameLocation: 'middle' as const,
  nameGap: 28,
  nameTextStyle: { color: palette.quiet, fontSize: 12, align: 'center' as const },
})

type Ends = { readonly low: number | null; readonly high: number | null }

/** A line over each bar from one end of its interval to the other; none where an end is open. */
export const whiskers = (rows: readonly Ends[], color: string) =>
  rows.map(({ low, high }, at) => ({
    type: 'line',
    silent: true,
    symbol: 'none',
    tooltip: { show: false },
    lineStyle: { color, width: 2 },
    data:
      low === null || high === null
        ? []
        : [
            [at, low],
            [at, high],
          ],
  }))

/** `low ~ high` in words of a table, a dash where an end is open. */
export const rangeOf = ({ low, high }: Ends, format: (value: number) => string) =>
  low === null || high === null ? '–' : `${format(low)} ~ ${format(high)}`

export function right<Row>(key: string, head: string, cell: (row: Row) => string): Column<Row> {
  return { key, head, cell, align: 'right' }
}

/** The tenth at a place, in percent: `0~10`. */
export const spanOf = (at: number) => `${at * 10}~${at * 10 + 10}`
