import { Select, TextInput } from '@mantine/core'
import type { Schedule } from '../../../../server/src/campaigns/schedule.ts'
import { scheduleSentence } from '../../../../server/src/campaigns/schedule-sentence.ts'
import { useLanguage, useWords, words } from '../../app/language.ts'
import { useToday } from '../../segments/value-blanks.tsx'
import { TimeField, WeekdayPicker, ZonePicker } from './clock-fields.tsx'
import style from './flow.module.css'

const text = words({
  how: { ko: '얼마나 자주', en: 'How often' },
  once: { ko: '한 번', en: 'Once' },
  daily: { ko: '매일', en: 'Every day' },
  weekly: { ko: '매주', en: 'Every week' },
  monthly: { ko: '매월', en: 'Every month' },
  cron: { ko: 'cron으로 직접', en: 'By a cron expression' },
  at: { ko: '언제', en: 'When' },
  day: { ko: '며칠', en: 'Day of the month' },
  last: { ko: '말일', en: 'The last day' },
  nth: { ko: (n: number) => `${n}일`, en: (n: number) => `${n}.` },
  expression: { ko: 'cron 식', en: 'Cron expression' },
  until: { ko: '언제까지 (비우면 계속)', en: 'Until (empty: for good)' },
  weekday: { ko: '요일을 하나 이상 골라 주세요.', en: 'Choose a weekday.' },
  audience: {
    ko: '그때 타깃 세그먼트에 있는 모두가 들어와요.',
    en: 'Everyone in the audience at that time enters.',
  },
})

const kinds = ['once', 'daily', 'weekly', 'monthly', 'cron'] as const

type Props = { readonly schedule: Schedule; readonly change: (schedule: Schedule) => void }

/** Once, or again and again. */
export function ScheduleForm({ schedule, change }: Props) {
  const said = useWords(text)
  const language = useLanguage()
  const today = useToday()
  const time = 'time' in schedule ? schedule.time : '10:00'
  const begun = (kind: (typeof kinds)[number]): Schedule => {
    const { zone } = schedule
    switch (kind) {
      case 'once':
        return { kind, at: `${today.day}T${time}`, zone }
      case 'daily':
        return { kind, time, zone }
      case 'weekly':
        return { kind, weekdays: [1], time, zone }
      case 'monthly':
        return { kind, day: 1, time, zone }
      case 'cron':
        return { kind, expression: '0 10 * * 1', zone }
    }
  }
  return (
    <>
      <Select
        label={said.how}
        allowDeselect={false}
        data={kinds.map((value) => ({ value, label: said[value] }))}
        value={schedule.kind}
        onChange={(value) => {
          const kind = kinds.find((one) => one === value)
          if (kind && kind !== schedule.kind) change(begun(kind))
        }}
      />
      <Fields schedule={schedule} change={change} />
      {schedule.kind !== 'once' && <Until schedule={schedule} change={change} />}
      <ZonePicker value={schedule.zone} change={(zone) => change({ ...schedule, zone })} />
      <p className={style.note}>
        <b>{scheduleSentence(schedule, language, today.zone)}</b> · {said.audience}
      </p>
    </>
  )
}

function Fields({ schedule, change }: Props) {
  const said = useWords(text)
  switch (schedule.kind) {
    case 'once':
      return (
        <TextInput
          type="datetime-local"
          label={said.at}
          value={typeof schedule.at === 'string' ? schedule.at : ''}
          onChange={(event) => change({ ...schedule, at: event.currentTarget.value.slice(0, 16) })}
        />
      )
    case 'daily':
      return <TimeField value={schedule.time} change={(time) => change({ ...schedule, time })} />
    case 'weekly':
      return (
        <>
          <WeekdayPicker
            days={schedule.weekdays}
            change={(weekdays) => change({ ...schedule, weekdays })}
          />
          {schedule.weekdays.length === 0 && <p className={style.note}>{said.weekday}</p>}
          <TimeField value={schedule.time} change={(time) => change({ ...schedule, time })} />
        </>
      )
    case 'monthly':
      return (
        <>
          <Select
            label={said.day}
            allowDeselect={false}
            data={[
              ...Array.from({ length: 31 }, (_, at) => ({
                value: String(at + 1),
                label: said.nth(at + 1),
              })),
              { value: 'last', label: said.last },
            ]}
            value={String(schedule.day)}
            onChange={(day) =>
              change({ ...schedule, day: day === 'last' ? 'last' : Number(day ?? 1) })
            }
          />
          <TimeField value={schedule.time} change={(time) => change({ ...schedule, time })} />
        </>
      )
    case 'cron':
      return (
        <TextInput
          label={said.expression}
          maxLength={200}
          styles={{ input: { fontFamily: 'var(--mono)' } }}
          value={schedule.expression}
          onChange={(event) => change({ ...schedule, expression: event.currentTarget.value })}
        />
      )
  }
}

type UntilProps = {
  readonly schedule: Exclude<Schedule, { kind: 'once' }>
  readonly change: (schedule: Schedule) => void
}

function Until({ schedule, change }: UntilProps) {
  const said = useWords(text)
  return (
    <TextInput
      type="datetime-local"
      label={said.until}
      value={typeof schedule.until === 'string' ? schedule.until : ''}
      onChange={(event) => {
        const { until: _, ...rest } = schedule
        const until = event.currentTarget.value.slice(0, 16)
        change(until === '' ? rest : { ...rest, until })
      }}
    />
  )
}
