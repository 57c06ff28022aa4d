import type { EChartsCoreOption } from 'echarts/core'
import { useCallback } from 'react'
import type { BacktestSide } from '../../../../server/src/campaigns/backtest/backtest.ts'
import { useLanguage, useWords } from '../../app/language.ts'
import { Chart, type Palette, tooltipOf } from '../../design/chart.tsx'
import { count, day } from '../../design/format.ts'
import style from './backtest.module.css'
import { backtestWords } from './words.ts'

/** Messages day by day, with the people held out on the same days. */
export function Days({ days }: { readonly days: BacktestSide['days'] }) {
  const said = useWords(backtestWords)
  const language = useLanguage()
  const option = useCallback(
    (palette: Palette): EChartsCoreOption => {
      const named = days.map((one) =>
        day(Date.parse(one.day), { timeZone: 'UTC', language }).replace(/ ?\(.\)$/, ''),
      )
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
            const index = points[0]?.dataIndex ?? -1
            const one = days[index]
            if (!one) return ''
            return [
              named[index],
              `${said.sent} <b>${count(one.sent, language)}</b>`,
              `${said.heldOut} ${count(one.heldOut, language)}`,
              `${said.entered} ${count(one.entered, language)}`,
            ].join('<br>')
          },
        },
        xAxis: {
          type: 'category',
          data: named,
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
        series: bars.map((bar) => ({
          type: 'bar',
          stack: 'people',
          barMaxWidth: 28,
          data: days.map((one) => one[bar.key]),
          itemStyle: { color: bar.color, borderRadius: 2 },
        })),
      }
    },
    [days, language, said],
  )
  return (
    <div className={style.part}>
      <h3>{said.byDay}</h3>
      <Chart option={option} height={180} label={said.byDayLabel} />
    </div>
  )
}
