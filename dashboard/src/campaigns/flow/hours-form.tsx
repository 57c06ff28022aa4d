import { Checkbox, TextInput } from '@mantine/core'
import { useWords, words } from '../../app/language.ts'
import { WeekdayPicker } from './clock-fields.tsx'
import { useEditing } from './editing.ts'
import style from './flow.module.css'

const text = words({
  legend: { ko: '보내는 시간대', en: 'Sending hours' },
  only: { ko: '정한 시간대에만 보내기', en: 'Only within set hours' },
  from: { ko: '부터', en: 'From' },
  to: { ko: '까지', en: 'To' },
  says: {
    ko: '그 밖의 시각에 보낼 차례가 되면 다음 시간대까지 기다려요. 광고의 야간 규칙은 이것과 따로 지켜요.',
    en: 'What comes at another time waits for the next of them. The rules of the night hold beside it.',
  },
})

const everyDay = [1, 2, 3, 4, 5, 6, 7] as const

/** The hours in which the campaign sends, by the shop's clocks. */
export function HoursForm() {
  const said = useWords(text)
  const { flow, change, readOnly } = useEditing()
  const { hours } = flow
  const put = (next: typeof hours) => {
    const { hours: _, ...rest } = flow
    change(next ? { ...rest, hours: next } : rest, 'hours')
  }
  return (
    <fieldset className={style.part} disabled={readOnly}>
      <legend className={style.label}>{said.legend}</legend>
      <Checkbox
        label={said.only}
        checked={hours !== undefined}
        onChange={(event) =>
          put(event.currentTarget.checked ? { from: '10:00', to: '20:00' } : undefined)
        }
      />
      {hours && (
        <>
          <div style={{ display: 'flex', gap: 8 }}>
            {(['from', 'to'] as const).map((end) => (
              <TextInput
                key={end}
                type="time"
                label={said[end]}
                w={140}
                value={hours[end]}
                error={hours.from >= hours.to && end === 'to'}
                onChange={(event) =>
                  put({ ...hours, [end]: event.currentTarget.value.slice(0, 5) })
                }
              />
            ))}
          </div>
          <WeekdayPicker
            days={hours.weekdays ?? everyDay}
            change={(weekdays) => {
              const { weekdays: _, ...times } = hours
              put(weekdays.length === 7 ? times : { ...times, weekdays })
            }}
          />
          <p className={style.note}>{said.says}</p>
        </>
      )}
    </fieldset>
  )
}
