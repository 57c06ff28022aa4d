import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { getText, type TextAccount as Known } from '../api/text.ts'
import { useWords } from '../app/language.ts'
import { Card } from '../design/card.tsx'
import { Bones, Failure, type Meaning, Tag } from '../design/states.tsx'
import style from './settings.module.css'
import { TextChecks } from './text-checks.tsx'
import { TextConnection } from './text-connection.tsx'
import { TextNumbers } from './text-numbers.tsx'
import { TextPrices } from './text-prices.tsx'
import { textWords } from './text-words.ts'
import { TextOpened, useCheck } from './use-text.ts'

/** Where texts go: the account at a provider, its numbers, prices and what is still to do. */
export function TextAccount() {
  const said = useWords(textWords)
  const known = useQuery({ queryKey: ['text'], queryFn: ({ signal }) => getText(signal) })
  if (known.error) return <Failure error={known.error} retry={() => known.refetch()} />
  if (!known.isSuccess)
    return (
      <Card title={said.title} note={said.note}>
        <Bones lines={6} />
      </Card>
    )
  return <Cards known={known.data} />
}

function Cards({ known: now }: { readonly known: Known }) {
  const said = useWords(textWords)
  const [opened, setOpened] = useState(now)
  const known = { ...opened, state: now.state }
  const [senders, setSenders] = useState<readonly string[]>([])
  const asking = useCheck(setSenders)
  return (
    <TextOpened value={setOpened}>
      <div className={style.stack}>
        <Card title={said.title} note={said.note} beside={<State known={known} />}>
          <TextConnection
            key={`${known.provider}:${known.account}`}
            known={known}
            onSenders={setSenders}
          />
        </Card>
        <TextNumbers
          key={known.provider ?? 'none'}
          known={known}
          senders={senders}
          asking={asking}
        />
        <TextPrices known={known} />
        <TextChecks known={known} />
      </div>
    </TextOpened>
  )
}

function State({ known: { provider, state } }: { readonly known: Known }) {
  const said = useWords(textWords)
  const tag = (meaning: Meaning, sentence: string) => (
    <Tag dot meaning={meaning}>
      {sentence}
    </Tag>
  )
  if (provider === null) return tag('attention', said.off)
  if (state === null) return tag('quiet', said.unasked)
  return state.error === null ? tag('caused', said.on) : tag('broken', said.failing)
}
