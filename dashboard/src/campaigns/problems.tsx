import type { NamedRule } from '../../../server/src/messages/law.ts'
import { useLanguage } from '../app/language.ts'
import { RuleNote } from '../design/rule-note.tsx'
import style from './campaigns.module.css'

type Problem = { readonly ko: string; readonly en: string; readonly rule?: NamedRule }

/** What keeps the message from being published, each with the rule it breaks. */
export function Problems({ problems }: { readonly problems: readonly Problem[] | undefined }) {
  const language = useLanguage()
  return problems?.map((problem) => (
    <div key={problem.ko} role="alert" className={style.problem}>
      {problem[language]}
      {problem.rule && (
        <div>
          <RuleNote rule={problem.rule} />
        </div>
      )}
    </div>
  ))
}
