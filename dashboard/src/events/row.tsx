import { Link } from 'wouter'
import type { EventRow } from '../api/events.ts'
import { type Language, useLanguage } from '../app/language.ts'
import { useSession } from '../app/session.tsx'
import { clock, personName } from '../design/format.ts'
import style from './events.module.css'
import { EventMark } from './mark.tsx'
import { eventDetail, eventName } from './sentence.ts'

type Props = { readonly event: EventRow; readonly fresh?: boolean }

/** One event as a sentence: who, what, when. */
export function EventLine({ event, fresh = false }: Props) {
  const language = useLanguage()
  const { shop } = useSession()
  const detail = eventDetail(event.properties, { currency: shop.currency, language })
  const particle = afterName(event, language)
  const what = eventName(event.name, language)
  const who = personName(event.customerName, language)
  return (
    <li className={`${style.row} ${fresh ? style.fresh : ''}`}>
      <EventMark name={event.name} />
      <div className={style.words}>
        {event.customer ? (
          <>
            <Link href={`/customers/${event.customer}`} className={style.who ?? ''}>
              {who}
            </Link>
            {particle}
          </>
        ) : null}
        {language === 'en' && event.customer ? lowered(what) : what}
        {detail && <span className={style.detail}>{detail}</span>}
      </div>
      <time className={style.time} dateTime={new Date(event.at).toISOString()}>
        {clock(event.at, shop.timeZone)}
      </time>
    </li>
  )
}

/** What we did to somebody is not told as if they had done it. */
function afterName({ name, customerName }: EventRow, language: Language): string {
  const toThem = /^Message (Queued|Refused|Held Out|Sent|Delivered)$/.test(name)
  const theirs = /^Message (Bounced|Unconfirmed)$/.test(name)
  if (language === 'en') return toThem || theirs ? ': ' : ' '
  const honorific = customerName ? '님' : ''
  return `${honorific}${toThem ? '에게' : theirs ? '의' : '이'} `
}

function lowered(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}
