import type { EChartsCoreOption } from 'echarts/core'
import { useCallback } from 'react'
import type { FirstPurchaseRow } from '../api/first-purchase.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { Chart, escapeHtml, type Palette, tooltipOf } from '../design/chart.tsx'
import { count, money, people, percent } from '../design/format.ts'
import { enoughBuyers, wilson } from './rank.ts'

const text = words({
  label: {
    ko: '상품별 첫 구매자 수와 재구매율을 나타낸 산점도. 같은 값이 옆 표에 있어요.',
    en: 'Scatter of first buyers and repurchase rate by product. The table beside it holds the same values.',
  },
  x: { ko: '첫 구매자', en: 'First buyers' },
  y: { ko: '재구매율', en: 'Repurchase rate' },
  shop: { ko: '상점 평균', en: 'shop' },
  rate: { ko: '재구매율', en: 'Repurchase rate' },
  range: { ko: '구간', en: 'interval' },
  revenue: { ko: '추가 매출', en: 'Repeat revenue' },
})

type Props = {
  readonly rows: readonly FirstPurchaseRow[]
  readonly shopRate: number
  readonly currency: string
  readonly chosen: string | null
  readonly choose: (product: string) => void
}

/** First buyers across (logarithmic), repurchase rate up, the bubble's area is repeat revenue; few buyers are grey. */
export function Scatter({ rows, shopRate, currency, chosen, choose }: Props) {
  const said = useWords(text)
  const language = useLanguage()
  const option = useCallback(
    (palette: Palette): EChartsCoreOption => {
      const shown = rows.filter((row) => row.firstBuyers > 0)
      const most = Math.max(...shown.map((row) => row.repeatRevenue), 1)
      const view = viewOf(shown)
      const picked = shown.find((row) => row.product === chosen)
      const axis = {
        axisLine: { lineStyle: { color: palette.line } },
        axisTick: { show: false },
        splitLine: { lineStyle: { color: palette.line } },
        nameTextStyle: { color: palette.quiet, fontSize: 12 },
      }
      const tell = (row: FirstPurchaseRow) => {
        const { low, high } = wilson(row.repeaters, row.firstBuyers)
        return [
          `<b>${escapeHtml(row.name)}</b>`,
          `${said.x} ${people(row.firstBuyers, language)}`,
          `${said.rate} <b>${percent(row.repurchaseRate)}</b> (${said.range} ${percent(low)} ~ ${percent(high)})`,
          `${said.revenue} ${money(row.repeatRevenue, currency, language)}`,
        ].join('<br>')
      }
      return {
        grid: { left: 8, right: 20, top: 36, bottom: 28, containLabel: true },
        tooltip: {
          trigger: 'item',
          ...tooltipOf(palette),
          formatter: (point: { readonly dataIndex: number }) => {
            const row = shown[point.dataIndex]
            return row ? tell(row) : ''
          },
        },
        xAxis: {
          type: view.isLog ? 'log' : 'value',
          name: said.x,
          nameLocation: 'middle',
          nameGap: 30,
          min: view.left,
          max: view.right,
          ...axis,
          axisLabel: { color: palette.quiet, formatter: (value: number) => count(value, language) },
        },
        yAxis: {
          type: 'value',
          name: said.y,
          nameLocation: 'end',
          min: view.bottom,
          max: view.top,
          ...axis,
          nameTextStyle: {
            color: palette.quiet,
            fontSize: 12,
            align: 'left',
            padding: [0, 0, 0, -24],
          },
          axisLabel: {
            color: palette.quiet,
            formatter: (value: number) => `${Math.round(value * 100)} %`,
          },
        },
        series: [
          {
            type: 'scatter',
            data: shown.map((row) => ({
              name: row.product,
              value: [row.firstBuyers, row.repurchaseRate],
              symbolSize: 8 + 26 * Math.sqrt(Math.max(0, row.repeatRevenue) / most),
              itemStyle: {
                color: row.firstBuyers < enoughBuyers ? palette.held : palette.accent,
                opacity:
                  row.product === chosen
                    ? 1
                    : chosen
                      ? 0.25
                      : row.firstBuyers < enoughBuyers
                        ? 0.35
                        : 0.6,
                borderColor: row.product === chosen ? palette.ink : palette.surface,
                borderWidth: row.product === chosen ? 2 : 1,
              },
              z: row.product === chosen ? 10 : 2,
            })),
            cursor: 'pointer',
            markLine: {
              silent: true,
              symbol: 'none',
              lineStyle: { color: palette.quiet, type: 'dashed', width: 1 },
              label: {
                formatter: `${said.shop} ${percent(shopRate)}`,
                position: 'insideStartTop',
                color: palette.quiet,
                backgroundColor: palette.surface,
                padding: [2, 4],
                fontSize: 12,
              },
              data: [{ yAxis: shopRate }],
            },
          },
          ...(picked ? [whisker(picked, palette)] : []),
        ],
      }
    },
    [rows, shopRate, currency, chosen, language, said],
  )
  return <Chart option={option} height={440} label={said.label} onPick={choose} />
}

/** The interval of one product's rate as a line through its bubble. */
function whisker(row: FirstPurchaseRow, palette: Palette) {
  const { low, high } = wilson(row.repeaters, row.firstBuyers)
  return {
    type: 'line',
    silent: true,
    symbol: 'none',
    z: 9,
    lineStyle: { color: palette.ink, width: 2 },
    data: [
      [row.firstBuyers, low],
      [row.firstBuyers, high],
    ],
  }
}

/** The part of the plane where the products are, with a margin; counts that differ a lot get a logarithmic axis. */
function viewOf(rows: readonly FirstPurchaseRow[]) {
  const buyers = rows.map((row) => row.firstBuyers)
  const rates = rows.map((row) => row.repurchaseRate)
  const [fewest, most] = [Math.min(...buyers), Math.max(...buyers)]
  const isLog = most / Math.max(1, fewest) > 20
  const step = most > 500 ? 100 : most > 100 ? 50 : 10
  return {
    isLog,
    left: isLog ? 1 : Math.max(0, Math.floor((fewest * 0.85) / step) * step),
    right: isLog
      ? 10 ** Math.ceil(Math.log10(most * 1.05))
      : Math.ceil((most * 1.08) / step) * step,
    bottom: Math.max(0, Math.floor((Math.min(...rates) - 0.03) * 20) / 20),
    top: Math.min(1, Math.ceil((Math.max(...rates) + 0.03) * 20) / 20),
  }
}
