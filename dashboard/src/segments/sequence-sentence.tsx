import { ActionIcon, Button } from '@mantine/core'
import { IconArrowDown, IconBan, IconPlus, IconX } from '@tabler/icons-react'
import type { Span } from '../../../server/src/segments/comparison.ts'
import type { Window } from '../../../server/src/segments/event-condition.ts'
import type { Filter } from '../../../server/src/segments/filter.ts'
import type { SequenceCondition } from '../../../server/src/segments/sequence.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { eventNoun } from '../events/noun.ts'
import { ChoiceBlank, Said, SpanBlank } from './blank.tsx'
import { EventBlank } from './event-sentence.tsx'
import { FilterLines } from './filter-lines.tsx'
import { ending, type Form, particle } from './korean.ts'
import type { Happened, Step } from './language.ts'
import style from './segments.module.css'
import { WindowBlank } from './window-blank.tsx'

const text = words({
  inTurn: { ko: '차례대로', en: 'did, one after the other,' },
  step: { ko: (n: number) => `${n}번째 행동`, en: (n: number) => `Step ${n}` },
  within: { ko: '그 뒤', en: 'then within' },
  inside: { ko: '안에', en: '' },
  didThat: { ko: '하고', en: '' },
  not: { ko: '하지 않은 행동', en: 'What did not follow' },
  after: { ko: '그 뒤', en: 'and within' },
  thenNot: { ko: '안에는', en: 'after that no' },
  add: { ko: '다음 행동 더하기', en: 'Add a step' },
  addNot: { ko: '그 뒤에 안 한 행동', en: 'What did not follow' },
  remove: { ko: '이 단계 빼기', en: 'Remove this step' },
  same: { ko: '같은 상품으로', en: 'with the same product' },
  any: { ko: '상품은 달라도', en: 'with any product' },
  key: { ko: '상품', en: 'Product' },
  without: { ko: '그 사이에 없어야 하는 행동', en: 'What may not stand between' },
  withoutIt: { ko: '없이', en: 'not between,' },
  dropWithout: { ko: '‘없이’ 빼기', en: 'Remove what may not stand between' },
  span: { ko: '얼마 안에', en: 'How soon' },
})

const hour: Span = { amount: 1, unit: 'hours' }
const day: Span = { amount: 24, unit: 'hours' }
/** Most steps of one sequence. */
const stepsLimit = 5

type Props = {
  readonly condition: SequenceCondition
  readonly form: Form
  readonly change: (condition: SequenceCondition) => void
}

