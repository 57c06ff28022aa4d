import type { MessagingReport } from '../api/messaging.ts'
import { type Language, useLanguage, useWords, words } from '../app/language.ts'
import { Behind } from '../design/behind.tsx'
import { Card } from '../design/card.tsx'
import { DataTable } from '../design/data-table.tsx'
import { count } from '../design/format.ts'
import { EmptyState } from '../design/states.tsx'
import style from './cohort.module.css'

const text = words({
  title: { ko: '보낸 날 달력', en: 'Calendar of messages' },
  note: {
    ko: '칸마다 그날 보낸 수예요. 진할수록 많이 보냈어요. 아래 작은 숫자는 그날 두 통 이상 받은 고객이에요.',
    en: 'What left each day; the darker the more. The small number beneath it: people who got two or more that day.',
  },
  week: { ko: '주', en: 'Week' },
  day: { ko: '날', en: 'Day' },
  messages: { ko: '보낸 수', en: 'Messages' },
  receivers: { ko: '받은 고객', en: 'People' },
  several: { ko: '하루 두 통 이상', en: 'Two or more' },
  twice: { ko: (n: string) => `${n}명`, en: (n: string) => n },
  emptyTitle: { ko: '아직 보낸 메시지가 없어요', en: 'No message has left yet' },
  empty: {
    ko: '캠페인이 메시지를 보내면 여기에 나타나요.',
    en: 'They appear once a campaign sends.',
  },
})

type Day = MessagingReport['calendar'][number]
const dayMs = 86_400_000
const weekdays = {
  ko: ['월', '화', '수', '목', '금', '토', '일'],
  en: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
} as const satisfies Record<Language, readonly string[]>

/** Days of the last weeks, a week a row: how many messages left, and who got several at once. */
export function SentCalendar({ days }: { readonly days: readonly Day[] }) {
  const said = useWords(text)
  const language = useLanguage()
  const known = new Map(days.map((one) => [one.day, one]))
  const most = Math.max(1, ...days.map(({ messages }) => messages))
  return (
    <Card title={said.title} note={said.note}>
      {days.length === 0 ? (
        <EmptyState title={said.emptyTitle}>{said.empty}</EmptyState>
      ) : (
        <>
          <div className={style.scroll}>
            <table className={style.heat} aria-label={said.title}>
              <thead>
                <tr>
                  <th scope="col">{said.week}</th>
                  {weekdays[language].map((name) => (
                    <th key={name} scope="col" className={style.middle}>
                      {name}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {weeksOf(days).map((monday) => (
                  <tr key={monday}>
                    <th scope="row">{monthAndDay(monday)}</th>
                    {weekdays[language].map((name, at) => (
                      <DayCell
                        key={name}
                        one={known.get(dateOf(monday + at * dayMs))}
                        most={most}
                      />
                    ))}
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
          <Behind>
            <DataTable
              label={said.title}
              columns={[
                { key: 'day', head: said.day, cell: (row: Day) => row.day },
                ...(['messages', 'people', 'several'] as const).map((key) => ({
                  key,
                  head: key === 'people' ? said.receivers : said[key],
                  align: 'right' as const,
                  cell: (row: Day) => count(row[key], language),
                })),
              ]}
              rows={days.toReversed()}
              keyOf={(row) => row.day}
            />
          </Behind>
        </>
      )}
    </Card>
  )
}

function DayCell({ one, most }: { readonly one: Day | undefined; readonly most: number }) {
  const said = useWords(text)
  const language = useLanguage()
  if (!one) return <td className={style.none} />
  const share = Math.round(4 + (42 * one.messages) / most)
  return (
    <td
      className={style.sent}
      style={{ background: `color-mix(in srgb, var(--accent) ${share}%, var(--surface))` }}
    >
      {count(one.messages, language)}
      {one.several > 0 && <span>{said.twice(count(one.several, language))}</span>}
    </td>
  )
}

const dateOf = (at: number): string => new Date(at).toISOString().slice(0, 10)

/** `9/28`: a week's name leaves the width to its days, on a phone too. */
const monthAndDay = (at: number): string =>
  `${new Date(at).getUTCMonth() + 1}/${new Date(at).getUTCDate()}`

/** Mondays (UTC ms of the date) of the weeks from the first day to the last. */
function weeksOf(days: readonly Day[]): readonly number[] {
  const [first, last] = [Date.parse(days[0]?.day ?? ''), Date.parse(days.at(-1)?.day ?? '')]
  const monday = first - ((new Date(first).getUTCDay() + 6) % 7) * dayMs
  return Array.from(
    { length: Math.floor((last - monday) / (7 * dayMs)) + 1 },
    (_, at) => monday + at * 7 * dayMs,
  )
}
