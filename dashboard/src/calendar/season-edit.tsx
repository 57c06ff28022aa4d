import { Button, Modal, NumberInput, Switch, TextInput } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { type FormEvent, useState } from 'react'
import { putSeasons, type SeasonRow, type SeasonSettings } from '../api/seasons.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { Failure } from '../design/states.tsx'
import style from './calendar.module.css'

const text = words({
  title: { ko: (name: string) => `${name} 고치기`, en: (name: string) => `Change ${name}` },
  day: { ko: '날짜', en: 'Day' },
  from: { ko: '첫날', en: 'First day' },
  to: { ko: '마지막 날', en: 'Last day' },
  lead: { ko: '며칠 전까지 주문을 받나요?', en: 'Days before it that orders still arrive' },
  leadNote: {
    ko: '택배가 늦어도 도착하는 날을 기준으로 적어 주세요. 해마다 이어져요.',
    en: 'So that even a late parcel arrives. Kept for the years to come.',
  },
  keep: { ko: '우리 상점에서 챙기기', en: 'This shop keeps it' },
  save: { ko: '저장하기', en: 'Save' },
  usual: { ko: '원래 날짜로 되돌리기', en: 'Back to the usual days' },
  saved: { ko: '저장했어요.', en: 'Saved.' },
  close: { ko: '닫기', en: 'Close' },
})

type Props = {
  readonly season: SeasonRow
  readonly settings: SeasonSettings
  readonly close: () => void
}

/** Saves the shop's seasons, and shows them anew everywhere. */
export function useSeasonSaving(done?: () => void) {
  const said = useWords(text)
  const queries = useQueryClient()
  return useMutation({
    mutationFn: putSeasons,
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['seasons'] })
      notifications.show({ message: said.saved })
      done?.()
    },
  })
}

/** One season of one year: its days, its last order, and whether the shop keeps it at all. */
export function SeasonEdit({ season, settings, close }: Props) {
  const said = useWords(text)
  const language = useLanguage()
  const [days, setDays] = useState(season.days)
  const [lead, setLead] = useState(season.leadDays)
  const [keeps, setKeeps] = useState(true)
  const saving = useSeasonSaving(close)
  const { id, year, kind } = season
  if (id === null) return null
  const others = settings.moved.filter((one) => one.season !== id || one.year !== year)
  const save = (event: FormEvent) => {
    event.preventDefault()
    const isMoved = days.from !== season.days.from || days.to !== season.days.to
    saving.mutate({
      ...settings,
      moved: isMoved ? [...others, { season: id, year, ...days }] : settings.moved,
      hidden: keeps ? settings.hidden : [...settings.hidden, id],
      orderByLeadDays:
        lead === season.leadDays
          ? settings.orderByLeadDays
          : { ...settings.orderByLeadDays, [id]: lead },
    })
  }
  const setFrom = (from: string) =>
    setDays({ from, to: kind === 'day' || days.to < from ? from : days.to })
  return (
    <Modal
      opened
      onClose={close}
      title={said.title(season.name[language])}
      closeButtonProps={{ 'aria-label': said.close }}
    >
      <form className={style.form} onSubmit={save}>
        <div className={kind === 'span' ? style.pair : ''}>
          <TextInput
            type="date"
            required
            label={kind === 'span' ? said.from : said.day}
            min={`${year}-01-01`}
            max={`${year}-12-31`}
            value={days.from}
            onChange={(event) => setFrom(event.currentTarget.value)}
          />
          {kind === 'span' && (
            <TextInput
              type="date"
              required
              label={said.to}
              min={days.from}
              value={days.to}
              onChange={(event) => setDays({ ...days, to: event.currentTarget.value })}
            />
          )}
        </div>
        {season.gift && (
          <NumberInput
            label={said.lead}
            description={said.leadNote}
            min={0}
            max={20}
            value={lead}
            onChange={(value) => setLead(Number(value) || 0)}
          />
        )}
        <Switch
          label={said.keep}
          checked={keeps}
          onChange={(event) => setKeeps(event.currentTarget.checked)}
        />
        {saving.error && <Failure error={saving.error} />}
        <div className={style.buttons}>
          <Button type="submit" loading={saving.isPending}>
            {said.save}
          </Button>
          {season.moved && (
            <Button variant="default" onClick={() => saving.mutate({ ...settings, moved: others })}>
              {said.usual}
            </Button>
          )}
        </div>
      </form>
    </Modal>
  )
}
