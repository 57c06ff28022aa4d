import { Select } from '@mantine/core'
import {
  type GoalMetric,
  goalMetrics,
  metricOf,
  startsWithCart,
} from '../../../../server/src/campaigns/goal-metric.ts'
import { useLanguage, useWords, words } from '../../app/language.ts'
import { lasting } from '../../design/format.ts'
import { metricNames } from '../metric-words.ts'
import { useEditing } from './editing.ts'

const text = words({
  label: { ko: '무엇으로 평가하나요', en: 'Judged by' },
  hint: {
    ko: (time: string) => `보내기로 정한 때부터 ${time} 동안 대조군과 비교해요.`,
    en: (time: string) => `Compared with the hold-out for ${time} from the decision to send.`,
  },
})

/** The outcome by which the campaign is compared with its hold-out. */
export function JudgedBy() {
  const said = useWords(text)
  const names = useWords(metricNames)
  const language = useLanguage()
  const { flow, change } = useEditing()
  const now = metricOf(flow)
  const offered = goalMetrics.filter(
    (metric) => metric === now || metric !== 'completion' || startsWithCart(flow.trigger),
  )
  return (
    <Select
      label={said.label}
      description={said.hint(lasting(flow.goal.windowHours * 3_600_000, language))}
      data={offered.map((metric) => ({ value: metric, label: names[metric] }))}
      value={now}
      allowDeselect={false}
      onChange={(value) =>
        value && change({ ...flow, goal: { ...flow.goal, metric: value as GoalMetric } })
      }
    />
  )
}
