import { useElementSize } from '@mantine/hooks'
import type { EChartsCoreOption } from 'echarts/core'
import { useCallback } from 'react'
import type { FirstPurchaseRow } from '../api/first-purchase.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { Chart, escapeHtml, type Palette, tooltipOf } from '../design/chart.tsx'
import { count, money, people, percent } from '../design/format.ts'

const text = words({
  label: {
    ko: '상품별 첫 구매자 수와 보정한 재구매율을 구간과 함께 나타낸 산점도. 같은 값이 옆 표에 있어요.',
    en: 'Scatter of first buyers and adjusted repurchase rate with its interval by product. The table beside it holds the same values.',
  },
  x: { ko: '첫 구매자', en: 'First buyers' },
  y: { ko: '보정한 재구매율', en: 'Adjusted repurchase rate' },
  shop: { ko: '상점 평균', en: 'shop' },
  rate: { ko: '보정한 재구매율', en: 'Adjusted repurchase rate' },
  range: { ko: '구간', en: 'interval' },
  revenue: { ko: '추가 매출', en: 'Repeat revenue' },
})

/** Where the first name stands and how far the next one below it, px. */
const nameTop = 40
const nameStep = 18

type Props = {
  readonly rows: readonly FirstPurchaseRow[]
  readonly shopRate: number
  readonly currency: string
  readonly chosen: string | null
  readonly choose: (product: string) => void
}

/** Products whose intervals are drawn all at once; of more only the largest few, or nobody could tell whose line is whose. */
const whiskersLimit = { all: 60, some: 15 } as const
/** The best so many are named in the picture. */
const namedPlaces = 3
/** Letters of a name in the picture. */
const nameLimit = 10
/** Of more products than this each is drawn smaller, so that they do not become one spot. */
const roomyLimit = 200

/** First buyers across (logarithmic), adjusted repurchase rate up with its interval, the bubble's area is repeat revenue; those without a place are grey. */
export function Scatter({ rows, shopRate, currency, chosen, choose }: Props) {
  const said = useWords(text)
  const language = useLanguage()
  const { ref: box, width } = useElementSize()
  const option = useCallback(
    (palette: Palette): EChartsCoreOption => {
      const shown = rows.filter((row) => row.firstBuyers >= 1)
      const most = Math.max(...shown.map((row) => row.repeatRevenue), 1)
      const picked = shown.find((row) => row.product === chosen)
      const ranked = shown
        .filter((row) => row.rank !== null && row !== picked)
        .toSorted((a, b) => b.firstBuyers - a.firstBuyers)
      const drawn = ranked.length > whiskersLimit.all ? whiskersLimit.some : ranked.length
      const placed = [...(picked ? [picked] : []), ...ranked.slice(0, drawn)]
      const view = viewOf(shown, placed)
      const size = shown.length > roomyLimit ? { least: 4, more: 18 } : { least: 8, more: 26 }
      const axis = {
        axisLine: { lineStyle: { color: palette.line } },
        axisTick: { show: false },
        splitLine: { lineStyle: { color: palette.line } },
        nameTextStyle: { color: palette.quiet, fontSize: 12 },
      }
      const tell = (row: FirstPurchaseRow) => {
        return [
          `<b>${escapeHtml(row.name)}</b>`,
          `${said.x} ${people(row.firstBuyers, language)}`,
          `${said.rate} <b>${percent(row.adjRate)}</b> (${said.range} ${percent(row.adjLow)} ~ ${percent(row.adjHigh)})`,
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
              value: [row.firstBuyers, row.adjRate],
              symbolSize: size.least + size.more * Math.sqrt(Math.max(0, row.repeatRevenue) / most),
              itemStyle: {
                color: row.rank === null ? palette.held : palette.accent,
                opacity:
                  row.product === chosen ? 1 : chosen ? 0.25 : row.rank === null ? 0.35 : 0.6,
                borderColor: row.product === chosen ? palette.ink : palette.surface,
                borderWidth: row.product === chosen ? 2 : 1,
              },
              z: row.product === chosen ? 10 : 6,
              label: {
                show: row === picked || (row.rank !== null && row.rank <= namedPlaces),
                formatter:
                  row.name.length > nameLimit ? `${row.name.slice(0, nameLimit)}…` : row.name,
                position: 'top',
                color: palette.ink,
                opacity: 1,
                backgroundColor: palette.surface,
                padding: [1, 3],
                fontSize: 12,
              },
            })),
            cursor: 'pointer',
            // Best ones lie close together: names stand above all, below each other, each with a line to its own.
            labelLayout: ({ dataIndex = 0 }) => {
              const place = shown[dataIndex]?.rank ?? Number.POSITIVE_INFINITY
              return place > namedPlaces ? {} : { y: nameTop + nameStep * (place - 1) }
            },
            labelLine: { show: true, lineStyle: { color: palette.quiet } },
            // Above the lines of the intervals, so that names can be read.
            z: 6,
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
              data: [
                { yAxis: shopRate },
                ...placed.map((row) => whisker(row, row === picked ? palette.ink : palette.held)),
              ],
            },
          },
        ],
      }
    },
    [rows, shopRate, currency, chosen, language, said],
  )
  // The lines of a chart stay where they were when it is made narrower: one of another width is another chart.
  return (
    <div ref={box}>
      <Chart
        key={Math.round(width)}
        option={option}
        height={440}
        label={said.label}
        onPick={choose}
      />
    </div>
  )
}

/** The interval of one product's rate as a line through its bubble. */
function whisker(row: FirstPurchaseRow, color: string) {
  const lineStyle = { color, width: 1.5, type: 'solid', opacity: 0.8 }
  const end = (rate: number) => ({
    coord: [row.firstBuyers, rate],
    lineStyle,
    label: { show: false },
  })
  return [end(row.adjLow), end(row.adjHigh)]
}

/** The part of the plane where the products and the intervals drawn are, with a margin; counts that differ a lot get a logarithmic axis. */
function viewOf(rows: readonly FirstPurchaseRow[], placed: readonly FirstPurchaseRow[]) {
  const buyers = rows.map((row) => row.firstBuyers)
  const rates = [
    ...rows.map((row) => row.adjRate),
    ...placed.flatMap((row) => [row.adjLow, row.adjHigh]),
  ]
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
