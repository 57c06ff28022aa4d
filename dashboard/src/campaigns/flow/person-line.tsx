import { stepsOf } from '../../../../server/src/campaigns/flow-map.ts'
import type { PersonTest } from '../../../../server/src/campaigns/person-test.ts'
import type { PropertyTest } from '../../../../server/src/segments/value-test.ts'
import { useLanguage, useWords, words } from '../../app/language.ts'
import { useSession } from '../../app/session.tsx'
import { ChoiceBlank, Said } from '../../segments/blank.tsx'
import { FilterLines } from '../../segments/filter-lines.tsx'
import { particle } from '../../segments/korean.ts'
import { propertyNoun } from '../../segments/property-names.ts'
import { exampleChoices, typeOf } from '../../segments/sources.ts'
import { numberOps, opsFor, testFrom, type ValueType } from '../../segments/tests.ts'
import { NumberBlanks, useToday, ValueBlanks } from '../../segments/value-blanks.tsx'
import { begunTest } from '../flow-begin.ts'
import { useEditing } from './editing.ts'
import style from './flow.module.css'
import { PathBlank, usePaths } from './path-blank.tsx'
import { SegmentBlank } from './watch-form.tsx'

const text = words({
  about: { ko: '무엇을 볼까요', en: 'What to look at' },
  cart: { ko: '장바구니 금액', en: 'Cart value' },
  segment: { ko: '세그먼트', en: 'Segment' },
  trait: { ko: '고객 정보', en: 'Trait' },
  trigger: { ko: '시작한 행동의 값', en: 'Value of what let them in' },
  answer: { ko: '우리 서버의 답', en: 'Answer of your server' },
  is: { ko: '에 있으면', en: 'is in' },
  isNot: { ko: '에 없으면', en: 'is not in' },
  inOrNot: { ko: '있나 없나', en: 'In or not' },
  won: { ko: '원', en: '' },
  answerOf: { ko: '몇 번째 호출', en: 'Of which call' },
  answerPath: { ko: '답의 값 이름', en: 'Name in the answer' },
  noCall: {
    ko: '이 앞에 ‘우리 서버 부르기’ 단계가 없어요.',
    en: 'There is no step before this that calls your server.',
  },
})

type Props = { readonly test: PersonTest; readonly change: (test: PersonTest) => void }

const kinds = ['cart', 'segment', 'trait', 'trigger', 'answer'] as const
type Kind = (typeof kinds)[number]
type LineTest = Extract<PersonTest, { readonly kind: Kind }>

/** One question about a person; whether they are in a segment can be asked the other way round. */
export function Line({ test, change }: Props) {
  const said = useWords(text)
  const { flow } = useEditing()
  const isNot = test.kind === 'not'
  const inner = (isNot ? test.of : test) as LineTest
  const offered = kinds.filter((kind) => kind !== 'trigger' || flow.trigger.kind === 'event')
  return (
    <>
      <ChoiceBlank
        label={said.about}
        plainly
        shown={said[inner.kind]}
        choices={offered.map((value) => ({ value, label: said[value] }))}
        selected={[inner.kind]}
        onPick={(kind) => change(begunTest(kind as Kind))}
      />
      {inner.kind === 'segment' ? (
        <>
          <SegmentBlank
            segment={inner.segment}
            change={(segment) => {
              const next = { ...inner, segment }
              change(isNot ? { kind: 'not', of: next } : next)
            }}
          />
          <ChoiceBlank
            label={said.inOrNot}
            plainly
            shown={isNot ? said.isNot : said.is}
            choices={(['is', 'isNot'] as const).map((value) => ({ value, label: said[value] }))}
            selected={[isNot ? 'isNot' : 'is']}
            onPick={(how) => change(how === 'isNot' ? { kind: 'not', of: inner } : inner)}
          />
        </>
      ) : (
        <ValueLine test={inner} change={change} />
      )}
    </>
  )
}

