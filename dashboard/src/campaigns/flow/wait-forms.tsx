import { NumberInput, Select } from '@mantine/core'
import { campaignLimits } from '../../../../server/src/campaigns/campaign.ts'
import { useLanguage, useWords, words } from '../../app/language.ts'
import { eventNoun } from '../../events/noun.ts'
import { ChoiceBlank, DayBlank, NumberBlank, Said } from '../../segments/blank.tsx'
import { dayAt } from '../../segments/days.ts'
import { eventChoices, useSources } from '../../segments/sources.ts'
import { useToday } from '../../segments/value-blanks.tsx'
import { type StepOf, saidWait, type WaitUnit, waitMinutes } from '../flow-edit.ts'
import { TimeField, WeekdayPicker, ZonePicker } from './clock-fields.tsx'
import { useEditing } from './editing.ts'
import style from './flow.module.css'
import { PathBlank } from './path-blank.tsx'
import { WaitGoods } from './wait-goods.tsx'
import { WatchForm } from './watch-form.tsx'

const text = words({
  amount: { ko: '기다리는 시간', en: 'How long to wait' },
  most: { ko: '길어야', en: 'At most' },
  unit: { ko: '시간 단위', en: 'Unit of time' },
  minutes: { ko: '분', en: 'minutes' },
  hours: { ko: '시간', en: 'hours' },
  days: { ko: '일', en: 'days' },
  restart: { ko: '다시 일어나면 처음부터 기다려요', en: 'Begins anew when this happens' },
  noRestart: { ko: '행동 고르기 (없어도 돼요)', en: 'Choose what (none is fine)' },
  restartNote: {
    ko: '이 캠페인의 모든 기다리기에 똑같이 적용돼요.',
    en: 'The same for every wait of this campaign.',
  },
  kind: { ko: '언제까지', en: 'Until when' },
  time: { ko: '다음번 그 시각까지', en: 'The next time of day' },
  date: { ko: '정한 날까지', en: 'A day of the calendar' },
  trait: { ko: '고객마다 다른 날까지 (생일 등)', en: 'A date of theirs (birthday)' },
  trigger: { ko: '시작한 행동에 적힌 날까지', en: 'A date of what let them in' },
  day: { ko: '날짜', en: 'Date' },
  every: { ko: '아무것도 고르지 않으면 매일이에요.', en: 'None chosen: every day.' },
  past: { ko: '이미 지난 날이면 기다리지 않아요.', en: 'A day that is past keeps nobody.' },
  none: {
    ko: '이 날짜가 없는 고객은 기다리지 않고 지나가요.',
    en: 'People without the date go on at once.',
  },
  offset: { ko: '며칠 뒤 (앞은 -)', en: 'Days later (earlier: -)' },
  offsetUnit: { ko: '일 뒤', en: 'days later' },
  there: {
    ko: '이미 그 세그먼트에 있는 고객은 바로 지나가요.',
    en: 'People who are there already pass at once.',
  },
})

type MinutesProps = {
  readonly minutes: number
  readonly label?: string
  readonly min?: number
  readonly change: (minutes: number) => void
}

/** A span of time in the unit it is said in. */
export function Minutes({ minutes, label, min = 0, change }: MinutesProps) {
  const said = useWords(text)
  const { amount, unit } = saidWait(minutes)
  const put = (next: number, in_: WaitUnit) => change(Math.max(min, waitMinutes(next, in_)))
  return (
    <div className={style.inline}>
      <NumberInput
        aria-label={label ?? said.amount}
        w={96}
        min={0}
        decimalScale={1}
        value={amount}
        onChange={(value) => put(Number(value) || 0, unit)}
      />
      <Select
        aria-label={said.unit}
        w={110}
        allowDeselect={false}
        data={(['minutes', 'hours', 'days'] as const).map((value) => ({
          value,
          label: said[value],
        }))}
        value={unit}
        onChange={(value) => put(amount, (value ?? unit) as WaitUnit)}
      />
    </div>
  )
}

type Of<K extends 'wait' | 'wait_until' | 'wait_for'> = { readonly step: StepOf<K> }

