import type { EChartsCoreOption } from 'echarts/core'
import { useCallback } from 'react'
import type { ValueReport } from '../api/value.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { Behind } from '../design/behind.tsx'
import { Card } from '../design/card.tsx'
import { Chart, type Palette, tooltipOf } from '../design/chart.tsx'
import { type Column, DataTable } from '../design/data-table.tsx'
import { count, percent } from '../design/format.ts'
import { Legend } from '../design/legend.tsx'
import { axisOf, grid, namesAxis, rangeOf, right, whiskers } from './value-axes.ts'

const text = words({
  check: {
    ko: (n: number) => `1. 지난 ${n}일을 미리 맞혀 봤어요`,
    en: (n: number) => `1. The last ${n} days, foretold`,
  },
  checkNote: {
    ko: (foretold: string, made: string, off: string) =>
      `그 전까지의 주문만 보고 내다봤어요. 추정 ${foretold}건, 실제 ${made}건으로 ${off} 차이예요.`,
    en: (foretold: string, made: string, off: string) =>
      `From what came before alone: ${foretold} orders foretold, ${made} made, ${off} apart.`,
  },
  inside: {
    ko: (low: string, high: string) => `실제가 추정의 구간(${low} ~ ${high}건) 안에 있었어요.`,
    en: (low: string, high: string) =>
      `The actual lay within the interval foretold (${low} to ${high}).`,
  },
  outside: {
    ko: (low: string, high: string) =>
      `실제가 추정의 구간(${low} ~ ${high}건)을 벗어났어요. 우리 상점 고객이 이 방법이 그리는 모습과 다르게 산다는 뜻이에요.`,
    en: (low: string, high: string) =>
      `The actual lay outside the interval foretold (${low} to ${high}): customers here buy unlike the model.`,
  },
  checkLabel: {
    ko: '그때까지 다시 산 횟수마다, 내다본 주문과 실제 주문을 견준 그림이에요.',
    en: 'Foretold against actual orders by how often people had come until then.',
  },
  repeats: { ko: '그때까지 다시 산 횟수 (번)', en: 'Bought again until then' },
  more: { ko: (n: number) => `${n} 이상`, en: (n: number) => `${n} or more` },
  ordersEach: { ko: '한 사람의 주문 (건)', en: 'Orders a person' },
  predicted: { ko: '추정', en: 'Foretold' },
  actual: { ko: '실제', en: 'Actual' },
  range: { ko: '추정의 구간', en: 'Interval foretold' },
  customers: { ko: '고객', en: 'Customers' },
})

type Check = NonNullable<ValueReport['check']>

/** How far what was foretold lay from what was made, as a share of the latter. */
export function offOf({ predicted, actual }: Check): number {
  return (predicted - actual) / Math.max(1, actual)
}

/** Foretold with its prediction interval against actual. */
export function CheckChart({ check }: { readonly check: Check }) {
  const said = useWords(text)
  const language = useLanguage()
  const { rows } = check
  const nameOf = useCallback(
    ({ repeats }: Check['rows'][number]) =>
      repeats > 0 && repeats === rows.at(-1)?.repeats ? said.more(repeats) : `${repeats}`,
    [rows, said],
  )
  const option = useCallback(
    (palette: Palette): EChartsCoreOption => ({
      grid,
      tooltip: { trigger: 'axis', ...tooltipOf(palette), valueFormatter: twoDigits },
      xAxis: namesAxis(palette, said.repeats, rows.map(nameOf)),
      yAxis: { type: 'value', name: said.ordersEach, ...axisOf(palette) },
      series: [
        {
          name: said.predicted,
          type: 'bar',
          barMaxWidth: 28,
          data: rows.map((row) => row.predicted),
          itemStyle: { color: palette.accentSoft, borderColor: palette.accent, borderWidth: 1 },
        },
        {
          name: said.actual,
          type: 'line',
          symbolSize: 8,
          symbol: 'circle',
          lineStyle: { width: 0 },
          data: rows.map((row) => row.actual),
          itemStyle: { color: palette.ink },
        },
        ...whiskers(rows, palette.accent),
      ],
    }),
    [rows, said, nameOf],
  )
  const columns: readonly Column<Check['rows'][number]>[] = [
    { key: 'repeats', head: said.repeats, cell: nameOf },
    right('people', said.customers, (row) => count(row.people, language)),
    right('predicted', said.predicted, (row) => twoDigits(row.predicted)),
    right('actual', said.actual, (row) => twoDigits(row.actual)),
    right('range', said.range, (row) => rangeOf(row, twoDigits)),
  ]
  const off = offOf(check)
  const whole = (value: number) => count(Math.round(value), language)
  const { low, high, actual } = check
  const place =
    low === null || high === null
      ? ''
      : (low <= actual && actual <= high ? said.inside : said.outside)(whole(low), whole(high))
  const note = said.checkNote(
    whole(check.predicted),
    whole(actual),
    `${off > 0 ? '+' : ''}${percent(off)}`,
  )
  return (
    <Card title={said.check(check.days)} note={`${note} ${place}`}>
      <Legend
        marks={[
          { name: said.predicted, token: 'accent', opacity: 0.3 },
          { name: said.range, token: 'accent', shape: 'line' },
          { name: said.actual, token: 'ink', shape: 'dot' },
        ]}
      />
      <Chart option={option} height={300} label={said.checkLabel} />
      <Behind>
        <DataTable label={said.check(check.days)} columns={columns} rows={rows} keyOf={nameOf} />
      </Behind>
    </Card>
  )
}

const twoDigits = (value: number) => value.toFixed(2)