function ValueLine({
  test,
  change,
}: {
  readonly test: Exclude<LineTest, { readonly kind: 'segment' }>
  readonly change: (test: PersonTest) => void
}) {
  const said = useWords(text)
  const language = useLanguage()
  const { shop } = useSession()
  const { flow } = useEditing()
  const traits = usePaths('trait')
  const first = useFirstTest()
  switch (test.kind) {
    case 'cart':
      return (
        <NumberBlanks
          is={test.value.op === 'is' ? test.value.than : { op: '>=', value: 1 }}
          ops={numberOps}
          form="being"
          unit={language === 'ko' && shop.currency === 'KRW' ? said.won : undefined}
          change={(than) => change({ ...test, value: { type: 'number', op: 'is', than } })}
        />
      )
    case 'trigger':
      return (
        <FilterLines
          event={flow.trigger.kind === 'event' ? flow.trigger.event : ''}
          where={test.filter}
          change={(filter) => change(filter ? { ...test, filter } : begunTest('trigger'))}
        />
      )
    case 'trait':
      return (
        <>
          <PathBlank
            of="trait"
            path={test.path}
            onPick={(path) => change({ ...test, path, is: first(typeOf(traits, path)) })}
          />
          <TestBlanks test={test} change={(is) => change({ ...test, is })} />
        </>
      )
    case 'answer':
      return <AnswerLine test={test} change={change} />
  }
}

/** The test a value of a type begins with; it never speaks of now. */
function useFirstTest() {
  const today = useToday()
  return (type: ValueType): PropertyTest => {
    const op = opsFor(type, { fixed: true })[0] ?? 'exists'
    return testFrom(op, { type, before: undefined, today, fold: true }) as PropertyTest
  }
}

type Tested = Extract<PersonTest, { readonly kind: 'trait' | 'answer' }>

function TestBlanks({
  test: { kind, path, is },
  change,
}: {
  readonly test: Tested
  readonly change: (is: PropertyTest) => void
}) {
  const language = useLanguage()
  const seen = usePaths('trait')
  const paths = kind === 'trait' ? seen : []
  const arrived = typeOf(paths, path)
  const type: ValueType = is.type === 'any' ? (kind === 'trait' ? arrived : 'text') : is.type
  return (
    <>
      {language === 'ko' && path !== '' && (
        <Said>{particle(propertyNoun(path, language), '이/가')}</Said>
      )}
      <ValueBlanks
        type={type}
        test={is}
        form="being"
        fixed
        fold
        choices={exampleChoices(paths, path)}
        change={(next) => change(next as PropertyTest)}
      />
    </>
  )
}

function AnswerLine({
  test,
  change,
}: {
  readonly test: Extract<PersonTest, { readonly kind: 'answer' }>
  readonly change: (test: PersonTest) => void
}) {
  const said = useWords(text)
  const first = useFirstTest()
  const { flow } = useEditing()
  const calls = stepsOf(flow).filter(({ kind }) => kind === 'webhook')
  if (calls.length === 0) return <span className={style.note}>{said.noCall}</span>
  const chosen = calls.findIndex(({ id }) => id === test.step)
  return (
    <>
      <ChoiceBlank
        label={said.answerOf}
        shown={chosen >= 0 ? `#${chosen + 1}` : undefined}
        choices={calls.map(({ id }, at) => ({ value: String(id), label: `#${at + 1}` }))}
        selected={[String(test.step)]}
        onPick={(id) => change({ ...test, step: Number(id) })}
      />
      <ChoiceBlank
        label={said.answerPath}
        shown={test.path === '' ? undefined : test.path}
        choices={[]}
        typed={(asked) => [{ value: asked, label: asked }]}
        onPick={(path) => change({ ...test, path, is: first('text') })}
      />
      <TestBlanks test={test} change={(is) => change({ ...test, is })} />
    </>
  )
}
