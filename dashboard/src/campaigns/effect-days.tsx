import type { EChartsCoreOption } from 'echarts/core'
import { useCallback } from 'react'
import type { EffectReport } from '../api/effect.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useSession } from '../app/session.tsx'
import { Card } from '../design/card.tsx'
import { Chart, type Palette, tooltipOf } from '../design/chart.tsx'
import { count, day } from '../design/format.ts'
import table from './effect-table.module.css'
import { differenceText, metricName, rangeText } from './metric-words.ts'
import style from './report.module.css'

const text = words({
  title: { ko: '구간이 좁아지는 모습', en: 'The interval, day by day' },
  note: {
    ko: (name: string) =>
      `${name}의 차이를 그날까지 센 고객으로 다시 그렸어요. 0을 벗어나면 확실해진 거예요.`,
    en: (name: string) =>
      `Difference in ${name.toLowerCase()}, with the people counted by each day. Certain once it leaves 0.`,
  },
  label: {
    ko: (from: string, to: string) => `처음 구간 ${from}, 지금 구간 ${to}`,
    en: (from: string, to: string) => `First interval ${from}, now ${to}`,
  },
  table: { ko: '표로 보기', en: 'As a table' },
  day: { ko: '날짜', en: 'Day' },
  people: { ko: '센 고객', en: 'People' },
  difference: { ko: '차이', en: 'Difference' },
  interval: { ko: '구간', en: 'Interval' },
})

/** How the difference and its interval stood on each day. */
export function EffectDays({ report }: { readonly report: EffectReport }) {
  const said = useWords(text)
  const language = useLanguage()
  const { shop } = useSession()
  const { days, metric } = report
  const option = useCallback(
    (palette: Palette) => pictureOf(report, { palette, language, shop }),
    [report, language, shop],
  )
  const [first, last] = [days[0], days.at(-1)]
  if (!first || !last || days.length < 2) return null
  const unit = { currency: shop.currency, language }
  const range = (one: typeof first) => rangeText(metric, one.difference, unit)
  return (
    <Card title={said.title} note={said.note(metricName(metric, report.margin, language))}>
      <Chart option={option} height={220} label={said.label(range(first), range(last))} />
      <details className={style.behind}>
        <summary>{said.table}</summary>
        <table className={table.groups}>
          <thead>
            <tr>
              <th scope="col">{said.day}</th>
              <th scope="col">{said.people}</th>
              <th scope="col">{said.difference}</th>
              <th scope="col">{said.interval}</th>
            </tr>
          </thead>
          <tbody>
            {days.toReversed().map((one) => (
              <tr key={one.at}>
                <td>{day(one.at, { timeZone: shop.timeZone, language })}</td>
                <td>{count(one.people, language)}</td>
                <td>{differenceText(metric, one.difference.value, unit)}</td>
                <td>{range(one)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </Card>
  )
}

type Drawing = {
  readonly palette: Palette
  readonly language: 'ko' | 'en'
  readonly shop: { readonly timeZone: string; readonly currency: string }
}

function pictureOf(
  { days, metric }: EffectReport,
  { palette, language, shop }: Drawing,
): EChartsCoreOption {
  const unit = { currency: shop.currency, language }
  const when = { timeZone: shop.timeZone, language }
  const quiet = { color: palette.quiet, fontSize: 12 }
  const { low = 0, high = 0 } = days.at(-1)?.difference ?? {}
  // Zero is always in it: whether the band leaves it is what one looks for. The first days know next to nothing: what they
  // leave out of the picture is in the table.
  const reach = 4 * Math.max(Math.abs(low), Math.abs(high))
  const least = Math.max(-reach, Math.min(0, ...days.map(({ difference }) => difference.low)))
  const most = Math.min(reach, Math.max(0, ...days.map(({ difference }) => difference.high)))
  // The band is drawn as its lower end, unseen, and what lies between the ends upon it.
  const band = {
    type: 'line',
    stack: 'interval',
    stackStrategy: 'all',
    showSymbol: false,
    silent: true,
    lineStyle: { opacity: 0 },
  }
  return {
    grid: { left: 4, right: 8, top: 12, bottom: 4, containLabel: true },
    tooltip: {
      trigger: 'axis',
      ...tooltipOf(palette),
      formatter: (points: readonly { readonly dataIndex: number }[]) => {
        const point = days[points[0]?.dataIndex ?? -1]
        if (!point) return ''
        return [
          day(point.at, when),
          `<b>${differenceText(metric, point.difference.value, unit)}</b>`,
          rangeText(metric, point.difference, unit),
        ].join('<br>')
      },
    },
    xAxis: {
      type: 'category',
      boundaryGap: false,
      data: days.map(({ at }) => day(at, when).replace(/ ?\(.\)$/, '')),
      axisLine: { onZero: true, lineStyle: { color: palette.quiet } },
      axisTick: { show: false },
      axisLabel: { ...quiet, hideOverlap: true },
    },
    yAxis: {
      type: 'value',
      min: least,
      max: most,
      splitNumber: 4,
      axisLabel: {
        ...quiet,
        showMinLabel: least === 0,
        showMaxLabel: most === 0,
        formatter: (value: number) => differenceText(metric, value, unit),
      },
      splitLine: { lineStyle: { color: palette.line } },
    },
    series: [
      { ...band, data: days.map(({ difference }) => difference.low) },
      {
        ...band,
        data: days.map(({ difference }) => difference.high - difference.low),
        areaStyle: { color: palette.held, opacity: 0.3 },
      },
      {
        type: 'line',
        showSymbol: days.length < 15,
        symbolSize: 6,
        data: days.map(({ difference }) => difference.value),
        lineStyle: { color: palette.accent, width: 2 },
        itemStyle: { color: palette.accent },
      },
    ],
  }
}
