import { Button, Textarea } from '@mantine/core'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { addCodes } from '../api/coupons.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { Card } from '../design/card.tsx'
import { count } from '../design/format.ts'
import { Failure } from '../design/states.tsx'
import style from './coupons.module.css'

const text = words({
  title: { ko: '쿠폰 번호 더 올리기', en: 'Add codes' },
  label: { ko: '한 줄에 하나씩', en: 'One a line' },
  add: { ko: '번호 올리기', en: 'Add these codes' },
  added: {
    ko: (added: string, known: string) =>
      `${added}개를 올렸어요.${known === '0' ? '' : ` ${known}개는 이미 있어요.`}`,
    en: (added: string, known: string) =>
      `${added} added${known === '0' ? '' : `, ${known} were there`}.`,
  },
  line: {
    ko: (line: number, value: string) => `${line}번째 줄 “${value}”`,
    en: (line: number, value: string) => `line ${line}: “${value}”`,
  },
  not_a_code: {
    ko: '영문, 숫자, -, _로 3자에서 40자까지여야 해요',
    en: 'must be 3 to 40 Latin letters, digits, - or _',
  },
  twice: { ko: '앞에 같은 번호가 있어요', en: 'stands there twice' },
})

const shownLimit = 10

/** More codes for a coupon that takes them from a list; what is left out is said line by line. */
export function AddCodes({ pool }: { readonly pool: number }) {
  const said = useWords(text)
  const language = useLanguage()
  const queries = useQueryClient()
  const [list, setList] = useState('')
  const adding = useMutation({
    mutationFn: () => addCodes(pool, list),
    onSuccess: async () => {
      setList('')
      await queries.invalidateQueries({ queryKey: ['coupons'] })
    },
  })
  const done = adding.data
  return (
    <Card title={said.title}>
      <div className={style.form}>
        <Textarea
          label={said.label}
          rows={4}
          value={list}
          onChange={(event) => setList(event.currentTarget.value)}
        />
        <div className={style.buttons}>
          <Button
            variant="default"
            disabled={list.trim() === ''}
            loading={adding.isPending}
            onClick={() => adding.mutate()}
          >
            {said.add}
          </Button>
        </div>
        {adding.error && <Failure error={adding.error} />}
        {done && (
          <div role="status">
            {said.added(count(done.added, language), count(done.known, language))}
            <ul className={style.refused}>
              {done.refused.slice(0, shownLimit).map(({ line, value, reason }) => (
                <li key={line}>
                  {said.line(line, value)}: {said[reason]}
                </li>
              ))}
            </ul>
          </div>
        )}
      </div>
    </Card>
  )
}
