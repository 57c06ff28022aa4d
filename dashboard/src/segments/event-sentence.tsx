import type { EventCondition, Measure } from '../../../server/src/segments/event-condition.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useSession } from '../app/session.tsx'
import { eventNoun } from '../events/noun.ts'
import { ChoiceBlank, NumberBlank, Said } from './blank.tsx'
import { FilterLines } from './filter-lines.tsx'
import { ending, type Form, particle } from './korean.ts'
import { type Mode, measuredAs, modeChoices, modeOf, modeWords, wholeTimes } from './measures.ts'
import { propertyNoun } from './property-names.ts'
import { eventChoices, pathChoices, propertiesOf, useSources } from './sources.ts'
import { happenedOps, numberOps } from './tests.ts'
import { NumberBlanks, TimeBlanks } from './value-blanks.tsx'
import { WindowBlank } from './window-blank.tsx'

const text = words({
  event: { ko: '무엇을', en: 'What' },
  type: { ko: '행동 이름으로 찾기', en: 'Find by name' },
  how: { ko: '얼마나', en: 'How' },
  number: { ko: '몇 번', en: 'How many times' },
  from: { ko: '적어도 몇 번', en: 'At least' },
  to: { ko: '많아도 몇 번', en: 'At most' },
  property: { ko: '어떤 값', en: 'Which value' },
  of: { ko: '의', en: 'of' },
  did: { ko: '', en: 'did' },
  had: { ko: '', en: 'whose' },
  won: { ko: '원', en: '' },
})

type EventBlankProps = {
  readonly event: string
  readonly onPick: (event: string) => void
  readonly label?: string
}

/** What happened, out of what really arrived. */
export function EventBlank({ event, onPick, label }: EventBlankProps) {
  const said = useWords(text)
  const language = useLanguage()
  return (
    <ChoiceBlank
      label={label ?? said.event}
      shown={event ? eventNoun(event, language) : undefined}
      choices={eventChoices(useSources(), language)}
      selected={[event]}
      placeholder={said.type}
      typed={(asked) => [{ value: asked, label: asked }]}
      onPick={onPick}
    />
  )
}

type Props = {
  readonly condition: EventCondition
  readonly form: Form
  readonly change: (condition: EventCondition) => void
}

/** `[최근 30일 동안] [주문]을 [2] [번 이상 했고]`. */
export function EventSentence({ condition, form, change }: Props) {
  const said = useWords(text)
  const language = useLanguage()
  const { measure, event, where, window } = condition
  const mode = modeOf(condition)
  const noun = eventNoun(event, language)
  const put = (next: Measure) => change({ ...condition, measure: next })
  const when = (
    <WindowBlank window={window} change={(next) => change({ ...condition, window: next })} />
  )
  const what = (
    <EventBlank
      event={event}
      onPick={(next) => {
        const { where: _, ...rest } = condition
        change({ ...rest, event: next })
      }}
    />
  )
  const how = <ModeBlank condition={condition} mode={mode} form={form} change={change} />
  const filter = (
    <FilterLines
      event={event}
      where={where}
      change={(next) => {
        const { where: _, ...rest } = condition
        change(next ? { ...rest, where: next } : rest)
      }}
    />
  )
  if (measure.of === 'count') {
    const numbers = <Times measure={measure} mode={mode} put={put} />
    return language === 'ko' ? (
      <>
        {when}
        {what}
        <Said>{particle(noun, '을/를')}</Said>
        {numbers}
        {how}
        {filter}
      </>
    ) : (
      <>
        {mode === 'never' ? how : <Said>{said.did}</Said>}
        {what}
        {numbers}
        {mode !== 'never' && how}
        {when}
        {filter}
      </>
    )
  }
  if (!('path' in measure)) {
    return (
      <>
        <Said>{said.had}</Said>
        {window.kind !== 'ever' && when}
        {how}
        {what}
        {language === 'ko' && <Said>{particle(noun, '이/가')}</Said>}
        <TimeBlanks
          is={measure.is}
          ops={happenedOps}
          form={form}
          change={(is) => put({ ...measure, is })}
        />
        {filter}
      </>
    )
  }
  return (
    <>
      {language === 'ko' && when}
      <Aggregate
        condition={condition}
        measure={measure}
        what={what}
        how={how}
        form={form}
        put={put}
      />
      {language === 'en' && when}
      {filter}
    </>
  )
}

