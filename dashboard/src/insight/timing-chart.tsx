import type { EChartsCoreOption } from 'echarts/core'
import { useCallback } from 'react'
import type { TimingRow } from '../api/buying.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { Chart, escapeHtml, type Palette, tooltipOf } from '../design/chart.tsx'
import { count } from '../design/format.ts'
import { Legend } from '../design/legend.tsx'

const text = words({
  label: {
    ko: '이름마다 다시 사기까지 걸린 날. 막대는 가운데 절반, 점은 가운데 값이에요. 같은 값이 아래 표에 있어요.',
    en: 'Days until bought again by name: the bar is the middle half, the dot the median. The table below holds the same values.',
  },
  days: { ko: '다시 사기까지 걸린 날 (일)', en: 'Days until bought again' },
  median: { ko: '가운데 값', en: 'Median' },
  half: { ko: '가운데 절반', en: 'Middle half' },
  day: { ko: '일', en: ' days' },
})
const shown = 12

/** The middle half of the intervals of each name with its median, those with most intervals. */
export function TimingChart({ rows }: { readonly rows: readonly TimingRow[] }) {
  const said = useWords(text)
  const language = useLanguage()
  const option = useCallback(
    (palette: Palette): EChartsCoreOption => {
      const drawn = rows.slice(0, shown).toReversed()
      const whole = (value: number | null) => count(Math.round(value ?? 0), language)
      return {
        grid: { left: 8, right: 24, top: 8, bottom: 30, containLabel: true },
        tooltip: {
          trigger: 'item',
          ...tooltipOf(palette),
          formatter: ({ dataIndex }: { readonly dataIndex: number }) => {
            const row = drawn[dataIndex]
            if (!row) return ''
            return [
              `<b>${escapeHtml(row.name)}</b> (n ${count(row.intervals, language)})`,
              `${said.median} ${whole(row.median)}${said.day}`,
              `${said.half} ${whole(row.lower)} ~ ${whole(row.upper)}${said.day}`,
            ].join('<br>')
          },
        },
        xAxis: {
          type: 'value',
          min: 0,
          name: said.days,
          nameLocation: 'middle',
          nameGap: 28,
          axisLabel: { color: palette.quiet },
          splitLine: { lineStyle: { color: palette.line } },
          nameTextStyle: { color: palette.quiet, fontSize: 12 },
        },
        yAxis: {
          type: 'category',
          data: drawn.map((row) => row.name),
          axisTick: { show: false },
          axisLine: { lineStyle: { color: palette.line } },
          axisLabel: { color: palette.ink, width: 120, overflow: 'truncate' },
        },
        series: [
          {
            type: 'bar',
            stack: 'half',
            silent: true,
            data: drawn.map((row) => row.lower ?? 0),
            itemStyle: { color: 'transparent' },
          },
          {
            type: 'bar',
            stack: 'half',
            barMaxWidth: 16,
            data: drawn.map((row) => (row.upper ?? 0) - (row.lower ?? 0)),
            itemStyle: { color: palette.accentSoft, borderColor: palette.accent, borderWidth: 1 },
          },
          {
            type: 'scatter',
            symbolSize: 9,
            data: drawn.map((row) => row.median ?? 0),
            itemStyle: { color: palette.accent },
          },
        ],
      }
    },
    [rows, language, said],
  )
  if (rows.length === 0) return null
  return (
    <div style={{ padding: '0 24px' }}>
      <Legend
        marks={[
          { name: said.half, token: 'accent', opacity: 0.3 },
          { name: said.median, token: 'accent', shape: 'dot' },
        ]}
      />
      <Chart option={option} height={80 + 28 * Math.min(shown, rows.length)} label={said.label} />
    </div>
  )
}
