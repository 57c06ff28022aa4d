import type { EChartsCoreOption } from 'echarts/core'
import { useCallback } from 'react'
import type { ValueReport } from '../api/value.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { Behind } from '../design/behind.tsx'
import { Card } from '../design/card.tsx'
import { Chart, type Palette, tooltipOf } from '../design/chart.tsx'
import { type Column, DataTable } from '../design/data-table.tsx'
import { count, money, people, percent, shortMoney } from '../design/format.ts'
import { Legend } from '../design/legend.tsx'

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
  customersAxis: { ko: '고객 (명)', en: 'Customers' },
  alive: { ko: '2. 아직 고객일 가능성', en: '2. How likely still a customer' },
  aliveNote: {
    ko: '산 적 있는 고객을 가능성으로 나눠 세었어요. 한 번만 산 고객은 떠났는지 알 수 없어 100 %로 세요.',
    en: 'Everyone who bought, by that likelihood. Who bought once cannot be told to have left and counts as 100 %.',
  },
  likely: { ko: '아직 고객일 가능성', en: 'Likelihood' },
  tenths: { ko: '3. 앞으로 1년의 매출은 누구에게서', en: '3. Whose revenue the next year is' },
  tenthsNote: {
    ko: '내다본 매출이 큰 순서로 고객을 열로 나눴어요.',
    en: 'Customers in ten parts by expected revenue, the best first.',
  },
  tenth: { ko: '상위', en: 'Best' },
  tenthAxis: { ko: '내다본 매출의 순위 (상위 %)', en: 'Rank by expected revenue (best %)' },
  revenue: { ko: '1년 매출 추정', en: 'Revenue in a year' },
  share: { ko: '비중', en: 'Share' },
  orders: { ko: '1년 주문 추정', en: 'Orders in a year' },
})