/** Steps with arrows between them: `상품 검색 ↓ 그 뒤 1시간 안에 상품 조회 ↓ 그 뒤 24시간 안에는 주문 없음`. */
export function SequenceSentence({ condition, form, change }: Props) {
  const said = useWords(text)
  const language = useLanguage()
  const { steps, not, sameProduct = false, window } = condition
  const put = (at: number, step: Step | undefined) =>
    change({
      ...condition,
      steps: steps
        .flatMap((one, index) => (index === at ? (step ? [step] : []) : [one]))
        .map((one, index) => (index === 0 ? withoutSpan(one) : one)),
    })
  const putNot = (step: SequenceCondition['not']) => {
    const { not: _, ...rest } = condition
    change(step ? { ...rest, not: step } : rest)
  }
  return (
    <span className={style.sequence}>
      <span className={style.inline}>
        <WindowBlank
          rollingOnly
          window={window}
          change={(next) => change({ ...condition, window: rollingOf(next) })}
        />
        <Said>{said.inTurn}</Said>
        <ChoiceBlank
          label={said.key}
          plainly
          shown={sameProduct ? said.same : said.any}
          choices={[
            { value: 'any', label: said.any },
            { value: 'same', label: said.same },
          ]}
          selected={[sameProduct ? 'same' : 'any']}
          onPick={(value) => {
            const { sameProduct: _, ...rest } = condition
            change(value === 'same' ? { ...rest, sameProduct: true } : rest)
          }}
        />
      </span>
      <ol className={style.steps}>
        {steps.map((step, at) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a step has no name of its own, only its place
          <li key={at} className={style.step}>
            {at > 0 && <IconArrowDown size={16} aria-hidden className={style.arrow} />}
            <StepWords
              step={step}
              at={at}
              last={at === steps.length - 1 && !not ? form : undefined}
              change={(next) => put(at, next)}
            />
            {steps.length > 1 && <Drop label={said.remove} drop={() => put(at, undefined)} />}
          </li>
        ))}
        {not && (
          <li className={style.step}>
            <IconBan size={16} aria-hidden className={style.arrow} />
            <Said>{said.after}</Said>
            <SpanBlank
              label={said.span}
              value={not.within}
              maxDays={90}
              onChange={(within) => putNot({ ...not, within })}
            />
            <Said>{said.thenNot}</Said>
            <EventBlank
              label={said.not}
              event={not.event}
              onPick={(event) => putNot({ event, within: not.within })}
            />
            {language === 'ko' && (
              <Said>
                {particle(eventNoun(not.event, 'ko'), '을/를')} {ending('didNot', form)}
              </Said>
            )}
            <FilterLines
              event={not.event}
              where={not.where}
              change={(where) => putNot(withWhere(not, where))}
            />
            <Drop label={said.remove} drop={() => putNot(undefined)} />
          </li>
        )}
      </ol>
      <span className={style.inline}>
        {steps.length < stepsLimit && (
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            leftSection={<IconPlus size={14} />}
            onClick={() =>
              change({ ...condition, steps: [...steps, { event: 'Product Viewed', within: hour }] })
            }
          >
            {said.add}
          </Button>
        )}
        {!not && (
          <Button
            variant="subtle"
            color="gray"
            size="compact-sm"
            leftSection={<IconBan size={14} />}
            onClick={() => putNot({ event: 'Order Completed', within: day })}
          >
            {said.addNot}
          </Button>
        )}
      </span>
    </span>
  )
}

function rollingOf(window: Window): SequenceCondition['window'] {
  const span: Span = window.kind === 'rolling' ? window.span : { amount: 30, unit: 'days' }
  return { kind: 'rolling', span }
}

function withoutBetween({ without: _, ...step }: Step): Step {
  return step
}

// The first step follows nothing.
function withoutSpan({ within: _, without: __, ...step }: Step): Step {
  return step
}

function withWhere<S extends Happened>(step: S, where: Filter | undefined): S {
  const { where: _, ...rest } = step
  return (where ? { ...rest, where } : rest) as S
}

type StepProps = {
  readonly step: Step
  readonly at: number
  /** The form of the last clause; a step before it reads on. */
  readonly last: Form | undefined
  readonly change: (step: Step) => void
}

function StepWords({ step, at, last, change }: StepProps) {
  const said = useWords(text)
  const language = useLanguage()
  const noun = eventNoun(step.event, language)
  return (
    <>
      {at > 0 && step.without && (
        <>
          <EventBlank
            label={said.without}
            event={step.without.event}
            onPick={(event) => change({ ...step, without: { event } })}
          />
          <Said>{said.withoutIt}</Said>
          <Drop label={said.dropWithout} drop={() => change(withoutBetween(step))} />
        </>
      )}
      {at > 0 && (
        <>
          <Said>{said.within}</Said>
          <SpanBlank
            label={said.span}
            value={step.within ?? hour}
            maxDays={90}
            onChange={(within) => change({ ...step, within })}
          />
          <Said>{said.inside}</Said>
        </>
      )}
      <EventBlank
        label={said.step(at + 1)}
        event={step.event}
        onPick={(event) => change(withWhere({ ...step, event }, undefined))}
      />
      {language === 'ko' && (
        <Said>
          {particle(noun, '을/를')} {last ? ending('did', last) : said.didThat}
        </Said>
      )}
      <FilterLines
        event={step.event}
        where={step.where}
        change={(where) => change(withWhere(step, where))}
      />
    </>
  )
}

function Drop({ label, drop }: { readonly label: string; readonly drop: () => void }) {
  return (
    <ActionIcon variant="subtle" color="gray" aria-label={label} onClick={drop}>
      <IconX size={16} />
    </ActionIcon>
  )
}
