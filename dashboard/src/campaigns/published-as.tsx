import { law } from '../../../server/src/messages/law.ts'
import type { Campaign } from '../api/campaigns.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useSession } from '../app/session.tsx'
import { day } from '../design/format.ts'
import { RuleNote } from '../design/rule-note.tsx'
import style from './campaigns.module.css'
import { becauseNames } from './nature.ts'

const text = words({
  informational: {
    ko: (because: string, who: string, when: string) =>
      `정보성: ${because}. ${who} 님이 ${when}에 골랐어요.`,
    en: (because: string, who: string, when: string) =>
      `Informational: ${because}. ${who} chose so on ${when}.`,
  },
})

/** Who answers for sending it without consent, once it was published so. */
export function PublishedAs({ campaign }: { readonly campaign: Campaign }) {
  const said = useWords(text)
  const names = useWords(becauseNames)
  const language = useLanguage()
  const { shop } = useSession()
  const { published } = campaign
  if (published?.nature.purpose !== 'informational') return null
  const when = day(published.at, { timeZone: shop.timeZone, language }, Date.now())
  return (
    <div className={style.stepNote}>
      <p>{said.informational(names[published.nature.because], published.by, when)}</p>
      <RuleNote rule={law.informational} />
    </div>
  )
}
