import { Button, NumberInput } from '@mantine/core'
import { useState } from 'react'
import { problemIn } from '../api/client.ts'
import type { TextAccount } from '../api/text.ts'
import { useLanguage, useWords } from '../app/language.ts'
import { useMay, useSession } from '../app/session.tsx'
import { Card } from '../design/card.tsx'
import { dayAndTime, money } from '../design/format.ts'
import { Failure } from '../design/states.tsx'
import style from './settings.module.css'
import { textWords } from './text-words.ts'
import { useText } from './use-text.ts'

const forms = ['sms', 'lms', 'mms'] as const

/** What a text costs, what money is left, and when to warn. */
export function TextPrices({ known }: { readonly known: TextAccount }) {
  const said = useWords(textWords)
  const may = useMay('developer')
  const saving = useText(known)
  const { smsWon, lmsWon, mmsWon, warnBelowWon } = known
  const [prices, setPrices] = useState({ smsWon, lmsWon, mmsWon, warnBelowWon })
  const amount = (name: keyof typeof prices, label: string) => (
    <NumberInput
      key={name}
      label={label}
      min={0}
      max={name === 'warnBelowWon' ? 100_000_000 : 10_000}
      decimalScale={name === 'warnBelowWon' ? 0 : 2}
      thousandSeparator=","
      suffix={` ${said.won}`}
      disabled={!may}
      value={prices[name]}
      onChange={(value) => setPrices({ ...prices, [name]: Number(value) || 0 })}
    />
  )
  return (
    <Card title={said.prices} note={said.pricesNote}>
      <form
        className={style.form}
        onSubmit={(event) => {
          event.preventDefault()
          saving.mutate(prices)
        }}
      >
        {known.provider !== null && <Balance known={known} />}
        <div className={style.trio}>{forms.map((form) => amount(`${form}Won`, said[form]))}</div>
        {known.provider !== 'nhn' && amount('warnBelowWon', said.warn)}
        {problemIn(saving.error) && <Failure error={saving.error} />}
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

function Balance({ known: { provider, state } }: { readonly known: TextAccount }) {
  const said = useWords(textWords)
  const language = useLanguage()
  const { timeZone } = useSession().shop
  if (provider === 'nhn') return <p className={style.note}>{said.billed}</p>
  if (state === null || state.balanceWon === null || state.answeredAt === null) return null
  return (
    <div>
      <div className={style.label}>{said.balance}</div>
      <div className={style.amount}>{money(state.balanceWon, 'KRW', language)}</div>
      <p className={style.note}>
        {dayAndTime(state.answeredAt, { timeZone, language }, Date.now())} {said.asked}
      </p>
      {state.isLow && (
        <p className={`${style.trouble} ${style.beneath}`} role="status">
          {said.low}
        </p>
      )}
    </div>
  )
}
