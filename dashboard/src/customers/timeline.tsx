import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'wouter'
import { reasonLine } from '../../../server/src/messages/reason-line.ts'
import { listCampaigns } from '../api/campaigns.ts'
import { getTimeline, type TimelineEntry } from '../api/customers.ts'
import { useKeyset } from '../api/keyset.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useSession } from '../app/session.tsx'
import { Card } from '../design/card.tsx'
import { day, hourAndMinute } from '../design/format.ts'
import { RuleNote } from '../design/rule-note.tsx'
import { Bones, EmptyState, Failure } from '../design/states.tsx'
import { EventMark } from '../events/mark.tsx'
import { eventDetail, eventKind, eventName } from '../events/sentence.ts'
import style from './customers.module.css'

const text = words({
  title: { ko: '지금까지', en: 'So far' },
  note: {
    ko: '이 고객이 한 일과 우리가 정한 일, 보낸 메시지를 이어서 보여드려요. 가입하기 전 기록도 함께 있어요.',
    en: 'What they did, what we decided and what we sent, before they signed up included.',
  },
  emptyTitle: { ko: '아직 기록이 없어요', en: 'Nothing yet' },
  empty: {
    ko: '이 고객이 상점에서 움직이면 여기에 이어져요.',
    en: 'What this person does in the shop appears here.',
  },
  more: { ko: '이전 기록 더 보기', en: 'Show earlier' },
  mail: { ko: '메시지 보기', en: 'See the message' },
  open: { ko: '자세히', en: 'Details' },
  close: { ko: '접기', en: 'Less' },
})

/** Newest first, grouped by the shop's day. */
export function Timeline({ customer }: { readonly customer: number }) {
  const said = useWords(text)
  const language = useLanguage()
  const { shop } = useSession()
  const line = useKeyset(
    ['customers', 'timeline', customer],
    (after, signal) => getTimeline(customer, { after, limit: 50 }, signal),
    5_000,
  )
  const when = { timeZone: shop.timeZone, language }
  const days = Map.groupBy(line.rows ?? [], (entry) => day(entry.at, when, Date.now()))
  return (
    <Card title={said.title} note={said.note} flush>
      {line.error && (
        <div style={{ padding: 24 }}>
          <Failure error={line.error} retry={line.retry} />
        </div>
      )}
      {!line.rows && !line.error && <Bones lines={8} height={28} />}
      {line.rows?.length === 0 && <EmptyState title={said.emptyTitle}>{said.empty}</EmptyState>}
      {[...days].map(([date, entries]) => (
        <section key={date} aria-label={date}>
          <h3 className={style.day}>{date}</h3>
          <ul className={style.line}>
            {entries.map((entry) => (
              <Entry key={`${entry.position}${entry.name}`} entry={entry} />
            ))}
          </ul>
        </section>
      ))}
      {line.more && (
        <div style={{ padding: 16, textAlign: 'center' }}>
          <Button variant="default" loading={line.moreBusy} onClick={() => void line.more?.()}>
            {said.more}
          </Button>
        </div>
      )}
    </Card>
  )
}

function Entry({ entry }: { readonly entry: TimelineEntry }) {
  const said = useWords(text)
  const language = useLanguage()
  const { shop } = useSession()
  const [open, setOpen] = useState(false)
  const detail = eventDetail(entry.properties, { currency: shop.currency, language })
  const { reason, campaign, message_id: message } = entry.properties
  const kind = eventKind(entry.name)
  const ours = kind === 'message'
  const hasMore = Object.keys(entry.properties).length > 0
  return (
    <li className={`${style.entry} ${ours ? style.ours : ''}`}>
      <EventMark name={entry.name} />
      <div className={style.entryBody}>
        <span className={style.entryTitle}>{eventName(entry.name, language)}</span>
        {detail && <span className={style.detail}> · {detail}</span>}
        {hasMore && (
          <button
            type="button"
            className={style.more}
            aria-expanded={open}
            onClick={() => setOpen(!open)}
          >
            {open ? said.close : said.open}
          </button>
        )}
        {ours && typeof campaign === 'number' && <CampaignName id={campaign} />}
        {ours && typeof message === 'number' && (
          <Link href={`/messages?message=${message}`} className={style.more ?? ''}>
            {said.mail}
          </Link>
        )}
        {ours && typeof reason === 'string' && <Why reason={reason} />}
        {open && <pre className={style.raw}>{JSON.stringify(entry.properties, null, 2)}</pre>}
      </div>
      <time className={style.time} dateTime={new Date(entry.at).toISOString()}>
        {hourAndMinute(entry.at, shop.timeZone)}
      </time>
    </li>
  )
}

/** Why it went or did not, and the rule behind it. */
function Why({ reason }: { readonly reason: string }) {
  const language = useLanguage()
  const line = reasonLine(reason)
  return (
    <div className={style.why}>
      {line[language]} <RuleNote rule={line.rule} />
    </div>
  )
}

function CampaignName({ id }: { readonly id: number }) {
  const campaigns = useQuery({
    queryKey: ['campaigns', 'find'],
    queryFn: ({ signal }) => listCampaigns({ limit: 100 }, signal),
    staleTime: 60_000,
  })
  const name = campaigns.data?.items.find((one) => one.id === id)?.name
  return name ? <span className={style.detail}> · {name}</span> : null
}
