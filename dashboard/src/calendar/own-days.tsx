import { Button, Checkbox, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { seasonIds, seasonOf } from '../../../server/src/campaigns/seasons.ts'
import { getSeasons, type SeasonSettings } from '../api/seasons.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useMay, useSession } from '../app/session.tsx'
import { Card, Columns } from '../design/card.tsx'
import { day as dayWords } from '../design/format.ts'
import { Failure } from '../design/states.tsx'
import { Announced } from './announced.tsx'
import style from './calendar.module.css'
import { useSeasonSaving } from './season-edit.tsx'
import { startOf } from './season-entries.ts'

const text = words({
  own: { ko: '우리 상점의 날', en: 'Days of the shop' },
  ownNote: {
    ko: '창립일, 행사처럼 우리만의 날도 시즌처럼 챙겨요.',
    en: 'A birthday of the shop, a fair: kept like a season.',
  },
  holidays: { ko: '임시공휴일', en: 'Announced holidays' },
  holidaysNote: {
    ko: '정부가 따로 정하는 날은 미리 알 수 없어서 직접 적어 주세요. 대체공휴일은 캘린더에 있어요.',
    en: 'Days that the government announces cannot be known ahead: enter them here. Substitutes of holidays on weekends are in the calendar.',
  },
  hidden: { ko: '챙기지 않는 시즌', en: 'Seasons not kept' },
  name: { ko: '이름', en: 'Name' },
  from: { ko: '첫날', en: 'First day' },
  to: { ko: '마지막 날', en: 'Last day' },
  day: { ko: '날짜', en: 'Day' },
  gift: { ko: '선물하는 날이에요', en: 'People buy gifts for it' },
  addOwn: { ko: '상점의 날 더하기', en: 'Add a day' },
  addHoliday: { ko: '공휴일 더하기', en: 'Add a holiday' },
  remove: { ko: '빼기', en: 'Remove' },
  removeOf: { ko: (name: string) => `${name} 빼기`, en: (name: string) => `Remove ${name}` },
  back: { ko: '다시 챙기기', en: 'Keep again' },
  backOf: {
    ko: (name: string) => `${name} 다시 챙기기`,
    en: (name: string) => `Keep ${name} again`,
  },
  orderByTime: { ko: '주문 마감 시각', en: 'Time of the last order' },
  orderByNote: {
    ko: '그날 이 시각까지 들어온 주문은 그날 보내요.',
    en: 'Orders until this time leave on the same day.',
  },
  save: { ko: '저장하기', en: 'Save' },
})

/** What the shop adds to the table of seasons: days of its own, announced holidays, and what it does not keep. */
export function OwnDays() {
  const seasons = useQuery({
    queryKey: ['seasons', 'upcoming'],
    queryFn: ({ signal }) => getSeasons({}, signal),
  })
  const may = useMay('marketer')
  const settings = seasons.data?.settings
  if (!settings) return null
  return (
    <fieldset disabled={!may} style={{ border: 0, margin: 0, padding: 0, minWidth: 0 }}>
      <Columns layout="two">
        <div className={style.stack}>
          <Own settings={settings} />
          <Announced settings={settings} />
        </div>
        <div className={style.stack}>
          <Holidays settings={settings} />
          <OrderBy settings={settings} />
          {settings.hidden.length > 0 && <Hidden settings={settings} />}
        </div>
      </Columns>
    </fieldset>
  )
}

type Props = { readonly settings: SeasonSettings }

function Own({ settings }: Props) {
  const said = useWords(text)
  const blank = { name: '', from: '', to: '', gift: false }
  const [made, make] = useState(blank)
  const saving = useSeasonSaving(() => make(blank))
  const add = (event: FormEvent) => {
    event.preventDefault()
    saving.mutate({ ...settings, own: [...settings.own, { ...made, to: made.to || made.from }] })
  }
  return (
    <Card title={said.own} note={said.ownNote}>
      <form className={style.form} onSubmit={add}>
        <Listed
          items={settings.own.map(({ name, from }) => ({ name, day: from }))}
          remove={(at) => saving.mutate({ ...settings, own: settings.own.toSpliced(at, 1) })}
        />
        <TextInput
          required
          maxLength={40}
          label={said.name}
          value={made.name}
          onChange={(event) => make({ ...made, name: event.currentTarget.value })}
        />
        <div className={style.pair}>
          <TextInput
            type="date"
            required
            label={said.from}
            value={made.from}
            onChange={(event) => make({ ...made, from: event.currentTarget.value })}
          />
          <TextInput
            type="date"
            label={said.to}
            min={made.from}
            value={made.to}
            onChange={(event) => make({ ...made, to: event.currentTarget.value })}
          />
        </div>
        <Checkbox
          label={said.gift}
          checked={made.gift}
          onChange={(event) => make({ ...made, gift: event.currentTarget.checked })}
        />
        {saving.error && <Failure error={saving.error} />}
        <div>
          <Button type="submit" variant="default" loading={saving.isPending}>
            {said.addOwn}
          </Button>
        </div>
      </form>
    </Card>
  )
}

function Holidays({ settings }: Props) {
  const said = useWords(text)
  const blank = { name: '', day: '' }
  const [made, make] = useState(blank)
  const saving = useSeasonSaving(() => make(blank))
  const add = (event: FormEvent) => {
    event.preventDefault()
    saving.mutate({ ...settings, holidays: [...settings.holidays, made] })
  }
  return (
    <Card title={said.holidays} note={said.holidaysNote}>
      <form className={style.form} onSubmit={add}>
        <Listed
          items={settings.holidays}
          remove={(at) =>
            saving.mutate({ ...settings, holidays: settings.holidays.toSpliced(at, 1) })
          }
        />
        <div className={style.pair}>
          <TextInput
            required
            maxLength={40}
            label={said.name}
            value={made.name}
            onChange={(event) => make({ ...made, name: event.currentTarget.value })}
          />
          <TextInput
            type="date"
            required
            label={said.day}
            value={made.day}
            onChange={(event) => make({ ...made, day: event.currentTarget.value })}
          />
        </div>
        {saving.error && <Failure error={saving.error} />}
        <div>
          <Button type="submit" variant="default" loading={saving.isPending}>
            {said.addHoliday}
          </Button>
        </div>
      </form>
    </Card>
  )
}

function OrderBy({ settings }: Props) {
  const said = useWords(text)
  const [time, setTime] = useState(settings.orderByTime)
  const saving = useSeasonSaving()
  return (
    <Card title={said.orderByTime} note={said.orderByNote}>
      <form
        className={style.buttons}
        onSubmit={(event) => {
          event.preventDefault()
          saving.mutate({ ...settings, orderByTime: time })
        }}
      >
        <TextInput
          type="time"
          required
          aria-label={said.orderByTime}
          value={time}
          onChange={(event) => setTime(event.currentTarget.value.slice(0, 5))}
        />
        <Button type="submit" variant="default" loading={saving.isPending}>
          {said.save}
        </Button>
      </form>
      {saving.error && <Failure error={saving.error} />}
    </Card>
  )
}

function Hidden({ settings }: Props) {
  const said = useWords(text)
  const language = useLanguage()
  const saving = useSeasonSaving()
  return (
    <Card title={said.hidden}>
      <ul className={style.own}>
        {seasonIds
          .filter((id) => settings.hidden.includes(id))
          .map((id) => (
            <li key={id}>
              {seasonOf(id).name[language]}
              <Button
                variant="default"
                size="xs"
                aria-label={said.backOf(seasonOf(id).name[language])}
                onClick={() =>
                  saving.mutate({
                    ...settings,
                    hidden: settings.hidden.filter((one) => one !== id),
                  })
                }
              >
                {said.back}
              </Button>
            </li>
          ))}
      </ul>
      {saving.error && <Failure error={saving.error} />}
    </Card>
  )
}

type ListedProps = {
  readonly items: readonly { readonly name: string; readonly day: string }[]
  readonly remove: (at: number) => void
}

function Listed({ items, remove }: ListedProps) {
  const said = useWords(text)
  const language = useLanguage()
  const { timeZone } = useSession().shop
  const now = Date.now()
  if (items.length === 0) return null
  return (
    <ul className={style.own}>
      {items.map(({ name, day }, at) => (
        <li key={`${day}${name}`}>
          <span>
            {name} · {dayWords(startOf(day, timeZone), { timeZone, language }, now)}
          </span>
          <Button
            variant="default"
            size="xs"
            aria-label={said.removeOf(name)}
            onClick={() => remove(at)}
          >
            {said.remove}
          </Button>
        </li>
      ))}
    </ul>
  )
}
