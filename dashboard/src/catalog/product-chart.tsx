import type { EChartsCoreOption } from 'echarts/core'
import { useCallback } from 'react'
import { dayMs } from '../../../server/src/lib/duration.ts'
import type { HistoryPoint } from '../api/products.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useSession } from '../app/session.tsx'
import { Chart, type Palette, tooltipOf } from '../design/chart.tsx'
import { count, day, dayAndTime, hourAndMinute, money } from '../design/format.ts'

const text = words({
  label: {
    ko: '가격과 재고가 시간에 따라 어떻게 바뀌었는지 보여주는 그림이에요.',
    en: 'How price and stock went over time.',
  },
  price: { ko: '가격', en: 'Price' },
  stock: { ko: '재고', en: 'Stock' },
})

/** Price (left) and stock (right) over time; each holds until the next word about it. */
export function ProductChart({ points, currency, now }: ChartProps) {
  const said = useWords(text)
  const language = useLanguage()
  const { timeZone } = useSession().shop
  const option = useCallback(
    (palette: Palette): EChartsCoreOption => {
      const last = points.at(-1)
      const drawn = last && last.at < now ? [...points, { ...last, at: now }] : points
      const hasStock = drawn.some(({ stock }) => stock !== null)
      const axis = {
        axisLine: { lineStyle: { color: palette.line } },
        axisTick: { show: false },
        axisLabel: { color: palette.quiet, hideOverlap: true },
        splitLine: { show: false },
        nameTextStyle: { color: palette.quiet, fontSize: 12 },
      }
      return {
        grid: { left: 8, right: 12, top: 28, bottom: 8, containLabel: true },
        tooltip: {
          trigger: 'axis',
          ...tooltipOf(palette),
          formatter: (at: readonly TooltipPoint[]) =>
            [
              dayAndTime(at[0]?.value[0] ?? now, { timeZone, language }, now),
              ...at.flatMap(({ seriesName, value }) =>
                value[1] === null
                  ? []
                  : `${seriesName} <b>${seriesName === said.price ? money(value[1], currency, language) : count(value[1], language)}</b>`,
              ),
            ].join('<br>'),
        },
        xAxis: {
          type: 'time',
          ...axis,
          axisLabel: {
            color: palette.quiet,
            hideOverlap: true,
            // In the shop's zone, as every other time on the page.
            formatter: (at: number) =>
              now - (points[0]?.at ?? now) > dayMs * 2
                ? day(at, { timeZone, language }, now)
                : hourAndMinute(at, timeZone),
          },
        },
        yAxis: [
          {
            type: 'value',
            scale: true,
            splitNumber: 3,
            name: said.price,
            ...axis,
            axisLabel: {
              color: palette.quiet,
              formatter: (value: number) => money(value, currency, language),
            },
            splitLine: { lineStyle: { color: palette.line } },
          },
          {
            type: 'value',
            min: 0,
            minInterval: 1,
            splitNumber: 3,
            name: hasStock ? said.stock : '',
            ...axis,
          },
        ],
        series: [
          {
            name: said.price,
            type: 'line',
            step: 'end',
            showSymbol: false,
            lineStyle: { color: palette.accent, width: 2 },
            itemStyle: { color: palette.accent },
            data: drawn.map(({ at, price }) => [at, price]),
          },
          ...(hasStock
            ? [
                {
                  name: said.stock,
                  type: 'line',
                  step: 'end',
                  yAxisIndex: 1,
                  showSymbol: false,
                  lineStyle: { color: palette.held, width: 1.5, type: 'dashed' },
                  itemStyle: { color: palette.held },
                  data: drawn.map(({ at, stock }) => [at, stock]),
                },
              ]
            : []),
        ],
      }
    },
    [points, currency, now, said, language, timeZone],
  )
  return <Chart option={option} height={260} label={said.label} />
}
type TooltipPoint = {
  readonly seriesName: string
  readonly value: readonly [number, number | null]
}
type ChartProps = {
  readonly points: readonly HistoryPoint[]
  readonly currency: string
  /** UTC ms: the picture ends there. */
  readonly now: number
}
