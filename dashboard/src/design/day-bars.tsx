import type { EChartsCoreOption } from 'echarts/core'
import { useCallback } from 'react'
import { useLanguage } from '../app/language.ts'
import { Chart, type Palette, tooltipOf } from './chart.tsx'
import { count } from './format.ts'

export type DayBar = {
  /** As it stands under the bar. */
  readonly name: string
  readonly sent: number
  readonly heldOut: number
  /** Beside the bars, in the tooltip. */
  readonly also: number
}

type Props = {
  readonly days: readonly DayBar[]
  readonly names: { readonly sent: string; readonly heldOut: string; readonly also: string }
  readonly label: string
  readonly height: number
}

/** Messages of each day with the people held out on it, one upon the other. */
export function DayBars({ days, names, label, height }: Props) {
  const language = useLanguage()
  const option = useCallback(
    (palette: Palette): EChartsCoreOption => {
      const bars = [
        { key: 'sent', color: palette.accent },
        { key: 'heldOut', color: palette.held },
      ] as const
      return {
        grid: { left: 4, right: 8, top: 12, bottom: 4, containLabel: true },
        tooltip: {
          trigger: 'axis',
          ...tooltipOf(palette),
          formatter: (points: readonly { readonly dataIndex: number }[]) => {
            const one = days[points[0]?.dataIndex ?? -1]
            if (!one) return ''
            return [
              one.name,
              `${names.sent} <b>${count(one.sent, language)}</b>`,
              `${names.heldOut} ${count(one.heldOut, language)}`,
              `${names.also} ${count(one.also, language)}`,
            ].join('<br>')
          },
        },
        xAxis: {
          type: 'category',
          data: days.map(({ name }) => name.replace(/ ?\(.\)$/, '')),
          axisLine: { lineStyle: { color: palette.line } },
          axisTick: { show: false },
          axisLabel: { color: palette.quiet, fontSize: 12, hideOverlap: true },
        },
        yAxis: {
          type: 'value',
          minInterval: 1,
          splitNumber: 3,
          axisLabel: { color: palette.quiet, fontSize: 12 },
          splitLine: { lineStyle: { color: palette.line } },
        },
        series: bars.map(({ key, color }) => ({
          type: 'bar',
          stack: 'people',
          barMaxWidth: 28,
          data: days.map((one) => one[key]),
          itemStyle: { color, borderRadius: 2 },
        })),
      }
    },
    [days, names, language],
  )
  return <Chart option={option} height={height} label={label} />
}
