import type { EChartsCoreOption } from 'echarts/core'
import { useCallback } from 'react'
import type { CampaignReport } from '../api/campaign-report.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useSession } from '../app/session.tsx'
import { Card } from '../design/card.tsx'
import { Chart, type Palette, tooltipOf } from '../design/chart.tsx'
import { count, day } from '../design/format.ts'

const text = words({
  title: { ko: '날짜별로', en: 'Over time' },
  label: { ko: '날짜별 발송과 대조군 수', en: 'Sent and held out by day' },
  sent: { ko: '발송', en: 'Sent' },
  heldOut: { ko: '대조군', en: 'Held out' },
  ordered: { ko: '주문', en: 'Ordered' },
})

/** Messages a day, with the people held out on the same days. */
export function Tempo({ series }: { readonly series: CampaignReport['series'] }) {
  const said = useWords(text)
  const language = useLanguage()
  const { shop } = useSession()
  const option = useCallback(
    (palette: Palette): EChartsCoreOption => {
      const when = { timeZone: shop.timeZone, language }
      const bars = [
        { key: 'sent', color: palette.accent, stack: 'people' },
        { key: 'heldOut', color: palette.held, stack: 'people' },
      ] as const
      return {
        grid: { left: 4, right: 8, top: 12, bottom: 4, containLabel: true },
        tooltip: {
          trigger: 'axis',
          ...tooltipOf(palette),
          formatter: (points: readonly { readonly dataIndex: number }[]) => {
            const point = series[points[0]?.dataIndex ?? -1]
            if (!point) return ''
            return [
              day(point.at, when),
              `${said.sent} <b>${count(point.sent, language)}</b>`,
              `${said.heldOut} ${count(point.heldOut, language)}`,
              `${said.ordered} ${count(point.ordered, language)}`,
            ].join('<br>')
          },
        },
        xAxis: {
          type: 'category',
          data: series.map((point) => day(point.at, when).replace(/ ?\(.\)$/, '')),
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
          stack: bar.stack,
          barMaxWidth: 28,
          data: series.map((point) => point[bar.key]),
          itemStyle: { color: bar.color, borderRadius: 2 },
        })),
      }
    },
    [series, shop.timeZone, language, said],
  )
  if (series.length === 0) return null
  return (
    <Card title={said.title}>
      <Chart option={option} height={200} label={said.label} />
    </Card>
  )
}
