import { Checkbox } from '@mantine/core'
import type { ReactNode } from 'react'
import type { TextAccount } from '../api/text.ts'
import { useLanguage, useWords } from '../app/language.ts'
import { useMay, useSession } from '../app/session.tsx'
import { Card } from '../design/card.tsx'
import { count, dayAndTime } from '../design/format.ts'
import { Code, Failure, Tag } from '../design/states.tsx'
import style from './settings.module.css'
import { textWords } from './text-words.ts'
import { useText } from './use-text.ts'

/** What the law and good sense want before advertising texts go out, with what is still open. */
export function TextChecks({ known }: { readonly known: TextAccount }) {
  const said = useWords(textWords)
  const language = useLanguage()
  const { timeZone } = useSession().shop
  const may = useMay('developer')
  const saving = useText(known)
  const { state, certified } = known
  const told = (at: number) => dayAndTime(at, { timeZone, language }, Date.now())
  const pulls = state?.optOuts ?? null
  const pulled =
    pulls === null || state?.answeredAt == null
      ? said.pullNone
      : `${told(state.answeredAt)} · ${count(pulls, language)}${said.pulled}`
  return (
    <Card title={said.checks}>
      <ul className={style.checks}>
        <Check done={known.senderNumber !== ''}>{said.checkSender}</Check>
        <Check done={known.optOutNumber !== ''}>{said.checkOptOut}</Check>
        <Check done={certified !== null} note={said.certifiedNote}>
          {known.provider === null ? (
            said.checkCertified
          ) : (
            <Checkbox
              label={said.checkCertified}
              disabled={!may || saving.isPending}
              checked={certified !== null}
              onChange={(event) => saving.mutate({ certified: event.currentTarget.checked })}
            />
          )}
          {saving.error && <Failure error={saving.error} />}
          {certified && <p className={style.note}>{told(certified.at)}</p>}
        </Check>
        <Check done={pulls !== null} note={pulled}>
          {said.checkPull}
        </Check>
      </ul>
      {known.hook && may && (
        <div className={style.hook}>
          <div className={style.label}>{said.hook}</div>
          <p className={style.note}>{said.hookNote}</p>
          <Code text={`${window.location.origin}${known.hook}`} />
        </div>
      )}
    </Card>
  )
}

type CheckProps = {
  readonly done: boolean
  readonly note?: string
  readonly children: ReactNode
}

function Check({ done, note, children }: CheckProps) {
  const said = useWords(textWords)
  return (
    <li className={style.check}>
      <Tag meaning={done ? 'caused' : 'attention'}>{done ? said.done : said.open}</Tag>
      <div>
        <div>{children}</div>
        {note && <p className={style.note}>{note}</p>}
      </div>
    </li>
  )
}
