import { SegmentedControl } from '@mantine/core'
import type { EChartsCoreOption } from 'echarts/core'
import { useCallback, useState } from 'react'
import type { MessagingReport } from '../api/messaging.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { Behind } from '../design/behind.tsx'
import { Card } from '../design/card.tsx'
import { Chart, type Palette, tooltipOf } from '../design/chart.tsx'
import { type Column, DataTable } from '../design/data-table.tsx'
import { count, people, percent } from '../design/format.ts'
import { Legend } from '../design/legend.tsx'
import { EmptyState } from '../design/states.tsx'

const text = words({
  pressure: { ko: '한 사람이 받은 광고 메시지', en: 'Advertising messages a person' },
  pressureNote: {
    ko: '메시지를 한 통이라도 받은 고객을 받은 수로 나눴어요. 수신거부는 첫 통을 받은 뒤에 한 것만 세요. 많이 받아서 거부했다는 뜻은 아니에요.',
    en: 'Everyone who got one, by how many. Opt-outs count after the first one; it does not say that the number was the reason.',
  },
  which: { ko: '기간', en: 'Period' },
  week: { ko: '최근 7일', en: '7 days' },
  month: { ko: '최근 30일', en: '30 days' },
  messages: { ko: '받은 메시지', en: 'Messages' },
  sent: { ko: '보낸 메시지', en: 'Messages sent' },
  customers: { ko: '고객', en: 'Customers' },
  customersAxis: { ko: '고객 (명)', en: 'Customers' },
  sentAxis: { ko: '보낸 메시지 (통)', en: 'Messages sent' },
  stopped: { ko: '수신거부', en: 'Opted out' },
  share: { ko: '비율', en: 'Share' },
  more: { ko: (n: number) => `${n}통 이상`, en: (n: number) => `${n} or more` },
  mails: { ko: (n: number) => `${n}통`, en: (n: number) => `${n}` },
  days: { ko: '날마다 보낸 메시지', en: 'Messages by day' },
  daysNote: {
    ko: '최근 8주 동안 실제로 나간 메시지예요.',
    en: 'What left in the last eight weeks.',
  },
  day: { ko: '날', en: 'Day' },
  channel: { ko: '채널', en: 'Channel' },
  emptyTitle: { ko: '아직 보낸 메시지가 없어요', en: 'No message has left yet' },
  empty: {
    ko: '캠페인이 메시지를 보내면 여기에 나타나요.',
    en: 'They appear once a campaign sends.',
  },
})

const axisOf = (palette: Palette) => ({
  axisLine: { lineStyle: { color: palette.line } },
  axisTick: { show: false },
  splitLine: { lineStyle: { color: palette.line } },
  axisLabel: { color: palette.quiet, hideOverlap: true },
  nameTextStyle: { color: palette.quiet, fontSize: 12, align: 'left' as const },
})

type Pressure = MessagingReport['week'][number]
const lastRow = 10

/** How many people got how many messages, and who stopped. */
export function PressureChart(props: {
  readonly week: readonly Pressure[]
  readonly month: readonly Pressure[]
}) {
  const said = useWords(text)
  const language = useLanguage()
  const [span, setSpan] = useState<'week' | 'month'>('month')
  const rows = props[span]
  const nameOf = useCallback((n: number) => (n === lastRow ? said.more(n) : said.mails(n)), [said])
  const option = useCallback(
    (palette: Palette): EChartsCoreOption => ({
      grid: { left: 8, right: 16, top: 36, bottom: 8, containLabel: true },
      tooltip: {
        trigger: 'axis',
        ...tooltipOf(palette),
        valueFormatter: (value: number) => people(value, language),
      },
      xAxis: {
        type: 'category',
        data: rows.map((row) => nameOf(row.messages)),
        ...axisOf(palette),
      },
      yAxis: { type: 'value', name: said.customersAxis, minInterval: 1, ...axisOf(palette) },
      series: [
        {
          name: said.customers,
          type: 'bar',
          barMaxWidth: 32,
          data: rows.map((row) => row.people),
          itemStyle: { color: palette.accent },
        },
        {
          name: said.stopped,
          type: 'bar',
          barMaxWidth: 32,
          data: rows.map((row) => row.stopped),
          itemStyle: { color: palette.attention },
        },
      ],
    }),
    [rows, language, said, nameOf],
  )
  const columns: readonly Column<Pressure>[] = [
    { key: 'messages', head: said.messages, cell: (row) => nameOf(row.messages) },
    {
      key: 'people',
      head: said.customers,
      align: 'right',
      cell: (row) => count(row.people, language),
    },
    {
      key: 'stopped',
      head: said.stopped,
      align: 'right',
      cell: (row) => count(row.stopped, language),
    },
    {
      key: 'share',
      head: said.share,
      align: 'right',
      cell: (row) => percent(row.stopped / row.people),
    },
  ]
  return (
    <Card title={said.pressure} note={said.pressureNote}>
      <SegmentedControl
        size="xs"
        aria-label={said.which}
        value={span}
        onChange={(value) => setSpan(value === 'week' ? 'week' : 'month')}
        data={[
          { value: 'week', label: said.week },
          { value: 'month', label: said.month },
        ]}
      />
      {rows.length === 0 ? (
        <EmptyState title={said.emptyTitle}>{said.empty}</EmptyState>
      ) : (
        <>
          <Legend
            marks={[
              { name: said.customers, token: 'accent' },
              { name: said.stopped, token: 'attention' },
            ]}
          />
          <Chart option={option} height={240} label={said.pressure} />
          <Behind>
            <DataTable
              label={said.pressure}
              columns={columns}
              rows={rows}
              keyOf={(row) => row.messages}
            />
          </Behind>
        </>
      )}
    </Card>
  )
}

