import { ActionIcon, Button } from '@mantine/core'
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useSearchParams } from 'wouter'
import { dayMs } from '../../../server/src/lib/duration.ts'
import { getPlanned } from '../api/planned.ts'
import { getSeasons } from '../api/seasons.ts'
import { type Language, useLanguage, useWords, words } from '../app/language.ts'
import { useSession } from '../app/session.tsx'
import { Card, Columns } from '../design/card.tsx'
import { Page } from '../design/page.tsx'
import { Failure } from '../design/states.tsx'
import style from './calendar.module.css'
import { campaignEntries } from './campaign-entries.ts'
import { DayEntries, MonthEntries } from './entry-list.tsx'
import { byDay, localDay, monthAfter, monthOf, weeksOf } from './month.ts'
import { MonthGrid } from './month-grid.tsx'
import { OwnDays } from './own-days.tsx'
import { seasonEntries, startOf } from './season-entries.ts'
import { Upcoming } from './upcoming.tsx'

const text = words({
  title: { ko: '일정', en: 'Calendar' },
  purpose: {
    ko: '시즌마다 언제 알리고 언제까지 주문을 받을지 한눈에 봐요.',
    en: 'When to speak of each season, and until when orders arrive in time.',
  },
  before: { ko: '이전 달', en: 'Month before' },
  after: { ko: '다음 달', en: 'Month after' },
  today: { ko: '오늘', en: 'Today' },
  ofMonth: { ko: (month: string) => `${month} 일정`, en: (month: string) => `All of ${month}` },
  chosenDay: { ko: '고른 날', en: 'The day chosen' },
})

/** A month of everything that is dated, and the seasons to come. */
export function Calendar() {
  const said = useWords(text)
  return (
    <Page title={said.title} purpose={said.purpose}>
      <div className={style.stack}>
        <Month />
        <Upcoming />
        <OwnDays />
      </div>
    </Page>
  )
}

function Month() {
  const said = useWords(text)
  const language = useLanguage()
  const { timeZone: zone } = useSession().shop
  const today = localDay(Date.now(), zone)
  const [params, setParams] = useSearchParams()
  const month = monthOf(params.get('month')) ?? today.slice(0, 7)
  const [picked, pick] = useState(today)
  const chosen = picked.startsWith(month) ? picked : `${month}-01`
  const shown = weeksOf(month).flat()
  const [from = today, to = today] = [shown[0], shown.at(-1)]
  const seasons = useQuery({
    queryKey: ['seasons', from, to],
    queryFn: ({ signal }) => getSeasons({ from, to }, signal),
    placeholderData: keepPreviousData,
  })
  const known = seasons.data ?? { items: [], holidays: [] }
  const span = { from: startOf(from, zone), to: startOf(to, zone) + dayMs }
  const planned = useQuery({
    queryKey: ['campaigns', 'planned', span],
    queryFn: ({ signal }) => getPlanned(span, signal),
    placeholderData: keepPreviousData,
  })
  const entries = [
    ...campaignEntries(planned.data?.items ?? [], { language, to: span.to }),
    ...seasonEntries(known, { language, zone }),
  ]
  const days = byDay(entries, { from, to, zone })
  const begun = entries
    .filter(({ at }) => localDay(at, zone).startsWith(month))
    .toSorted((a, b) => a.at - b.at)
  const choose = (day: string) => {
    pick(day)
    const other = day.slice(0, 7)
    if (other !== month) setParams(other === today.slice(0, 7) ? {} : { month: other })
  }
  const name = monthName(month, language)
  return (
    <>
      {seasons.error && <Failure error={seasons.error} retry={() => seasons.refetch()} />}
      {planned.error && <Failure error={planned.error} retry={() => planned.refetch()} />}
      <Columns layout="side">
        <Card flush>
          <div className={style.bar} style={{ padding: '0 16px 12px' }}>
            <h2 className={style.month} aria-live="polite">
              {name}
            </h2>
            <ActionIcon
              variant="default"
              size="lg"
              aria-label={said.before}
              onClick={() => choose(`${monthAfter(month, -1)}-01`)}
            >
              <IconChevronLeft size={18} />
            </ActionIcon>
            <ActionIcon
              variant="default"
              size="lg"
              aria-label={said.after}
              onClick={() => choose(`${monthAfter(month, 1)}-01`)}
            >
              <IconChevronRight size={18} />
            </ActionIcon>
            <Button variant="default" onClick={() => choose(today)}>
              {said.today}
            </Button>
          </div>
          <MonthGrid
            month={month}
            label={name}
            zone={zone}
            today={today}
            chosen={chosen}
            days={days}
            daysOff={new Set(known.holidays.map(({ day }) => day))}
            choose={choose}
          />
        </Card>
        <div className={style.stack}>
          <Card>
            <section aria-label={said.chosenDay}>
              <DayEntries day={chosen} entries={days.get(chosen) ?? []} />
            </section>
          </Card>
          <Card>
            <MonthEntries label={said.ofMonth(name)} entries={begun} />
          </Card>
        </div>
      </Columns>
    </>
  )
}

const english =
  'January February March April May June July August September October November December'.split(' ')

function monthName(month: string, language: Language): string {
  const [year, number] = [month.slice(0, 4), Number(month.slice(5))]
  return language === 'ko' ? `${year}년 ${number}월` : `${english[number - 1]} ${year}`
}
