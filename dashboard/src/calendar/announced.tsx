import { Button, TextInput } from '@mantine/core'
import { useState } from 'react'
import { seasonDays, seasonIds, seasonOf } from '../../../server/src/campaigns/seasons.ts'
import type { SeasonSettings } from '../api/seasons.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useSession } from '../app/session.tsx'
import { Card } from '../design/card.tsx'
import { Failure } from '../design/states.tsx'
import style from './calendar.module.css'
import { localDay } from './month.ts'
import { useSeasonSaving } from './season-edit.tsx'

const text = words({
  title: { ko: '해마다 공고되는 시즌', en: 'Seasons announced each year' },
  note: {
    ko: '공고가 나면 날짜를 적어 주세요. 적은 해에만 챙겨요.',
    en: 'Enter the day once it is announced; only that year keeps it.',
  },
  save: { ko: '저장하기', en: 'Save' },
  saveOf: { ko: (name: string) => `${name} 저장하기`, en: (name: string) => `Save ${name}` },
})

/** Seasons that have no day until it is announced. */
export function Announced({ settings }: { readonly settings: SeasonSettings }) {
  const said = useWords(text)
  const year = Number(localDay(Date.now(), useSession().shop.timeZone).slice(0, 4))
  const ids = seasonIds.filter((id) => !seasonDays(id, year))
  return (
    <Card title={said.title} note={said.note}>
      {ids.map((id) => (
        <AnnouncedDay key={id} id={id} settings={settings} />
      ))}
    </Card>
  )
}

type DayProps = { readonly id: (typeof seasonIds)[number]; readonly settings: SeasonSettings }

function AnnouncedDay({ id, settings }: DayProps) {
  const said = useWords(text)
  const language = useLanguage()
  const known = settings.moved.filter(({ season }) => season === id).at(-1)
  const [day, setDay] = useState(known?.from ?? '')
  const saving = useSeasonSaving()
  const name = seasonOf(id).name[language]
  const save = () => {
    const year = Number(day.slice(0, 4))
    const others = settings.moved.filter((one) => one.season !== id || one.year !== year)
    saving.mutate({
      ...settings,
      moved: [...others, { season: id, year, from: day, to: day }],
    })
  }
  return (
    <form
      className={style.form}
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <TextInput
        type="date"
        required
        label={name}
        value={day}
        onChange={(event) => setDay(event.currentTarget.value)}
      />
      {saving.error && <Failure error={saving.error} />}
      <div>
        <Button
          type="submit"
          variant="default"
          loading={saving.isPending}
          aria-label={said.saveOf(name)}
        >
          {said.save}
        </Button>
      </div>
    </form>
  )
}