/** So long from arriving, anew whenever something of the flow's choice happens. */
export function WaitForm({ step }: Of<'wait'>) {
  const said = useWords(text)
  const language = useLanguage()
  const sources = useSources()
  const { flow, change, put } = useEditing()
  const { restartOn } = flow
  const toggle = (event: string) =>
    change({
      ...flow,
      restartOn: restartOn.includes(event)
        ? restartOn.filter((one) => one !== event)
        : [...restartOn, event].slice(0, campaignLimits.restartEvents),
    })
  return (
    <>
      <Minutes minutes={step.minutes} change={(minutes) => put({ ...step, minutes })} />
      {step.byGoods && (
        <WaitGoods goods={step.byGoods} change={(byGoods) => put({ ...step, byGoods })} />
      )}
      <div>
        <div className={style.label}>{said.restart}</div>
        <ChoiceBlank
          label={said.restart}
          plainly
          several
          shown={restartOn.map((event) => eventNoun(event, language)).join(', ') || said.noRestart}
          choices={eventChoices(sources, language)}
          selected={restartOn}
          typed={(asked) => [{ value: asked, label: asked }]}
          onPick={toggle}
        />
        <p className={style.note}>{said.restartNote}</p>
      </div>
    </>
  )
}

/** Until something happens, or the time is over. */
export function WaitForForm({ step }: Of<'wait_for'>) {
  const said = useWords(text)
  const { put } = useEditing()
  return (
    <>
      <WatchForm watch={step.watch} change={(watch) => put({ ...step, watch })} />
      {step.watch.kind === 'segment' && <p className={style.note}>{said.there}</p>}
      <div>
        <div className={style.label}>{said.most}</div>
        <Minutes
          label={said.most}
          min={1}
          minutes={step.minutes}
          change={(minutes) => put({ ...step, minutes })}
        />
      </div>
    </>
  )
}

const kinds = ['time', 'date', 'trait', 'trigger'] as const
type Until = StepOf<'wait_until'>['until']

/** Until a moment that everybody or each person has. */
export function WaitUntilForm({ step }: Of<'wait_until'>) {
  const said = useWords(text)
  const { put } = useEditing()
  const today = useToday()
  const { until } = step
  const change = (next: Until) => put({ ...step, until: next })
  const begun = (kind: (typeof kinds)[number]): Until => {
    const { time, zone } = until
    if (kind === 'time') return { kind, time, zone }
    if (kind === 'date') return { kind, date: today.day, time, zone }
    return { kind, path: kind === 'trait' ? 'birthday' : '', offsetDays: 0, time, zone }
  }
  return (
    <>
      <Select
        label={said.kind}
        allowDeselect={false}
        data={kinds.map((value) => ({ value, label: said[value] }))}
        value={until.kind}
        onChange={(value) => change(begun(kinds.find((one) => one === value) ?? 'time'))}
      />
      {until.kind === 'date' && (
        <div className={style.sentence}>
          <DayBlank
            label={said.day}
            value={until.date}
            onChange={(instant) =>
              change({ ...until, date: dayAt(Date.parse(instant), today.zone) })
            }
          />
        </div>
      )}
      {(until.kind === 'trait' || until.kind === 'trigger') && (
        <div className={style.sentence}>
          <PathBlank
            of={until.kind}
            path={until.path}
            onPick={(path) => change({ ...until, path })}
          />
          <NumberBlank
            label={said.offset}
            min={-365}
            max={365}
            value={until.offsetDays}
            onChange={(offsetDays) => change({ ...until, offsetDays })}
          />
          <Said>{said.offsetUnit}</Said>
        </div>
      )}
      <TimeField value={until.time} change={(time) => change({ ...until, time })} />
      {until.kind === 'time' && (
        <>
          <WeekdayPicker
            days={until.weekdays ?? []}
            change={(weekdays) => {
              const { weekdays: _, ...rest } = until
              change(weekdays.length > 0 ? { ...rest, weekdays } : rest)
            }}
          />
          <p className={style.note}>{said.every}</p>
        </>
      )}
      <ZonePicker value={until.zone} change={(zone) => change({ ...until, zone })} />
      {until.kind === 'date' && <p className={style.note}>{said.past}</p>}
      {(until.kind === 'trait' || until.kind === 'trigger') && (
        <p className={style.note}>{said.none}</p>
      )}
    </>
  )
}
