import { SegmentedControl } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useCallback, useState } from 'react'
import { getSizes, type SizeDay } from '../api/segment-page.ts'
import type { SegmentRow } from '../api/segments.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useSession } from '../app/session.tsx'
import { Card } from '../design/card.tsx'
import { Chart, type Palette, tooltipOf } from '../design/chart.tsx'
import { count, people } from '../design/format.ts'
import { Bone, Failure } from '../design/states.tsx'
import { dayAt } from './days.ts'
import style from './segments.module.css'

const text = words({
  title: { ko: '크기', en: 'Size' },
  note: {
    ko: (entered: string, left: string) => `이 기간에 들어온 ${entered} · 나간 ${left}`,
    en: (entered: string, left: string) => `Entered ${entered} · left ${left} in this time`,
  },
  period: { ko: '기간', en: 'Period' },
  d30: { ko: '30일', en: '30 days' },
  d90: { ko: '90일', en: '90 days' },
  d365: { ko: '1년', en: '1 year' },
  entered: { ko: '들어옴', en: 'entered' },
  left: { ko: '나감', en: 'left' },
  label: {
    ko: (from: string, to: string) => `세그먼트의 크기: 처음 ${from}, 지금 ${to}`,
    en: (from: string, to: string) => `Size of the segment: first ${from}, now ${to}`,
  },
  few: {
    ko: '하루가 지나면 여기에 크기가 그려져요.',
    en: 'The size is drawn here once a day has passed.',
  },
})

const periods = ['d30', 'd90', 'd365'] as const
const dayMs = 86_400_000

/** Members at the end of each day. */
export function SizeChart({ segment }: { readonly segment: SegmentRow }) {
  const said = useWords(text)
  const language = useLanguage()
  const { timeZone } = useSession().shop
  const [period, setPeriod] = useState<(typeof periods)[number]>('d30')
  const from = dayAt(Date.now() - (Number(period.slice(1)) - 1) * dayMs, timeZone)
  const sizes = useQuery({
    queryKey: ['segments', 'history', segment.id, from],
    queryFn: ({ signal }) => getSizes(segment.id, { from }, signal),
    refetchInterval: 30_000,
  })
  const days = sizes.data?.days
  const sum = (key: 'entered' | 'left') =>
    people(
      (days ?? []).reduce((total, one) => total + one[key], 0),
      language,
    )
  return (
    <Card
      title={said.title}
      {...(days ? { note: said.note(sum('entered'), sum('left')) } : {})}
      beside={
        <SegmentedControl
          size="xs"
          aria-label={said.period}
          data={periods.map((value) => ({ value, label: said[value] }))}
          value={period}
          onChange={(next) => setPeriod(next as typeof period)}
        />
      }
    >
      {sizes.error ? (
        <Failure error={sizes.error} retry={() => sizes.refetch()} />
      ) : days ? (
        <Line days={days} />
      ) : (
        <Bone height={180} />
      )}
    </Card>
  )
}

function Line({ days }: { readonly days: readonly SizeDay[] }) {
  const said = useWords(text)
  const language = useLanguage()
  const option = useCallback(
    (palette: Palette) => ({
      grid: { left: 8, right: 12, top: 12, bottom: 4, outerBoundsMode: 'same' },
      tooltip: {
        trigger: 'axis',
        ...tooltipOf(palette),
        formatter: ([point]: readonly { readonly dataIndex: number }[]) => {
          const one = days[point?.dataIndex ?? 0]
          if (!one) return ''
          const moves = `${said.entered} ${count(one.entered, language)} · ${said.left} ${count(one.left, language)}`
          return `${one.day}<br/><b>${people(one.members, language)}</b><br/>${moves}`
        },
      },
      xAxis: {
        type: 'category',
        data: days.map(({ day }) => day.slice(5).replace('-', '/')),
        axisLine: { lineStyle: { color: palette.line } },
        axisTick: { show: false },
        axisLabel: { color: palette.quiet, fontSize: 12, hideOverlap: true },
      },
      yAxis: {
        type: 'value',
        minInterval: 1,
        splitLine: { lineStyle: { color: palette.line } },
        axisLabel: {
          color: palette.quiet,
          fontSize: 12,
          formatter: (value: number) => count(value, language),
        },
      },
      series: [
        {
          type: 'line',
          data: days.map(({ members }) => members),
          showSymbol: days.length < 3,
          lineStyle: { color: palette.accent, width: 2 },
          itemStyle: { color: palette.accent },
          areaStyle: { color: palette.accentSoft },
        },
      ],
    }),
    [days, language, said],
  )
  const first = days[0]
  const last = days.at(-1)
  if (!first || !last) return <p className={style.why}>{said.few}</p>
  return (
    <Chart
      option={option}
      height={180}
      label={said.label(people(first.members, language), people(last.members, language))}
    />
  )
}
