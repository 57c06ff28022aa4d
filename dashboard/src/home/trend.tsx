import { SegmentedControl } from '@mantine/core'
import type { EChartsCoreOption } from 'echarts/core'
import { useCallback, useState } from 'react'
import type { HomeReport } from '../api/reports.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useSession } from '../app/session.tsx'
import { Behind } from '../design/behind.tsx'
import { Card } from '../design/card.tsx'
import { Chart, type Palette, tooltipOf } from '../design/chart.tsx'
import { cases, count, day, mails, money, shortMoney } from '../design/format.ts'
import { Bone } from '../design/states.tsx'
import { DayTable } from './day-table.tsx'

const text = words({
  title: { ko: '하루하루', en: 'Day by day' },
  show: { ko: '보는 값', en: 'Shown' },
  revenue: { ko: '매출', en: 'Revenue' },
  orders: { ko: '주문', en: 'Orders' },
  ordersAxis: { ko: '주문 (건)', en: 'Orders' },
  messagesAxis: { ko: '메시지 (통)', en: 'Messages' },
  week: { ko: '이날부터 7일', en: '7 days from here' },
  soFar: { ko: '지금까지', en: 'so far' },
  messages: { ko: '메시지', en: 'Messages' },
  label: {
    ko: (what: string) => `날짜별 ${what} 그래프`,
    en: (what: string) => `${what} by day`,
  },
})

type Shown = 'revenue' | 'orders' | 'messages'

/** One measure over time. */
export function Trend({ home }: { readonly home: HomeReport | undefined }) {
  const said = useWords(text)
  const language = useLanguage()
  const { shop } = useSession()
  const [shown, setShown] = useState<Shown>('revenue')
  const metric = home?.[shown]
  const option = useCallback(
    (palette: Palette): EChartsCoreOption => {
      const series = drawn(metric?.series ?? [])
      const all = series.map((point) => point.value)
      const isWeekly = series.length < (metric?.series.length ?? 0)
      const when = { timeZone: shop.timeZone, language }
      const exact = (value: number) =>
        shown === 'revenue'
          ? money(value, shop.currency, language)
          : shown === 'orders'
            ? cases(value, language)
            : mails(value, language)
      const short = (value: number) =>
        shown === 'revenue' ? shortMoney(value, shop.currency, language) : count(value, language)
      const shortDay = (at: number) => {
        const full = day(at, when)
        return language === 'ko' ? full.replace(/ \(.\)/, '') : full.split(' ').slice(1).join(' ')
      }
      return {
        grid: { left: 8, right: 16, top: 36, bottom: 4, containLabel: true },
        tooltip: {
          trigger: 'axis',
          ...tooltipOf(palette),
          formatter: (points: readonly { readonly dataIndex: number }[]) => {
            const point = series[points[0]?.dataIndex ?? -1]
            const partly =
              point === series.at(-1) ? ` · ${said.soFar}` : isWeekly ? ` · ${said.week}` : ''
            return point ? `${day(point.at, when)}${partly}<br><b>${exact(point.value)}</b>` : ''
          },
          axisPointer: { lineStyle: { color: palette.quiet, type: 'solid', width: 1 } },
        },
        xAxis: {
          type: 'category',
          boundaryGap: false,
          data: series.map((point) => shortDay(point.at)),
          axisLine: { lineStyle: { color: palette.line } },
          axisTick: { show: false },
          axisLabel: { color: palette.quiet, fontSize: 12, hideOverlap: true, margin: 12 },
        },
        yAxis: {
          type: 'value',
          name:
            shown === 'revenue'
              ? said.revenue
              : shown === 'orders'
                ? said.ordersAxis
                : said.messagesAxis,
          nameTextStyle: {
            color: palette.quiet,
            fontSize: 12,
            align: 'left',
            padding: [0, 0, 0, -32],
          },
          splitNumber: 4,
          minInterval: 1,
          axisLabel: { color: palette.quiet, fontSize: 12, formatter: short },
          splitLine: { lineStyle: { color: palette.line } },
        },
        series: [
          {
            type: 'line',
            data: isWeekly ? all : [...all.slice(0, -1), null],
            showSymbol: false,
            symbol: 'circle',
            symbolSize: 8,
            lineStyle: { width: 2, color: palette.accent },
            itemStyle: { color: palette.accent, borderColor: palette.surface, borderWidth: 2 },
            areaStyle: { color: palette.accent, opacity: 0.08 },
          },
          // Today has only begun: dashed, so that it is no fall.
          ...(isWeekly
            ? []
            : [
                {
                  type: 'line',
                  data: all.map((value, at) => (at < all.length - 2 ? null : value)),
                  showSymbol: false,
                  symbol: 'circle',
                  symbolSize: 8,
                  lineStyle: { width: 2, type: 'dashed', color: palette.accent },
                  itemStyle: { color: palette.accent },
                },
              ]),
        ],
      }
    },
    [metric, shown, shop.timeZone, shop.currency, language, said],
  )
  return (
    <Card
      title={said.title}
      beside={
        <SegmentedControl
          size="xs"
          aria-label={said.show}
          data={(['revenue', 'orders', 'messages'] as const).map((value) => ({
            value,
            label: said[value],
          }))}
          value={shown}
          onChange={(value) => setShown(value as Shown)}
        />
      }
    >
      {home && metric ? (
        <>
          <Chart option={option} height={264} label={said.label(said[shown])} />
          <Behind>
            <DayTable home={home} />
          </Behind>
        </>
      ) : (
        <Bone height={264} />
      )}
    </Card>
  )
}

type Point = { readonly at: number; readonly value: number }

/** Days as they are; more than four months of them as weeks, whose shape can be seen. */
function drawn(series: readonly Point[]): readonly Point[] {
  if (series.length <= 120) return series
  // Weeks end with the last day, so that only the first one may be short; it is left out.
  const offset = series.length % 7
  const weeks: Point[] = []
  for (let from = offset; from < series.length; from += 7) {
    const days = series.slice(from, from + 7)
    weeks.push({ at: days[0]?.at ?? 0, value: days.reduce((sum, day) => sum + day.value, 0) })
  }
  return weeks
}
