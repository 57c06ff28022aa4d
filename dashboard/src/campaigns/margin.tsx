import { Button, NumberInput } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { putMargin } from '../api/effect.ts'
import { useWords, words } from '../app/language.ts'
import { useMay } from '../app/session.tsx'
import { Failure } from '../design/states.tsx'
import style from './report.module.css'

const text = words({
  ask: {
    ko: '마진을 알려 주면 이익으로 보여드려요.',
    en: 'Say your margin, and this is told as profit.',
  },
  known: {
    ko: (share: string) => `이익은 마진 ${share} %로 계산하고 쿠폰과 발송비를 뺀 값이에요.`,
    en: (share: string) => `Profit is told from a margin of ${share} %, less coupons and sending.`,
  },
  label: { ko: '마진 (%)', en: 'Margin (%)' },
  change: { ko: '마진 바꾸기', en: 'Change the margin' },
  enter: { ko: '마진 적기', en: 'Enter the margin' },
  save: { ko: '이 마진으로 계산하기', en: 'Use this margin' },
  hint: {
    ko: '판매가에서 상품 원가를 빼고 남는 비율이에요. 원가를 적은 상품은 그 값을 써요.',
    en: 'What is left of a price once the goods are paid. Products with a cost of their own use it.',
  },
})

/** The margin profit is told from, asked for where it is missing. */
export function Margin({ margin }: { readonly margin: number | null }) {
  const said = useWords(text)
  const may = useMay('marketer')
  const queries = useQueryClient()
  const [isOpen, setOpen] = useState(false)
  const [share, setShare] = useState<number | string>(margin === null ? '' : margin * 100)
  const save = useMutation({
    mutationFn: () => putMargin(share === '' ? null : Number(share) / 100),
    onSuccess: async () => {
      setOpen(false)
      await queries.invalidateQueries({ queryKey: ['campaigns', 'effect'] })
    },
  })
  return (
    <div className={style.margin}>
      <p className={style.note}>
        {margin === null ? said.ask : said.known(String(Math.round(margin * 1000) / 10))}{' '}
        {may && !isOpen && (
          <button type="button" className={style.drop} onClick={() => setOpen(true)}>
            {margin === null ? said.enter : said.change}
          </button>
        )}
      </p>
      {isOpen && (
        <form
          className={style.marginForm}
          onSubmit={(event) => {
            event.preventDefault()
            save.mutate()
          }}
        >
          <NumberInput
            label={said.label}
            description={said.hint}
            value={share}
            onChange={setShare}
            min={0}
            max={100}
            decimalScale={1}
            maw={360}
          />
          <Button type="submit" size="xs" loading={save.isPending}>
            {said.save}
          </Button>
          {save.error && <Failure error={save.error} />}
        </form>
      )}
    </div>
  )
}
