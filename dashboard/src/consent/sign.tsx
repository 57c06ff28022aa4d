import { Button, Textarea, TextInput } from '@mantine/core'
import { useState } from 'react'
import { problemIn } from '../api/client.ts'
import type { Signature } from '../api/consents.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useSession } from '../app/session.tsx'
import { problemSentence } from '../design/problem-words.ts'
import style from './consent.module.css'

const text = words({
  name: { ko: '확인하는 사람', en: 'Your name' },
  sentence: { ko: '확인하는 내용', en: 'What you confirm' },
  kept: {
    ko: '이름과 내용은 증거로 남고 감사 기록에 적혀요.',
    en: 'Your name and the sentence are kept as proof and in the audit log.',
  },
})

type Props = {
  readonly sentence: string
  readonly go: string
  readonly pending: boolean
  readonly error: unknown
  readonly sign: (by: Signature) => void
  readonly cancel?: { readonly label: string; readonly act: () => void }
}

/** A name under a sentence; whoever presses the button answers for it. */
export function Sign({ sentence, go, pending, error, sign, cancel }: Props) {
  const said = useWords(text)
  const language = useLanguage()
  const { member } = useSession()
  const [name, setName] = useState(member.name)
  const [words, setWords] = useState(sentence)
  return (
    <form
      className={style.sign}
      onSubmit={(event) => {
        event.preventDefault()
        sign({ name: name.trim(), sentence: words.trim() })
      }}
    >
      <TextInput
        label={said.name}
        maxLength={100}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
      />
      <Textarea
        label={said.sentence}
        description={said.kept}
        autosize
        maxLength={1_000}
        value={words}
        onChange={(event) => setWords(event.currentTarget.value)}
      />
      {error !== null && error !== undefined && (
        <p role="alert" style={{ color: 'var(--broken)', margin: 0 }}>
          {problemSentence(problemIn(error), language)}
        </p>
      )}
      <div className={style.acts}>
        <Button type="submit" loading={pending} disabled={!name.trim() || words.trim().length < 10}>
          {go}
        </Button>
        {cancel && (
          <Button variant="subtle" color="gray" onClick={cancel.act}>
            {cancel.label}
          </Button>
        )}
      </div>
    </form>
  )
}
