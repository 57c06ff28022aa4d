import { Button, Select, TextInput } from '@mantine/core'
import { useState } from 'react'
import { problemIn } from '../api/client.ts'
import type { TextAccount } from '../api/text.ts'
import { useWords } from '../app/language.ts'
import { useMay } from '../app/session.tsx'
import { Card } from '../design/card.tsx'
import { Failure } from '../design/states.tsx'
import style from './settings.module.css'
import { textWords } from './text-words.ts'
import { type useCheck, useText } from './use-text.ts'

type Props = {
  readonly known: TextAccount
  readonly senders: readonly string[]
  /** Asks the provider for them. */
  readonly asking: ReturnType<typeof useCheck>
}

/** The number texts come from, out of those registered at the provider, and the 080 number people refuse by. */
export function TextNumbers({ known, senders, asking }: Props) {
  const said = useWords(textWords)
  const may = useMay('developer')
  const saving = useText(known)
  const [sender, setSender] = useState(known.senderNumber)
  const [optOut, setOptOut] = useState(known.optOutNumber)
  const problem = problemIn(saving.error)
  const isWrong = (field: string) => problem?.field?.includes(field) === true
  const choices = [...new Set([known.senderNumber, ...senders])].filter((one) => one !== '')
  const refused = isWrong('senderNumber') ? said.senderRefused : undefined
  return (
    <Card title={said.numbers} note={said.numbersNote}>
      <form
        className={style.form}
        onSubmit={(event) => {
          event.preventDefault()
          saving.mutate({ senderNumber: sender.replace(/\D/g, ''), optOutNumber: optOut.trim() })
        }}
      >
        {known.provider === 'aligo' ? (
          <TextInput
            label={said.sender}
            description={said.senderAligo}
            inputMode="numeric"
            disabled={!may}
            value={sender}
            error={refused}
            onChange={(event) => setSender(event.currentTarget.value)}
          />
        ) : (
          <Select
            label={said.sender}
            description={known.provider === null ? said.senderFirst : undefined}
            placeholder={said.senderPick}
            disabled={!may || known.provider === null}
            // They are the provider's to tell, and this page may have been opened long after the account was stored.
            onDropdownOpen={() => {
              if (senders.length === 0 && !asking.isPending) asking.mutate()
            }}
            nothingFoundMessage={asking.isPending ? said.senderAsking : said.senderNone}
            data={choices.map((number) => ({ value: number, label: dashed(number) }))}
            value={sender === '' ? null : sender}
            error={refused}
            onChange={(value) => setSender(value ?? '')}
          />
        )}
        <TextInput
          label={said.optOut}
          description={said.optOutNote}
          placeholder="080-123-4567"
          inputMode="tel"
          disabled={!may}
          value={optOut}
          error={isWrong('optOutNumber') ? said.optOutWrong : undefined}
          onChange={(event) => setOptOut(event.currentTarget.value)}
        />
        {problem && !problem.field && <Failure error={saving.error} />}
        {may && (
          <div className={style.buttons}>
            <Button type="submit" loading={saving.isPending}>
              {said.saveNumbers}
            </Button>
          </div>
        )}
      </form>
    </Card>
  )
}

/** 0212345678 as it is read: 02-1234-5678; 15441234 as 1544-1234. */
export function dashed(number: string): string {
  const parts =
    /^(02)(\d{3,4})(\d{4})$/.exec(number) ??
    /^(1\d{3})(\d{4})$/.exec(number) ??
    /^(\d{3,4})(\d{3,4})(\d{4})$/.exec(number)
  return parts ? parts.slice(1).join('-') : number
}
