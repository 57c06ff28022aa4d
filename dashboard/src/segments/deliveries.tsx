import { Button } from '@mantine/core'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { type Delivery, listDeliveries, retryDelivery } from '../api/webhooks.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useSession } from '../app/session.tsx'
import { dayAndTime } from '../design/format.ts'
import { type Meaning, Tag } from '../design/states.tsx'
import style from './segments.module.css'

const text = words({
  title: { ko: '최근에 보낸 것', en: 'Latest calls' },
  waiting: { ko: '기다리는 중', en: 'waiting' },
  sending: { ko: '보내는 중', en: 'sending' },
  sent: { ko: '도착함', en: 'arrived' },
  failed: { ko: '닿지 않음', en: 'failed' },
  attempt: { ko: (n: number) => `${n}번째 시도`, en: (n: number) => `attempt ${n}` },
  retry: { ko: '다시 보내기', en: 'Send again' },
})

const meanings: Readonly<Record<Delivery['state'], Meaning>> = {
  waiting: 'attention',
  sending: 'attention',
  sent: 'caused',
  failed: 'broken',
}

type Props = { readonly segment: number | null; readonly webhook: number }

/** The last calls of a webhook; what failed can be sent once more. */
export function Deliveries({ segment, webhook }: Props) {
  const said = useWords(text)
  const language = useLanguage()
  const { timeZone } = useSession().shop
  const queries = useQueryClient()
  const key = ['segments', 'webhooks', segment, webhook, 'deliveries']
  const calls = useQuery({
    queryKey: key,
    queryFn: ({ signal }) => listDeliveries({ segment, webhook }, signal),
    refetchInterval: 5_000,
  })
  const retrying = useMutation({
    mutationFn: (delivery: string) => retryDelivery({ segment, webhook }, delivery),
    onSuccess: () => queries.invalidateQueries({ queryKey: key }),
  })
  const items = calls.data?.items ?? []
  if (items.length === 0) return null
  return (
    <ul className={style.plainList} style={{ flexBasis: '100%' }} aria-label={said.title}>
      {items.map((one) => (
        <li key={one.id} className={style.inline}>
          <Tag meaning={meanings[one.state]} dot>
            {said[one.state]}
          </Tag>
          <span className={style.why}>
            {dayAndTime(one.createdAt, { timeZone, language }, Date.now())} ·{' '}
            {said.attempt(one.attempt)}
            {one.status !== null && ` · ${one.status}`}
            {one.error !== null && ` · ${one.error}`}
          </span>
          {one.state === 'failed' && (
            <Button
              size="compact-sm"
              variant="default"
              disabled={retrying.isPending}
              onClick={() => retrying.mutate(one.id)}
            >
              {said.retry}
            </Button>
          )}
        </li>
      ))}
    </ul>
  )
}
