import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { getSeasons, type SeasonRow } from '../api/seasons.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useMay, useSession } from '../app/session.tsx'
import { Card } from '../design/card.tsx'
import { dayAndTime, day as dayWords } from '../design/format.ts'
import { Bones, EmptyState, Tag } from '../design/states.tsx'
import style from './calendar.module.css'
import { SeasonEdit } from './season-edit.tsx'
import { startOf, timeNames, timesOf } from './season-entries.ts'

const text = words({
  title: { ko: '다가오는 시즌', en: 'Seasons to come' },
  note: {
    ko: '넉 달 안의 시즌이에요. 우리 상점에 맞게 날짜와 주문 마감을 고칠 수 있어요.',
    en: 'The next four months. Days and last orders can be changed for this shop.',
  },
  emptyTitle: { ko: '넉 달 안에는 시즌이 없어요', en: 'No season in the next four months' },
  empty: {
    ko: '숨긴 시즌은 아래에서 다시 꺼낼 수 있어요.',
    en: 'Hidden seasons can be brought back below.',
  },
  gift: { ko: '선물', en: 'Gifts' },
  moved: { ko: '날짜를 바꿨어요', en: 'Moved' },
  notice: { ko: '해마다 공고로 정해져요', en: 'Announced each year' },
  noPromotion: {
    ko: '기억하는 날이라 광고를 보내지 않아요.',
    en: 'A day of remembrance: no advertising.',
  },
  edit: { ko: '고치기', en: 'Change' },
  editOf: {
    ko: (name: string) => `${name} 고치기`,
    en: (name: string) => `Change ${name}`,
  },
})

/** The seasons of the next months with the days on which to speak of them. */
export function Upcoming() {
  const said = useWords(text)
  const seasons = useQuery({
    queryKey: ['seasons', 'upcoming'],
    queryFn: ({ signal }) => getSeasons({}, signal),
  })
  const [edited, edit] = useState<SeasonRow>()
  const { data } = seasons
  // The month above says it when they cannot be had.
  if (seasons.error) return null
  return (
    <Card title={said.title} note={said.note} flush>
      {!data && <Bones lines={5} />}
      {data?.items.length === 0 && <EmptyState title={said.emptyTitle}>{said.empty}</EmptyState>}
      <ul className={style.seasons}>
        {data?.items.map((season) => (
          <SeasonLine
            key={`${season.id ?? season.name.ko}${season.days.from}`}
            season={season}
            edit={edit}
          />
        ))}
      </ul>
      {edited && data && (
        <SeasonEdit season={edited} settings={data.settings} close={() => edit(undefined)} />
      )}
    </Card>
  )
}

type LineProps = { readonly season: SeasonRow; readonly edit: (season: SeasonRow) => void }

function SeasonLine({ season, edit }: LineProps) {
  const said = useWords(text)
  const language = useLanguage()
  const may = useMay('marketer')
  const name = season.name[language]
  return (
    <li>
      <div className={style.name}>
        <span>{name}</span>
        {season.gift && <Tag meaning="accent">{said.gift}</Tag>}
        {season.moved && <Tag>{said.moved}</Tag>}
        {season.yearlyNotice && !season.moved && <Tag meaning="attention">{said.notice}</Tag>}
      </div>
      <Times season={season} />
      {may && season.id !== null && (
        <Button
          variant="default"
          size="xs"
          aria-label={said.editOf(name)}
          onClick={() => edit(season)}
        >
          {said.edit}
        </Button>
      )}
    </li>
  )
}

function Times({ season: { times, days, orderBy } }: { readonly season: SeasonRow }) {
  const said = useWords(text)
  const names = useWords(timeNames)
  const language = useLanguage()
  const { timeZone } = useSession().shop
  const when = { timeZone, language }
  const words = (day: string) => dayWords(startOf(day, timeZone), when)
  if (!times)
    return (
      <p className={style.note}>
        {words(days.from)} · {said.noPromotion}
      </p>
    )
  return (
    <dl className={style.times}>
      {timesOf(times).map(([step, day]) => (
        <div key={step}>
          <dt>{names[step]}</dt>
          <dd>
            {step === 'lastOrder' && orderBy !== null ? dayAndTime(orderBy, when) : words(day)}
          </dd>
        </div>
      ))}
    </dl>
  )
}
