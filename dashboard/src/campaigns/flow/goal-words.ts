import type { Flow } from '../../../../server/src/campaigns/campaign.ts'
import { metricOf } from '../../../../server/src/campaigns/goal-metric.ts'
import { inLanguage, type Language, words } from '../../app/language.ts'
import { lasting } from '../../design/format.ts'
import { eventNoun } from '../../events/noun.ts'
import { metricNames } from '../metric-words.ts'

const text = words({
  goal: {
    ko: (what: string, when: string) => `${when} 안에 ${what}`,
    en: (what: string, when: string) => `${what} within ${when}`,
  },
  judged: {
    ko: (by: string) => ` · 평가: ${by}`,
    en: (by: string) => `, judged by: ${by}`,
  },
})

/** What counts as success, and how long after the message; what it is judged by where the goal does not say so itself. */
export function goalSentence(
  { goal, trigger }: Pick<Flow, 'goal' | 'trigger'>,
  language: Language,
): string {
  const said = inLanguage(text, language)
  const window = lasting(goal.windowHours * 3_600_000, language)
  const reached = said.goal(eventNoun(goal.event, language), window)
  const metric = metricOf({ goal, trigger })
  const isPlain = metric === metricOf({ goal: { event: goal.event }, trigger })
  return isPlain ? reached : `${reached}${said.judged(inLanguage(metricNames, language)[metric])}`
}
