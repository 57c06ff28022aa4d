import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { getText, type TextAccount as Known } from '../api/text.ts'
import { useWords } from '../app/language.ts'
import { Card } from '../design/card.tsx'
import { Bones, Failure, Tag } from '../design/states.tsx'
import style from './settings.module.css'
import { TextChecks } from './text-checks.tsx'
import { TextConnection } from './text-connection.tsx'
import { TextNumbers } from './text-numbers.tsx'
import { TextPrices } from './text-prices.tsx'
import { textWords } from './text-words.ts'

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

function Cards({ known }: { readonly known: Known }) {
  const said = useWords(textWords)
  const [senders, setSenders] = useState<readonly string[]>([])
  const failing = known.provider !== null && Boolean(known.state?.error)
  const meaning = known.provider === null ? 'attention' : failing ? 'broken' : 'caused'
  return (
    <div className={style.stack}>
      <Card
        title={said.title}
        note={said.note}
        beside={
          <Tag dot meaning={meaning}>
            {known.provider === null ? said.off : failing ? said.failing : said.on}
          </Tag>
        }
      >
        <TextConnection
          key={`${known.provider}:${known.account}`}
          known={known}
          onSenders={setSenders}
        />
      </Card>
      <TextNumbers key={known.provider ?? 'none'} known={known} senders={senders} />
      <TextPrices known={known} />
      <TextChecks known={known} />
    </div>
  )
}
