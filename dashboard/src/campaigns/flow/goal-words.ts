import type { Flow } from '../../../../server/src/campaigns/campaign.ts'
import { inLanguage, type Language, words } from '../../app/language.ts'
import { lasting } from '../../design/format.ts'
import { eventNoun } from '../../events/noun.ts'

const text = words({
  goal: {
    ko: (what: string, when: string) => `${when} 안에 ${what}`,
    en: (what: string, when: string) => `${what} within ${when}`,
  },
})

/** What counts as success, and how long after the message. */
export function goalSentence({ goal }: Pick<Flow, 'goal'>, language: Language): string {
  const window = lasting(goal.windowHours * 3_600_000, language)
  return inLanguage(text, language).goal(eventNoun(goal.event, language), window)
}
