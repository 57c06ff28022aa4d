import type { PlannedRun } from '../api/planned.ts'
import { inLanguage, type Language, words } from '../app/language.ts'
import { people as peopleIn } from '../design/format.ts'
import type { CalendarEntry } from './calendar-entry.ts'

const text = words({
  draft: { ko: '초안', en: 'draft' },
  paused: { ko: '꺼짐', en: 'off' },
  daily: { ko: '매일, 기념일인 고객에게', en: 'every day, to whose date it is' },
  about: { ko: (n: string) => `약 ${n}`, en: (n: string) => `about ${n}` },
})

/** Campaigns that call people at set times, as entries of the calendar; `to`: the end of what is shown (UTC ms). */
export function campaignEntries(
  runs: readonly PlannedRun[],
  { language, to }: { readonly language: Language; readonly to: number },
): readonly CalendarEntry[] {
  const said = inLanguage(text, language)
  return runs.map(({ campaign, name, state, at, daily, people }): CalendarEntry => {
    const notes = [
      ...(state === 'draft' || state === 'paused' ? [said[state]] : []),
      ...(daily ? [said.daily] : []),
      ...(people === null
        ? []
        : [state === 'done' ? peopleIn(people, language) : said.about(peopleIn(people, language))]),
    ]
    return {
      at,
      ...(daily ? { until: to - 1 } : {}),
      kind: 'campaign',
      title: notes.length > 0 ? `${name} (${notes.join(' · ')})` : name,
      href: state === 'done' ? `/campaigns/${campaign}/report` : `/campaigns/${campaign}`,
    }
  })
}
