import { Alert, Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { getHeldNews, settleHeldNews } from '../api/products.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useMay } from '../app/session.tsx'
import { count } from '../design/format.ts'
import style from './products.module.css'

const text = words({
  title: {
    ko: (n: string) => `상품 ${n}개의 가격이 한꺼번에 내려갔어요`,
    en: (n: string) => `${n} prices came down at once`,
  },
  what: {
    ko: '한 시간에 500개가 넘어서, 본 고객에게 알리는 일을 멈춰 두었어요. 실수라면 가격을 고친 뒤 알리지 않기를 눌러 주세요.',
    en: 'More than 500 within an hour, so nobody who looked has been told. If it is a mistake, put the prices right and decline.',
  },
  tell: { ko: '본 고객에게 알리기', en: 'Tell those who looked' },
  decline: { ko: '알리지 않기', en: 'Do not tell' },
})

/** Lowered prices that wait for a word; nothing while there are none. */
export function HeldNews() {
  const said = useWords(text)
  const language = useLanguage()
  const may = useMay('marketer')
  const queries = useQueryClient()
  const held = useQuery({
    queryKey: ['products', 'held'],
    queryFn: ({ signal }) => getHeldNews(signal),
  })
  const settle = useMutation({
    mutationFn: settleHeldNews,
    onSuccess: () => queries.invalidateQueries({ queryKey: ['products', 'held'] }),
  })
  if (!held.data || held.data.held === 0) return null
  return (
    <Alert color="yellow" mb={16} title={said.title(count(held.data.held, language))}>
      <div className={style.form}>
        {said.what}
        {may && (
          <div className={style.buttons}>
            <Button loading={settle.isPending} onClick={() => settle.mutate(true)}>
              {said.tell}
            </Button>
            <Button
              variant="default"
              disabled={settle.isPending}
              onClick={() => settle.mutate(false)}
            >
              {said.decline}
            </Button>
          </div>
        )}
      </div>
    </Alert>
  )
}