type Day = MessagingReport['days'][number]
/** Channels as they come up, each paler than the one before. */
const channelsOf = (days: readonly Day[]) => [...new Set(days.map((one) => one.channel))].toSorted()
const strengthOf = (at: number): number => Math.max(0.15, 1 - 0.28 * at)

/** Messages that left, by day and channel. */
export function DaysChart(props: {
  readonly days: readonly Day[]
  readonly nameOf: (channel: string) => string
}) {
  const said = useWords(text)
  const language = useLanguage()
  const { days, nameOf } = props
  const option = useCallback(
    (palette: Palette): EChartsCoreOption => {
      const dates = datesOf(days)
      const channels = channelsOf(days)
      const known = new Map(days.map((one) => [`${one.day} ${one.channel}`, one.messages]))
      return {
        grid: { left: 8, right: 16, top: 36, bottom: 8, containLabel: true },
        tooltip: { trigger: 'axis', ...tooltipOf(palette) },
        xAxis: {
          type: 'category',
          data: dates.map((date) => monthAndDay(date)),
          ...axisOf(palette),
        },
        yAxis: { type: 'value', name: said.sentAxis, minInterval: 1, ...axisOf(palette) },
        series: channels.map((channel, at) => ({
          name: nameOf(channel),
          type: 'bar',
          stack: 'all',
          barMaxWidth: 24,
          data: dates.map((date) => known.get(`${date} ${channel}`) ?? 0),
          itemStyle: { color: palette.accent, opacity: strengthOf(at) },
        })),
      }
    },
    [days, said, nameOf],
  )
  return (
    <Card title={said.days} note={said.daysNote}>
      {days.length === 0 ? (
        <EmptyState title={said.emptyTitle}>{said.empty}</EmptyState>
      ) : (
        <>
          <Legend
            marks={channelsOf(days).map((channel, at) => ({
              name: nameOf(channel),
              token: 'accent',
              opacity: strengthOf(at),
            }))}
          />
          <Chart option={option} height={270} label={said.days} />
          <Behind>
            <DataTable
              label={said.days}
              columns={[
                { key: 'day', head: said.day, cell: (row: Day) => row.day },
                { key: 'channel', head: said.channel, cell: (row: Day) => nameOf(row.channel) },
                {
                  key: 'messages',
                  head: said.sent,
                  align: 'right',
                  cell: (row: Day) => count(row.messages, language),
                },
              ]}
              rows={days.toReversed()}
              keyOf={(row) => `${row.day} ${row.channel}`}
            />
          </Behind>
        </>
      )}
    </Card>
  )
}

/** `11/3` of `2026-11-03`. */
const monthAndDay = (date: string): string => `${Number(date.slice(5, 7))}/${Number(date.slice(8))}`

/** Every day from the first to the last, also those without a message. */
function datesOf(days: readonly Day[]): readonly string[] {
  const dayMs = 86_400_000
  const [first, last] = [days[0]?.day, days.at(-1)?.day]
  if (!first || !last) return []
  const from = Date.parse(first)
  const count = (Date.parse(last) - from) / dayMs + 1
  return Array.from({ length: count }, (_, at) =>
    new Date(from + at * dayMs).toISOString().slice(0, 10),
  )
}
