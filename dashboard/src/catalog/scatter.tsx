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
          type: 'log',
          name: said.x,
          nameLocation: 'middle',
          nameGap: 30,
          min: 1,
          ...axis,
          axisLabel: { color: palette.quiet, formatter: (value: number) => count(value, language) },
        },
        yAxis: {
          type: 'value',
          name: said.y,
          nameLocation: 'end',
          min: 0,
          max: (range: { readonly max: number }) =>
            Math.min(1, Math.ceil(range.max * 10 + 0.5) / 10),
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
              symbolSize: 8 + 40 * Math.sqrt(Math.max(0, row.repeatRevenue) / most),
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
                position: 'insideEndTop',
                color: palette.quiet,
                fontSize: 12,
              },
              data: [{ yAxis: shopRate }],
            },
          },
        ],
      }
    },
    [rows, shopRate, currency, chosen, language, said],
  )
  return <Chart option={option} height={440} label={said.label} onPick={choose} />
}