const axisOf = (palette: Palette) => ({
  axisLine: { lineStyle: { color: palette.line } },
  axisTick: { show: false },
  splitLine: { lineStyle: { color: palette.line } },
  axisLabel: { color: palette.quiet, hideOverlap: true },
  nameTextStyle: { color: palette.quiet, fontSize: 12, align: 'left' as const },
})
const grid = { left: 8, right: 16, top: 36, bottom: 30, containLabel: true }

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
      xAxis: {
        type: 'category',
        data: rows.map(nameOf),
        name: said.repeats,
        ...axisOf(palette),
        nameLocation: 'middle',
        nameGap: 28,
        nameTextStyle: { color: palette.quiet, fontSize: 12, align: 'center' },
      },
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
        ...rows.map(({ low, high }, at) => ({
          type: 'line',
          silent: true,
          symbol: 'none',
          tooltip: { show: false },
          lineStyle: { color: palette.accent, width: 2 },
          data:
            low === null || high === null
              ? []
              : [
                  [at, low],
                  [at, high],
                ],
        })),
      ],
    }),
    [rows, said, nameOf],
  )
  const columns: readonly Column<Check['rows'][number]>[] = [
    { key: 'repeats', head: said.repeats, cell: nameOf },
    right('people', said.customers, (row) => count(row.people, language)),
    right('predicted', said.predicted, (row) => twoDigits(row.predicted)),
    right('actual', said.actual, (row) => twoDigits(row.actual)),
    right('range', said.range, ({ low, high }) =>
      low === null || high === null ? '–' : `${twoDigits(low)} ~ ${twoDigits(high)}`,
    ),
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

/** How many customers are how likely still customers. */
export function AliveChart({ shares }: { readonly shares: readonly number[] }) {
  const said = useWords(text)
  const language = useLanguage()
  const rows = shares.map((n, at) => ({ at, n, name: `${spanOf(at)} %` }))
  const option = useCallback(
    (palette: Palette): EChartsCoreOption => ({
      grid,
      tooltip: {
        trigger: 'axis',
        ...tooltipOf(palette),
        valueFormatter: (value: number) => people(value, language),
      },
      xAxis: {
        type: 'category',
        data: shares.map((_, at) => spanOf(at)),
        name: `${said.likely} (%)`,
        ...axisOf(palette),
        nameLocation: 'middle',
        nameGap: 28,
        nameTextStyle: { color: palette.quiet, fontSize: 12, align: 'center' },
        axisLabel: { color: palette.quiet, interval: everyOther },
      },
      yAxis: {
        type: 'value',
        name: said.customersAxis,
        minInterval: 1,
        ...axisOf(palette),
        axisLabel: { color: palette.quiet, formatter: (value: number) => count(value, language) },
      },
      series: [
        {
          name: said.customers,
          type: 'bar',
          data: [...shares],
          itemStyle: { color: palette.accent },
        },
      ],
    }),
    [shares, language, said],
  )
  return (
    <Card title={said.alive} note={said.aliveNote}>
      <Chart option={option} height={260} label={said.alive} />
      <Behind>
        <DataTable
          label={said.alive}
          columns={[
            { key: 'name', head: said.likely, cell: (row) => row.name },
            right<(typeof rows)[number]>('n', said.customers, (row) => count(row.n, language)),
          ]}
          rows={rows}
          keyOf={(row) => row.at}
        />
      </Behind>
    </Card>
  )
}

type Tenth = NonNullable<ValueReport['said']>['tenths'][number]

/** What each tenth of the customers is expected to bring. */
export function TenthsChart(props: {
  readonly tenths: readonly Tenth[]
  readonly currency: string
}) {
  const said = useWords(text)
  const language = useLanguage()
  const { tenths, currency } = props
  const all = tenths.reduce((sum, one) => sum + one.revenue, 0)
  const rows = tenths.map((one, at) => ({ ...one, name: `${said.tenth} ${spanOf(at)} %` }))
  const option = useCallback(
    (palette: Palette): EChartsCoreOption => ({
      grid,
      tooltip: {
        trigger: 'axis',
        ...tooltipOf(palette),
        valueFormatter: (value: number) => money(value, currency, language),
      },
      xAxis: {
        type: 'category',
        data: tenths.map((_, at) => spanOf(at)),
        name: said.tenthAxis,
        ...axisOf(palette),
        nameLocation: 'middle',
        nameGap: 28,
        nameTextStyle: { color: palette.quiet, fontSize: 12, align: 'center' },
        axisLabel: { color: palette.quiet, interval: fromFirst },
      },
      yAxis: {
        type: 'value',
        name: said.revenue,
        ...axisOf(palette),
        axisLabel: {
          color: palette.quiet,
          formatter: (value: number) => shortMoney(value, currency, language),
        },
      },
      series: [
        {
          name: said.revenue,
          type: 'bar',
          data: tenths.map((one) => one.revenue),
          itemStyle: { color: palette.accent },
        },
      ],
    }),
    [tenths, currency, language, said],
  )
  const columns: readonly Column<(typeof rows)[number]>[] = [
    { key: 'name', head: said.tenth, cell: (row) => row.name },
    right('people', said.customers, (row) => count(row.people, language)),
    right('orders', said.orders, (row) => count(Math.round(row.orders), language)),
    right('revenue', said.revenue, (row) => money(row.revenue, currency, language)),
    right('share', said.share, (row) => percent(all === 0 ? 0 : row.revenue / all)),
  ]
  return (
    <Card title={said.tenths} note={said.tenthsNote}>
      <Chart option={option} height={260} label={said.tenths} />
      <Behind>
        <DataTable label={said.tenths} columns={columns} rows={rows} keyOf={(row) => row.name} />
      </Behind>
    </Card>
  )
}

/** The tenth at a place, in percent: `0~10`. */
const spanOf = (at: number) => `${at * 10}~${at * 10 + 10}`
/** Of ten names every second: those with the last one, or with the first one. */
const everyOther = (at: number) => at % 2 === 1
const fromFirst = (at: number) => at % 2 === 0

const twoDigits = (value: number) => value.toFixed(2)

function right<Row>(key: string, head: string, cell: (row: Row) => string): Column<Row> {
  return { key, head, cell, align: 'right' }
}
