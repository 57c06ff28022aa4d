import type { NumberComparison } from '../../../server/src/segments/comparison.ts'
import type { TraitTest } from '../../../server/src/segments/value-test.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useSession } from '../app/session.tsx'
import { ChoiceBlank, DayBlank, NumberBlank, Said, SpanBlank } from './blank.tsx'
import { dayAt, instantOf } from './days.ts'
import type { Choice } from './find.ts'
import type { Form } from './korean.ts'
import type { TimeComparison } from './language.ts'
import {
  numberFrom,
  numberOp,
  type Op,
  opChoices,
  opOf,
  opsFor,
  opWords,
  testFrom,
  timeFrom,
  timeOp,
  type ValueType,
} from './tests.ts'
import { TextBlanks } from './text-blanks.tsx'

const text = words({
  how: { ko: '비교', en: 'Comparison' },
  value: { ko: '값', en: 'Value' },
  from: { ko: '처음 값', en: 'From' },
  to: { ko: '끝 값', en: 'To' },
  day: { ko: '날짜', en: 'Date' },
  firstDay: { ko: '첫날', en: 'First day' },
  lastDay: { ko: '끝나는 날', en: 'Day after the last' },
  days: { ko: '며칠', en: 'How many days' },
  dayAfter: { ko: '일 뒤부터', en: 'to' },
  dayUnit: { ko: '일', en: 'days from today' },
  ahead: { ko: '앞으로', en: '' },
  since: { ko: '부터', en: 'and' },
})

/** A day to start from: today in the shop's time. */
export function useToday() {
  const { timeZone } = useSession().shop
  const day = dayAt(Date.now(), timeZone)
  return { zone: timeZone, day, instant: instantOf(day, timeZone) }
}

type OpBlankProps = {
  readonly op: Op
  readonly ops: readonly Op[]
  readonly form: Form
  readonly unit?: string | undefined
  readonly onPick: (op: Op) => void
}

/** The verb of a comparison: `이상이고`. */
export function OpBlank({ op, ops, form, unit = '', onPick }: OpBlankProps) {
  const said = useWords(text)
  const language = useLanguage()
  const all = ops.includes(op) ? ops : [...ops, op]
  const before = language === 'ko' && unit ? `${unit} ` : ''
  const shown = `${before}${opWords(op, language, form)}`
  return (
    <ChoiceBlank
      label={said.how}
      plainly
      shown={op === '=' && before ? shown.replace(' ', '') : shown}
      choices={opChoices(all, language)}
      selected={[op]}
      onPick={(next) => onPick(next as Op)}
    />
  )
}

type NumberProps = {
  readonly is: NumberComparison
  readonly ops: readonly Op[]
  readonly form: Form
  readonly unit?: string | undefined
  readonly change: (is: NumberComparison) => void
  readonly pickOther?: (op: Op) => void
}

/** A number compared: `[100,000] [원 이상이고]`. */
export function NumberBlanks({ is, ops, form, unit, change, pickOther }: NumberProps) {
  const said = useWords(text)
  const language = useLanguage()
  const verb = (
    <OpBlank
      op={numberOp(is)}
      ops={ops}
      form={form}
      unit={unit}
      onPick={(op) => (pickOther ? pickOther(op) : change(numberFrom(op, is)))}
    />
  )
  const numbers =
    is.op === 'between' ? (
      <>
        <NumberBlank
          label={said.from}
          value={is.from}
          decimals={2}
          onChange={(from) => change({ ...is, from })}
        />
        <Said>~</Said>
        <NumberBlank
          label={said.to}
          value={is.to}
          decimals={2}
          onChange={(to) => change({ ...is, to })}
        />
      </>
    ) : (
      <NumberBlank
        label={said.value}
        value={is.value}
        decimals={2}
        onChange={(value) => change({ ...is, value })}
      />
    )
  return language === 'ko' ? (
    <>
      {numbers}
      {verb}
    </>
  ) : (
    <>
      {verb}
      {numbers}
      <Said>{unit}</Said>
    </>
  )
}

type TimeProps = {
  readonly is: TimeComparison
  readonly ops: readonly Op[]
  readonly form: Form
  readonly change: (is: TimeComparison) => void
  readonly pickOther?: (op: Op) => void
}

