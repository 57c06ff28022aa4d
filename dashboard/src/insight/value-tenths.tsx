import type { EChartsCoreOption } from 'echarts/core'
import { useCallback, useMemo } from 'react'
import type { ValueReport } from '../api/value.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { Behind } from '../design/behind.tsx'
import { Card } from '../design/card.tsx'
import { Chart, type Palette, tooltipOf } from '../design/chart.tsx'
import { type Column, DataTable } from '../design/data-table.tsx'
import { cases, count, money, percent, shortMoney } from '../design/format.ts'
import { Legend } from '../design/legend.tsx'
import { axisOf, grid, namesAxis, rangeOf, right, spanOf, whiskers } from './value-axes.ts'

const text = words({
  title: { ko: '3. 앞으로 1년의 매출은 누구에게서', en: '3. Whose revenue the next year is' },
  ordersTitle: { ko: '3. 앞으로 1년의 주문은 누구에게서', en: '3. Whose orders the next year are' },
  note: {
    ko: '내다본 크기의 순서로 고객을 열로 나눴어요.',
    en: 'Customers in ten parts by what is expected of them, the best first.',
  },
  tenth: { ko: '상위', en: 'Best' },
  axis: { ko: '내다본 크기의 순위 (상위 %)', en: 'Rank by what is expected (best %)' },
  customers: { ko: '고객', en: 'Customers' },
  orders: { ko: '1년 주문 추정', en: 'Orders in a year' },
  revenue: { ko: '1년 매출 추정', en: 'Revenue in a year' },
  range: { ko: '추정의 구간', en: 'Its interval' },
  share: { ko: '비중', en: 'Share' },
})

type Tenth = NonNullable<ValueReport['said']>['tenths'][number]

/** Each tenth by what the picture shows: revenue, or orders where amounts cannot be foretold. */
const rowsOf = (tenths: readonly Tenth[]) =>
  tenths.map((one, at) => ({ ...one, ...(one.revenue ?? one.orders), at }))

/** The picture's words and numbers. */
function useTold(tenths: readonly Tenth[], currency: string) {
  const said = useWords(text)
  const language = useLanguage()
  const hasMoney = tenths.every((one) => one.revenue !== null)
  return useMemo(
    () => ({
      hasMoney,
      name: hasMoney ? said.revenue : said.orders,
      title: hasMoney ? said.title : said.ordersTitle,
      axis: said.axis,
      exact: (value: number) =>
        hasMoney ? money(value, currency, language) : cases(Math.round(value), language),
      short: (value: number) =>
        hasMoney ? shortMoney(value, currency, language) : count(value, language),
    }),
    [hasMoney, currency, language, said],
  )
}

/** What each tenth of the customers is expected to bring, with its interval. */
export function TenthsChart(props: {
  readonly tenths: readonly Tenth[]
  readonly currency: string
}) {
  const { tenths, currency } = props
  const said = useWords(text)
  const language = useLanguage()
  const told = useTold(tenths, currency)
  const { hasMoney, name, title } = told
  const option = useCallback(
    (palette: Palette) => pictureOf(palette, rowsOf(tenths), told),
    [tenths, told],
  )
  const rows = rowsOf(tenths)
  const all = rows.reduce((sum, one) => sum + one.value, 0)
  const columns: readonly Column<(typeof rows)[number]>[] = [
    { key: 'name', head: said.tenth, cell: (row) => `${said.tenth} ${spanOf(row.at)} %` },
    right('people', said.customers, (row) => count(row.people, language)),
    right('orders', said.orders, (row) => count(Math.round(row.orders.value), language)),
    ...(hasMoney
      ? [right<(typeof rows)[number]>('revenue', said.revenue, (row) => told.short(row.value))]
      : []),
    right('range', said.range, (row) => rangeOf(row, told.short)),
    right('share', said.share, (row) => percent(all === 0 ? 0 : row.value / all)),
  ]
  return (
    <Card title={title} note={said.note}>
      <Legend
        marks={[
          { name, token: 'accent', opacity: 0.3 },
          { name: said.range, token: 'accent', shape: 'line' },
        ]}
      />
      <Chart option={option} height={260} label={title} />
      <Behind>
        <DataTable label={title} columns={columns} rows={rows} keyOf={(row) => row.at} />
      </Behind>
    </Card>
  )
}

function pictureOf(
  palette: Palette,
  rows: ReturnType<typeof rowsOf>,
  { axis, name, exact, short }: ReturnType<typeof useTold>,
): EChartsCoreOption {
  const names = rows.map(({ at }) => spanOf(at))
  return {
    grid,
    tooltip: { trigger: 'axis', ...tooltipOf(palette), valueFormatter: exact },
    xAxis: {
      ...namesAxis(palette, axis, names),
      axisLabel: { color: palette.quiet, interval: fromFirst },
    },
    yAxis: {
      type: 'value',
      name,
      ...axisOf(palette),
      axisLabel: { color: palette.quiet, formatter: short },
    },
    series: [
      {
        name,
        type: 'bar',
        data: rows.map((one) => one.value),
        itemStyle: { color: palette.accentSoft, borderColor: palette.accent, borderWidth: 1 },
      },
      ...whiskers(rows, palette.accent),
    ],
  }
}

/** Of ten names every second, with the first one. */
const fromFirst = (at: number) => at % 2 === 0