type TimesProps = {
  readonly measure: Extract<Measure, { of: 'count' }>
  readonly mode: Mode
  readonly put: (measure: Measure) => void
}

function Times({ measure, mode, put }: TimesProps) {
  const said = useWords(text)
  const is = wholeTimes(measure.is)
  if (mode === 'never') return null
  if (is.op === 'between')
    return (
      <>
        <NumberBlank
          label={said.from}
          value={is.from}
          min={0}
          onChange={(from) => put({ of: 'count', is: { ...is, from: Math.round(from) } })}
        />
        <Said>~</Said>
        <NumberBlank
          label={said.to}
          value={is.to}
          min={0}
          onChange={(to) => put({ of: 'count', is: { ...is, to: Math.round(to) } })}
        />
      </>
    )
  return (
    <NumberBlank
      label={said.number}
      value={is.value}
      min={1}
      onChange={(value) => put({ of: 'count', is: { ...is, value: Math.round(value) } })}
    />
  )
}

type ModeProps = {
  readonly condition: EventCondition
  readonly mode: Mode
  readonly form: Form
  readonly change: (condition: EventCondition) => void
}

/** The verb: `번 이상 했고`, `한 번도 하지 않았고`, `합계`. */
function ModeBlank({ condition, mode, form, change }: ModeProps) {
  const said = useWords(text)
  const language = useLanguage()
  const { shop } = useSession()
  const properties = propertiesOf(useSources(), condition.event)
  const numeric = properties.find(({ type, path }) => type === 'number' && path === 'value')
  const path = (numeric ?? properties.find(({ type }) => type === 'number'))?.path ?? 'value'
  const word = modeWords(mode, language)
  const counted = condition.measure.of === 'count'
  const verb = counted ? ` ${ending(mode === 'never' ? 'didNot' : 'did', form)}` : ''
  return (
    <ChoiceBlank
      label={said.how}
      plainly
      shown={language === 'ko' ? `${word}${verb}` : word}
      choices={modeChoices(language)}
      selected={[mode]}
      onPick={(next) =>
        change(measuredAs(condition, next as Mode, { currency: shop.currency, path }))
      }
    />
  )
}

type AggregateProps = {
  readonly condition: EventCondition
  readonly measure: Exclude<Measure, { of: 'count' | 'first' | 'last' }>
  readonly what: React.ReactNode
  readonly how: React.ReactNode
  readonly form: Form
  readonly put: (measure: Measure) => void
}

function Aggregate({ condition, measure, what, how, form, put }: AggregateProps) {
  const said = useWords(text)
  const language = useLanguage()
  const { shop } = useSession()
  const properties = propertiesOf(useSources(), condition.event)
  const wanted = properties.filter(({ type }) => measure.of === 'distinct' || type === 'number')
  const isMoney = ['value', 'revenue', 'total', 'price'].includes(measure.path)
  const money = isMoney && measure.of !== 'distinct' && shop.currency === 'KRW'
  const property = (
    <ChoiceBlank
      label={said.property}
      shown={propertyNoun(measure.path, language)}
      choices={pathChoices(wanted, language)}
      selected={[measure.path]}
      typed={(asked) => [{ value: asked, label: asked }]}
      onPick={(path) => {
        const next = { ...measure, path }
        if (next.of !== 'sum') return put(next)
        const { currency: _, ...rest } = next
        put(path === 'value' ? { ...rest, currency: shop.currency } : rest)
      }}
    />
  )
  const test = (
    <NumberBlanks
      is={measure.is}
      ops={numberOps}
      form={form}
      unit={money ? said.won : undefined}
      change={(is) => put({ ...measure, is })}
    />
  )
  if (language === 'en')
    return (
      <>
        <Said>{said.had}</Said>
        {how}
        <Said>{said.of}</Said>
        {property}
        <Said>over</Said>
        {what}
        {test}
      </>
    )
  const subject = modeWords(modeOf(condition), 'ko')
  return (
    <>
      {what}
      <Said>{said.of}</Said>
      {property}
      {how}
      <Said>{particle(subject, '이/가')}</Said>
      {test}
    </>
  )
}
