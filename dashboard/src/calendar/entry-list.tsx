import { Link } from 'wouter'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useSession } from '../app/session.tsx'
import { day as dayWords, hourAndMinute } from '../design/format.ts'
import { type Meaning, Tag } from '../design/states.tsx'
import style from './calendar.module.css'
import type { CalendarEntry, EntryKind } from './calendar-entry.ts'
import { startOf } from './season-entries.ts'

const kindNames = words({
  campaign: { ko: '캠페인', en: 'Campaign' },
  season: { ko: '시즌', en: 'Season' },
  last_order: { ko: '주문 마감', en: 'Last order' },
  season_step: { ko: '알릴 때', en: 'Time to tell' },
  span: { ko: '시즌 기간', en: 'Season' },
  holiday: { ko: '쉬는 날', en: 'Day off' },
})

const text = words({
  noneInMonth: { ko: '이달에는 일정이 없어요.', en: 'Nothing in this month.' },
  none: { ko: '이날은 일정이 없어요.', en: 'Nothing on this day.' },
  until: {
    ko: (time: string) => `${time}까지 주문하면 도착해요`,
    en: (time: string) => `Orders until ${time} arrive in time`,
  },
  lasts: { ko: (day: string) => `${day}까지`, en: (day: string) => `until ${day}` },
})

const meanings: Readonly<Record<EntryKind, Meaning>> = {
  campaign: 'accent',
  season: 'caused',
  last_order: 'attention',
  season_step: 'quiet',
  span: 'quiet',
  holiday: 'quiet',
}

type MonthProps = { readonly label: string; readonly entries: readonly CalendarEntry[] }

/** A month's entries in the order of time, each once, on the day it begins. */
export function MonthEntries({ label, entries }: MonthProps) {
  const said = useWords(text)
  const language = useLanguage()
  const { timeZone } = useSession().shop
  return (
    <>
      <h3 className={style.dayTitle}>{label}</h3>
      {entries.length === 0 && <p className={style.note}>{said.noneInMonth}</p>}
      <ol className={style.entries}>
        {entries.map(({ kind, title, at, href }) => (
          <li key={`${kind}${title}${at}`}>
            <span className={style.from}>{dayWords(at, { timeZone, language })}</span>
            {href ? (
              <Link href={href} className={style.link ?? ''}>
                {title}
              </Link>
            ) : (
              title
            )}
          </li>
        ))}
      </ol>
    </>
  )
}

type Props = { readonly day: string; readonly entries: readonly CalendarEntry[] }

/** Everything on one day, in full sentences. */
export function DayEntries({ day, entries }: Props) {
  const said = useWords(text)
  const language = useLanguage()
  const { timeZone } = useSession().shop
  return (
    <div aria-live="polite">
      <h3 className={style.dayTitle}>{dayWords(startOf(day, timeZone), { timeZone, language })}</h3>
      {entries.length === 0 && <p className={style.note}>{said.none}</p>}
      <ul className={style.entries}>
        {entries.map((entry) => (
          <EntryLine key={`${entry.kind}${entry.title}${entry.at}`} entry={entry} />
        ))}
      </ul>
    </div>
  )
}

function EntryLine({ entry }: { readonly entry: CalendarEntry }) {
  const said = useWords(text)
  const names = useWords(kindNames)
  const language = useLanguage()
  const { timeZone } = useSession().shop
  const { kind, title, at, until, href } = entry
  return (
    <li>
      <Tag meaning={meanings[kind]}>{names[kind]}</Tag>
      <div>
        {href ? (
          <Link href={href} className={style.link ?? ''}>
            {title}
          </Link>
        ) : (
          title
        )}
        {kind === 'last_order' && (
          <div className={style.note}>{said.until(hourAndMinute(at, timeZone))}</div>
        )}
        {kind === 'campaign' && <div className={style.note}>{hourAndMinute(at, timeZone)}</div>}
        {kind === 'span' && until !== undefined && (
          <div className={style.note}>{said.lasts(dayWords(until, { timeZone, language }))}</div>
        )}
      </div>
    </li>
  )
}
