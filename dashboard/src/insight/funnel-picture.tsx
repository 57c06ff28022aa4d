import type { EChartsCoreOption } from 'echarts/core'
import { useCallback } from 'react'
import { type FunnelCounts, funnelSteps } from '../../../server/src/insight/funnel.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { Chart, type Palette, tooltipOf } from '../design/chart.tsx'
import { count, percent } from '../design/format.ts'
import { Legend } from '../design/legend.tsx'
import type { FunnelAsked } from './funnel-filters.tsx'
import { stepNames } from './step-names.ts'

const text = words({
  label: {
    ko: '단계마다 이르는 수를 이번 기간과 지난 기간으로 그린 막대그래프. 아래 표에 같은 값이 있어요.',
    en: 'Bars of how many reach each step, this period and the one before. The table below holds the same values.',
  },
  visits: { ko: '방문 (번)', en: 'Visits' },
  people: { ko: '고객 (명)', en: 'People' },
  now: { ko: '이번 기간', en: 'This period' },
  before: { ko: '지난 기간', en: 'Period before' },
  share: { ko: (share: string) => `방문의 ${share}`, en: (share: string) => `${share} of visits` },
})

type Props = {
  readonly now: FunnelCounts
  readonly before: FunnelCounts
  readonly asked: FunnelAsked
}

/** Two bars a step, now and before, from zero; searching pale where it is optional. */
export function FunnelPicture({ now, before, asked }: Props) {
  const said = useWords(text)
  const names = useWords(stepNames)
  const language = useLanguage()
  const isSearch = asked.question.path === 'search'
  const isPeople = asked.question.window_days !== undefined
  const option = useCallback(
    (palette: Palette): EChartsCoreOption => ({
      grid: { left: 8, right: 12, top: 40, bottom: 8, containLabel: true },
      tooltip: {
        trigger: 'axis',
        ...tooltipOf(palette),
        formatter: (points: readonly { readonly dataIndex: number }[]) => {
          const step = funnelSteps[points[0]?.dataIndex ?? 0] ?? 'visit'
          const line = (label: string, counts: FunnelCounts) =>
            `${label} <b>${count(counts[step], language)}</b> (${said.share(percent(counts.visit === 0 ? 0 : counts[step] / counts.visit))})`
          return [`<b>${names[step]}</b>`, line(said.now, now), line(said.before, before)].join(
            '<br>',
          )
        },
      },
      xAxis: {
        type: 'category',
        data: funnelSteps.map((step) => names[step]),
        axisLine: { lineStyle: { color: palette.line } },
        axisTick: { show: false },
        axisLabel: {
          color: palette.ink,
          fontSize: 11,
          interval: 0,
          formatter: (name: string) => name.replace(' ', '\n'),
        },
      },
      yAxis: {
        type: 'value',
        name: isPeople ? said.people : said.visits,
        nameTextStyle: { color: palette.quiet, align: 'left', padding: [0, 0, 0, -24] },
        minInterval: 1,
        splitLine: { lineStyle: { color: palette.line } },
        axisLabel: { color: palette.quiet, formatter: (value: number) => count(value, language) },
      },
      series: [
        {
          type: 'bar',
          barMaxWidth: 56,
          barGap: '10%',
          data: funnelSteps.map((step) => ({
            value: now[step],
            itemStyle: {
              color: palette.accent,
              opacity: step === 'search' && !isSearch ? 0.35 : 1,
              borderRadius: [4, 4, 0, 0],
            },
          })),
          label: {
            show: true,
            position: 'top',
            color: palette.ink,
            fontSize: 12,
            formatter: ({ value }: { readonly value: number }) => count(value, language),
          },
        },
        {
          type: 'bar',
          barMaxWidth: 56,
          data: funnelSteps.map((step) => ({
            value: before[step],
            itemStyle: {
              color: palette.held,
              opacity: step === 'search' && !isSearch ? 0.25 : 0.6,
              borderRadius: [4, 4, 0, 0],
            },
          })),
        },
      ],
    }),
    [now, before, isSearch, isPeople, said, names, language],
  )
  return (
    <>
      <Legend
        marks={[
          { name: said.now, token: 'accent' },
          { name: said.before, token: 'held-mark', opacity: 0.6 },
        ]}
      />
      <Chart option={option} height={300} label={said.label} />
    </>
  )
}
