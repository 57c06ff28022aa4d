import type { NamedRule } from '../../../server/src/messages/law.ts'
import type { MessageContent } from '../../../server/src/messages/message-content.ts'
import { problemIn } from '../api/client.ts'
import { useLanguage } from '../app/language.ts'
import { problemSentence } from '../design/problem-words.ts'
import { RuleNote } from '../design/rule-note.tsx'
import style from './campaigns.module.css'
import { unready } from './unready.ts'

type Problem = { readonly ko: string; readonly en: string; readonly rule?: NamedRule }

/** What keeps the message from being published, each with the rule it breaks. */
export function Problems({ problems }: { readonly problems: readonly Problem[] | undefined }) {
  const language = useLanguage()
  // Two pieces may lack the same thing: it is said once.
  const different = problems?.filter(
    ({ ko }, at) => problems.findIndex((one) => one.ko === ko) === at,
  )
  return different?.map((problem) => (
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

/** Why the server did not draw the message at all. */
export function Undrawn({
  error,
  content,
}: {
  readonly error: Error | null
  readonly content: MessageContent
}) {
  const language = useLanguage()
  if (!error) return null
  return (
    <p role="alert" className={style.problem}>
      {unready(content)?.[language] ?? problemSentence(problemIn(error), language)}
    </p>
  )
}