/** A time compared: `[30][일] [넘게 지났고]`. */
export function TimeBlanks({ is, ops, form, change, pickOther }: TimeProps) {
  const said = useWords(text)
  const language = useLanguage()
  const today = useToday()
  const verb = (
    <OpBlank
      op={timeOp(is)}
      ops={ops}
      form={form}
      onPick={(op) => (pickOther ? pickOther(op) : change(timeFrom(op, is, today)))}
    />
  )
  const parts =
    'span' in is ? (
      <>
        {is.op === 'within-next' && <Said>{said.ahead}</Said>}
        <SpanBlank
          label={said.days}
          value={is.span}
          maxDays={4000}
          onChange={(span) => change({ ...is, span })}
        />
      </>
    ) : is.op === 'between' ? (
      <>
        <DayBlank
          label={said.firstDay}
          value={is.from}
          onChange={(from) => change({ ...is, from })}
        />
        <Said>{said.since}</Said>
        <DayBlank label={said.lastDay} value={is.to} onChange={(to) => change({ ...is, to })} />
      </>
    ) : (
      <DayBlank label={said.day} value={is.at} onChange={(at) => change({ ...is, at })} />
    )
  return language === 'ko' ? (
    <>
      {parts}
      {verb}
    </>
  ) : (
    <>
      {verb}
      {parts}
    </>
  )
}

type ValueProps = {
  readonly type: ValueType
  readonly test: TraitTest
  readonly form: Form
  readonly change: (test: TraitTest) => void
  readonly choices: readonly Choice[]
  readonly closed?: boolean
  /** A property is judged when it arrives and never speaks of now. */
  readonly fixed?: boolean
  readonly fold?: boolean
  readonly unit?: string | undefined
}

/** Everything behind the subject of a test: values and the verb. */
export function ValueBlanks(props: ValueProps) {
  const { type, test, form, change, choices, closed = false, fixed = false, fold = false } = props
  const today = useToday()
  const ops = opsFor(type, { closed, fixed })
  const pick = (op: Op) =>
    change(testFrom(op, { type, before: test, today, fold: fold && !closed }))
  if (test.type === 'number' && test.op === 'is')
    return (
      <NumberBlanks
        is={test.than}
        ops={ops}
        form={form}
        unit={props.unit}
        change={(than) => change({ ...test, than })}
        pickOther={pick}
      />
    )
  if (test.type === 'date' && test.op === 'is')
    return (
      <TimeBlanks
        is={test.than}
        ops={ops}
        form={form}
        change={(than) => change({ ...test, than } as TraitTest)}
        pickOther={pick}
      />
    )
  if (test.op === 'anniversary')
    return <Anniversary test={test} ops={ops} form={form} change={change} pick={pick} />
  const verb = <OpBlank op={opOf(test)} ops={ops} form={form} onPick={pick} />
  if (!('value' in test || 'values' in test) || test.type === 'boolean') return verb
  return <TextBlanks test={test} verb={verb} choices={choices} closed={closed} change={change} />
}

type AnniversaryProps = {
  readonly test: Extract<TraitTest, { op: 'anniversary' }>
  readonly ops: readonly Op[]
  readonly form: Form
  readonly change: (test: TraitTest) => void
  readonly pick: (op: Op) => void
}

function Anniversary({ test, ops, form, change, pick }: AnniversaryProps) {
  const said = useWords(text)
  const language = useLanguage()
  const { from, to } = test.inDays
  const verb = <OpBlank op="anniversary" ops={ops} form={form} onPick={pick} />
  return (
    <>
      {language === 'en' && verb}
      <NumberBlank
        label={said.from}
        value={from}
        max={365}
        onChange={(next) => change({ ...test, inDays: { from: next, to: Math.max(next, to) } })}
      />
      <Said>{said.dayAfter}</Said>
      <NumberBlank
        label={said.to}
        value={to}
        max={365}
        onChange={(next) => change({ ...test, inDays: { from: Math.min(from, next), to: next } })}
      />
      <Said>{said.dayUnit}</Said>
      {language === 'ko' && verb}
    </>
  )
}
