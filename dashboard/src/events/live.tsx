import { Button, Select, TextInput } from '@mantine/core'
import { IconPlayerPause, IconPlayerPlay, IconSearch } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useRef, useState } from 'react'
import { Link, useSearchParams } from 'wouter'
import { type EventRow, listEvents } from '../api/events.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { Card } from '../design/card.tsx'
import { count } from '../design/format.ts'
import { Page } from '../design/page.tsx'
import { Bones, EmptyState, Failure } from '../design/states.tsx'
import style from './events.module.css'
import { EventLine } from './row.tsx'
import { type EventKind, eventDetail, eventKind, eventName } from './sentence.ts'
import { useStream } from './stream.ts'

const text = words({
  title: { ko: '연결 상태', en: 'Live events' },
  purpose: {
    ko: '상점에서 방금 일어난 일이에요. 내 행동이 들어오는지 여기서 바로 확인할 수 있어요.',
    en: 'What is happening in the shop this moment. See here at once whether your own actions arrive.',
  },
  pause: { ko: '잠시 멈추기', en: 'Pause' },
  resume: { ko: '이어 보기', en: 'Resume' },
  filter: { ko: '고객, 상품, 이벤트 찾기', en: 'Find a customer, product or event' },
  kinds: { ko: '이벤트 종류', en: 'Kind of event' },
  all: { ko: '모든 이벤트', en: 'All events' },
  browse: { ko: '구경', en: 'Browsing' },
  cart: { ko: '장바구니', en: 'Cart' },
  order: { ko: '주문', en: 'Orders' },
  person: { ko: '회원과 동의', en: 'People and consent' },
  message: { ko: '메시지', en: 'Messages' },
  ours: { ko: '방문과 세그먼트', en: 'Visits and segments' },
  connected: { ko: '실시간으로 받고 있어요', en: 'Receiving live' },
  connecting: { ko: '다시 연결하고 있어요', en: 'Reconnecting' },
  paused: { ko: '멈춰 있어요', en: 'Paused' },
  waiting: {
    ko: (n: string) => `새 이벤트 ${n}건 보기`,
    en: (n: string) => `Show ${n} new events`,
  },
  emptyTitle: { ko: '아직 들어온 이벤트가 없어요', en: 'No events yet' },
  empty: {
    ko: '상점에 코드를 붙이면 고객이 보고, 담고, 사는 일이 여기에 바로 나타나요. 이 기록으로 세그먼트와 캠페인이 움직여요.',
    en: 'Once the snippet is in your shop, views, carts and orders appear here at once. Segments and campaigns run on this record.',
  },
  example: {
    ko: '예: “김하늘님이 장바구니에 담았어요. 리넨 셔츠 · 39,000원”',
    en: 'For example: “Kim Haneul added to cart. Linen shirt · ₩39,000”',
  },
  connect: { ko: '코드 붙이러 가기', en: 'Get the snippet' },
  none: { ko: '조건에 맞는 이벤트가 없어요.', en: 'No event matches.' },
})

const kinds: readonly EventKind[] = ['browse', 'cart', 'order', 'person', 'message', 'ours']

/** The live view. */
export function Live() {
  const said = useWords(text)
  const language = useLanguage()
  const [paused, setPaused] = useState(false)
  const [search, setSearch] = useSearchParams()
  const kind = search.get('kind')
  const typed = search.get('q') ?? ''
  const put = (key: string, value: string | null) =>
    setSearch(
      (before) => {
        const next = new URLSearchParams(before)
        if (value) next.set(key, value)
        else next.delete(key)
        return next
      },
      { replace: true },
    )
  const stream = useStream(paused)
  const past = useQuery({
    queryKey: ['events', 'recent'],
    queryFn: ({ signal }) => listEvents({ limit: 100 }, signal),
    staleTime: 0,
  })
  const opened = useRef(Date.now())
  const all = merge(stream.events, past.data?.items)
  const events = all.filter(
    (event) => (!kind || eventKind(event.name) === kind) && holds(event, typed, language),
  )
  useEffect(() => {
    if (past.data) opened.current = Date.now()
  }, [past.data])
  return (
    <Page title={said.title} purpose={said.purpose} width="narrow">
      <Card flush>
        <div className={style.bar} style={{ marginTop: -12 }}>
          <TextInput
            leftSection={<IconSearch size={16} />}
            placeholder={said.filter}
            aria-label={said.filter}
            value={typed}
            onChange={(event) => put('q', event.currentTarget.value)}
            style={{ flex: '1 1 200px' }}
          />
          <Select
            aria-label={said.kinds}
            data={[
              { value: '', label: said.all },
              ...kinds.map((value) => ({ value, label: said[value] })),
            ]}
            value={kind ?? ''}
            onChange={(value) => put('kind', value)}
            allowDeselect={false}
            w={160}
          />
          <Button
            variant="default"
            leftSection={paused ? <IconPlayerPlay size={16} /> : <IconPlayerPause size={16} />}
            onClick={() => setPaused(!paused)}
          >
            {paused ? said.resume : said.pause}
          </Button>
          <span className={style.state} role="status">
            <span className={`${style.pulse} ${stream.connected && !paused ? style.on : ''}`} />
            {paused ? said.paused : stream.connected ? said.connected : said.connecting}
          </span>
        </div>
        {stream.waiting > 0 && (
          <button type="button" className={style.held} onClick={() => setPaused(false)}>
            {said.waiting(count(stream.waiting, language))}
          </button>
        )}
        {past.error && (
          <div style={{ padding: 24 }}>
            <Failure error={past.error} retry={() => past.refetch()} />
          </div>
        )}
        {past.isLoading && <Bones lines={8} height={32} />}
        {past.data && all.length === 0 && (
          <EmptyState
            title={said.emptyTitle}
            example={said.example}
            action={
              <Button component={Link} href="/setup">
                {said.connect}
              </Button>
            }
          >
            {said.empty}
          </EmptyState>
        )}
        {all.length > 0 && events.length === 0 && (
          <p style={{ padding: 24, color: 'var(--ink-3)' }}>{said.none}</p>
        )}
        <ul className={style.list}>
          {events.slice(0, 150).map((event) => (
            <EventLine
              key={event.position}
              event={event}
              fresh={event.receivedAt > opened.current}
            />
          ))}
        </ul>
      </Card>
    </Page>
  )
}

/** What streams in and what was there, newest first, each once. */
function merge(
  streamed: readonly EventRow[],
  past: readonly EventRow[] | undefined,
): readonly EventRow[] {
  const seen = new Set(streamed.map((event) => event.position))
  return [...streamed, ...(past ?? []).filter((event) => !seen.has(event.position))].sort(
    (a, b) => b.position - a.position,
  )
}

function holds(event: EventRow, typed: string, language: 'ko' | 'en'): boolean {
  const wanted = typed.trim().toLowerCase()
  if (wanted === '') return true
  const said = [
    event.name,
    eventName(event.name, language),
    event.customerName ?? '',
    eventDetail(event.properties, { currency: 'KRW', language }),
  ]
  return said.some((one) => one.toLowerCase().includes(wanted))
}
