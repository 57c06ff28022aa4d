import type { EChartsCoreOption } from 'echarts/core'
import { useCallback } from 'react'
import type { ProductDetail } from '../api/first-purchase.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { Chart, type Palette, tooltipOf } from '../design/chart.tsx'
import { people, percent } from '../design/format.ts'
import style from './first-purchase.module.css'

const text = words({
  curve: { ko: '며칠 만에 돌아왔나', en: 'How soon they came back' },
  curveNote: {
    ko: '아직 지켜보는 중인 고객도 지켜본 만큼 세었어요. 연한 선은 구간이고, 지켜본 사람이 10명보다 적어지면 그리지 않아요.',
    en: 'Everybody counts for as long as they were followed (Kaplan–Meier). Pale lines are the interval; it ends where fewer than ten are followed.',
  },
  curveLabel: {
    ko: '첫 구매 뒤 날짜별로 돌아온 고객의 비율',
    en: 'Share back by day since the first purchase',
  },
  days: { ko: '첫 구매 뒤 지난 날 (일)', en: 'Days since the first' },
  share: { ko: '돌아온 비율', en: 'Share back' },
  atRisk: { ko: '지켜본 사람', en: 'Followed' },
  noCurve: { ko: '지켜본 고객이 아직 10명보다 적어요.', en: 'Fewer than ten were followed.' },
})

export function BackCurve({ detail }: { readonly detail: ProductDetail }) {
  const said = useWords(text)
  const language = useLanguage()
  const { curve } = detail
  const option = useCallback(
    (palette: Palette): EChartsCoreOption => {
      const axis = {
        axisLine: { lineStyle: { color: palette.line } },
        axisTick: { show: false },
        splitLine: { lineStyle: { color: palette.line } },
        nameTextStyle: { color: palette.quiet, fontSize: 12 },
      }
      const line = (of: 'value' | 'low' | 'high') => ({
        type: 'line',
        step: 'end',
        symbol: 'none',
        silent: of !== 'value',
        name: said.share,
        lineStyle:
          of === 'value'
            ? { color: palette.accent, width: 2 }
            : { color: palette.accent, width: 1, opacity: 0.35 },
        itemStyle: { color: palette.accent },
        tooltip: { show: of === 'value' },
        data: curve.map((at) => [at.day, at[of]]),
      })
      return {
        grid: { left: 8, right: 16, top: 34, bottom: 30, containLabel: true },
        tooltip: {
          trigger: 'axis',
          ...tooltipOf(palette),
          formatter: (points: readonly { readonly dataIndex: number }[]) => {
            const at = curve[points[0]?.dataIndex ?? 0]
            if (!at) return ''
            const range = `${percent(at.low)} ~ ${percent(at.high)}`
            return `${said.days} ${at.day}<br>${said.share} <b>${percent(at.value)}</b> (${range})<br>${said.atRisk} ${people(at.atRisk, language)}`
          },
        },
        xAxis: {
          type: 'value',
          name: said.days,
          nameLocation: 'middle',
          nameGap: 28,
          max: Math.max(1, curve.at(-1)?.day ?? 1),
          ...axis,
          axisLabel: { color: palette.quiet, hideOverlap: true },
        },
        yAxis: {
          type: 'value',
          name: said.share,
          min: 0,
          ...axis,
          axisLabel: {
            color: palette.quiet,
            formatter: (value: number) => `${Math.round(value * 100)} %`,
          },
        },
        series: [line('low'), line('high'), line('value')],
      }
    },
    [curve, said, language],
  )
  return (
    <section>
      <h3 className={style.section}>{said.curve}</h3>
      {curve.length > 0 ? (
        <Chart option={option} height={260} label={said.curveLabel} />
      ) : (
        <p>{said.noCurve}</p>
      )}
      <p className={style.quiet}>{said.curveNote}</p>
    </section>
  )
}
