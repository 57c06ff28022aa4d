import type { EChartsCoreOption } from 'echarts/core'
import { useCallback } from 'react'
import type { ValueReport } from '../api/value.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { Behind } from '../design/behind.tsx'
import { Card } from '../design/card.tsx'
import { Chart, type Palette, tooltipOf } from '../design/chart.tsx'
import { DataTable } from '../design/data-table.tsx'
import { count, people, percent } from '../design/format.ts'
import { Legend } from '../design/legend.tsx'
import { axisOf, grid, namesAxis, rangeOf, right, spanOf, whiskers } from './value-axes.ts'

const text = words({
  title: { ko: '2. 아직 고객일 가능성', en: '2. How likely still a customer' },
  note: {
    ko: '산 적 있는 고객을 가능성으로 나눠 세고, 그 가운데 몇 명이 아직 고객일지 어림했어요. 한 번만 산 고객은 떠났는지 알 수 없어 100 %로 세요.',
    en: 'Everyone who bought, by that likelihood, and how many of each part still are customers. Who bought once cannot be told to have left and counts as 100 %.',
  },
  likely: { ko: '아직 고객일 가능성', en: 'Likelihood' },
  customers: { ko: '고객', en: 'Customers' },
  axis: { ko: '고객 (명)', en: 'Customers' },
  alive: { ko: '아직 고객 (추정)', en: 'Still customers (estimate)' },
  range: { ko: '추정의 구간', en: 'Its interval' },
})

type Part = NonNullable<ValueReport['said']>['aliveParts'][number]

/** How many customers are how likely still customers, and how many of them are, with its interval. */
export function AliveChart({ parts }: { readonly parts: readonly Part[] }) {
  const said = useWords(text)
  const language = useLanguage()
  const option = useCallback(
    (palette: Palette): EChartsCoreOption => ({
      grid,
      tooltip: {
        trigger: 'axis',
        ...tooltipOf(palette),
        valueFormatter: (value: number) => people(Math.round(value), language),
      },
      xAxis: {
        ...namesAxis(
          palette,
          `${said.likely} (%)`,
          parts.map((_, at) => spanOf(at)),
        ),
        axisLabel: { color: palette.quiet, interval: everyOther },
      },
      yAxis: {
        type: 'value',
        name: said.axis,
        minInterval: 1,
        ...axisOf(palette),
        axisLabel: { color: palette.quiet, formatter: (value: number) => count(value, language) },
      },
      series: [
        {
          name: said.customers,
          type: 'bar',
          data: parts.map((one) => one.people),
          itemStyle: { color: palette.accentSoft, borderColor: palette.accent, borderWidth: 1 },
        },
        {
          name: said.alive,
          type: 'line',
          symbolSize: 8,
          symbol: 'circle',
          lineStyle: { width: 0 },
          data: parts.map((one) => (one.people === 0 ? null : one.alive.value)),
          itemStyle: { color: palette.ink },
        },
        ...whiskers(
          parts.map((one) => one.alive),
          palette.ink,
        ),
      ],
    }),
    [parts, language, said],
  )
  const rows = parts.map((one, at) => ({ ...one, at }))
  const whole = (value: number) => count(Math.round(value), language)
  const columns = [
    { key: 'at', head: said.likely, cell: (row: (typeof rows)[number]) => `${spanOf(row.at)} %` },
    right<(typeof rows)[number]>('people', said.customers, (row) => count(row.people, language)),
    right<(typeof rows)[number]>('alive', said.alive, ({ alive, people: all }) =>
      all === 0 ? '–' : `${whole(alive.value)} (${percent(alive.value / all)})`,
    ),
    right<(typeof rows)[number]>('range', said.range, (row) =>
      row.people === 0 ? '–' : rangeOf(row.alive, whole),
    ),
  ]
  return (
    <Card title={said.title} note={said.note}>
      <Legend
        marks={[
          { name: said.customers, token: 'accent', opacity: 0.3 },
          { name: said.alive, token: 'ink', shape: 'dot' },
          { name: said.range, token: 'ink', shape: 'line' },
        ]}
      />
      <Chart option={option} height={260} label={said.title} />
      <Behind>
        <DataTable label={said.title} columns={columns} rows={rows} keyOf={(row) => row.at} />
      </Behind>
    </Card>
  )
}

/** Of ten names every second, with the last one. */
const everyOther = (at: number) => at % 2 === 1
