import { Select, TextInput } from '@mantine/core'
import { useWords, words } from '../../app/language.ts'
import style from './flow.module.css'

const text = words({
  at: { ko: '시각', en: 'Time' },
  weekdays: { ko: '요일', en: 'Weekdays' },
  zone: { ko: '누구의 시각', en: 'Whose clock' },
  shop: { ko: '우리 상점 시각', en: 'The shop’s' },
  customer: { ko: '고객이 있는 곳의 시각', en: 'The customer’s own' },
})

type TimeProps = { readonly value: string; readonly change: (time: string) => void }

/** A time that clocks show. */
export function TimeField({ value, change }: TimeProps) {
  const said = useWords(text)
  return (
    <TextInput
      type="time"
      label={said.at}
      w={150}
      value={value}
      onChange={(event) => change(event.currentTarget.value.slice(0, 5))}
    />
  )
}

type WeekdayProps = {
  readonly days: readonly number[]
  readonly change: (days: readonly number[]) => void
}
const dayNames = words({
  1: { ko: '월', en: 'Mon' },
  2: { ko: '화', en: 'Tue' },
  3: { ko: '수', en: 'Wed' },
  4: { ko: '목', en: 'Thu' },
  5: { ko: '금', en: 'Fri' },
  6: { ko: '토', en: 'Sat' },
  7: { ko: '일', en: 'Sun' },
})

/** Some days of the week; Monday is 1. */
export function WeekdayPicker({ days, change }: WeekdayProps) {
  const said = useWords(text)
  const names = useWords(dayNames)
  return (
    <fieldset className={style.weekdays}>
      <legend className={style.label}>{said.weekdays}</legend>
      {([1, 2, 3, 4, 5, 6, 7] as const).map((day) => (
        <button
          key={day}
          type="button"
          aria-pressed={days.includes(day)}
          className={style.weekday}
          onClick={() =>
            change(
              days.includes(day)
                ? days.filter((one) => one !== day)
                : [...days, day].toSorted((a, b) => a - b),
            )
          }
        >
          {names[day]}
        </button>
      ))}
    </fieldset>
  )
}

type ZoneProps = {
  readonly value: 'shop' | 'customer'
  readonly change: (zone: 'shop' | 'customer') => void
}

/** Whose clocks count. */
export function ZonePicker({ value, change }: ZoneProps) {
  const said = useWords(text)
  return (
    <Select
      label={said.zone}
      allowDeselect={false}
      data={(['shop', 'customer'] as const).map((one) => ({ value: one, label: said[one] }))}
      value={value}
      onChange={(zone) => change(zone === 'customer' ? 'customer' : 'shop')}
    />
  )
}
