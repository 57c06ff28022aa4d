import { IconChevronRight } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { listEvents } from '../api/events.ts'
import { useWords, words } from '../app/language.ts'
import { Card } from '../design/card.tsx'
import { Bones, EmptyState, Failure } from '../design/states.tsx'
import events from '../events/events.module.css'
import { EventLine } from '../events/row.tsx'
import style from './home.module.css'

const text = words({
  title: { ko: '방금 일어난 일', en: 'Just now' },
  all: { ko: '실시간으로 보기', en: 'Watch live' },
  emptyTitle: { ko: '고객을 기다리고 있어요', en: 'Waiting for the first visitor' },
  empty: {
    ko: '상점에 코드를 붙이면 고객의 움직임이 여기에 나타나요.',
    en: 'Once the snippet is in your shop, what people do appears here.',
  },
})

/** The last few events, refreshed every few seconds. */
export function Just() {
  const said = useWords(text)
  const recent = useQuery({
    queryKey: ['events', 'just'],
    queryFn: ({ signal }) => listEvents({ limit: 7 }, signal),
    refetchInterval: 4_000,
    staleTime: 0,
  })
  return (
    <Card
      title={said.title}
      flush
      beside={
        <Link href="/events" className={style.link ?? ''}>
          {said.all} <IconChevronRight size={16} aria-hidden />
        </Link>
      }
    >
      {recent.error && (
        <div style={{ padding: 24 }}>
          <Failure error={recent.error} retry={() => recent.refetch()} />
        </div>
      )}
      {recent.isLoading && <Bones lines={5} height={24} />}
      {recent.data?.items.length === 0 && (
        <EmptyState title={said.emptyTitle}>{said.empty}</EmptyState>
      )}
      <ul className={`${events.list} ${events.tight}`}>
        {recent.data?.items.map((event) => (
          <EventLine key={event.position} event={event} />
        ))}
      </ul>
    </Card>
  )
}
