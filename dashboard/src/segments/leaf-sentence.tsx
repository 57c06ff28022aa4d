import type {
  RandomCondition,
  SegmentCondition,
} from '../../../server/src/segments/person-condition.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { ChoiceBlank, NumberBlank, Said } from './blank.tsx'
import { EventSentence } from './event-sentence.tsx'
import { ending, type Form } from './korean.ts'
import type { Leaf, MemberCondition } from './language.ts'
import { SequenceSentence } from './sequence-sentence.tsx'
import { useSources } from './sources.ts'
import { ValueSentence } from './value-sentence.tsx'

const text = words({
  membership: { ko: '회원 여부', en: 'Member or not' },
  are: { ko: '', en: 'who are' },
  member: { ko: '회원', en: 'members' },
  anonymous: { ko: '비회원', en: 'not members' },
  segment: { ko: '다른 세그먼트', en: 'Another segment' },
  pickSegment: { ko: '세그먼트 고르기', en: 'pick a segment' },
  in: { ko: '세그먼트에', en: 'who are in the segment' },
  random: { ko: '무작위로 고른 ', en: 'who are in a random share from' },
  from: { ko: '몇 %부터', en: 'From percent' },
  to: { ko: '몇 %까지', en: 'To percent' },
  toPercent: { ko: '%부터', en: '% to' },
  percent: { ko: '% 사이에', en: '%' },
})

type Props = {
  readonly condition: Leaf
  readonly form: Form
  readonly change: (condition: Leaf) => void
}

/** One condition as words and blanks. */
export function LeafSentence({ condition, form, change }: Props) {
  switch (condition.kind) {
    case 'event':
      return <EventSentence condition={condition} form={form} change={change} />
    case 'trait':
    case 'fact':
      return <ValueSentence condition={condition} form={form} change={change} />
    case 'sequence':
      return <SequenceSentence condition={condition} form={form} change={change} />
    case 'member':
      return <MemberSentence condition={condition} form={form} change={change} />
    case 'segment':
      return <SegmentSentence condition={condition} form={form} change={change} />
    case 'random':
      return <RandomSentence condition={condition} form={form} change={change} />
  }
}

type Of<C> = {
  readonly condition: C
  readonly form: Form
  readonly change: (condition: Leaf) => void
}

function MemberSentence({ condition, form, change }: Of<MemberCondition>) {
  const said = useWords(text)
  const language = useLanguage()
  return (
    <>
      <Said>{said.are}</Said>
      <ChoiceBlank
        label={said.membership}
        shown={said[condition.is]}
        choices={(['member', 'anonymous'] as const).map((value) => ({ value, label: said[value] }))}
        selected={[condition.is]}
        onPick={(is) => change({ kind: 'member', is: is === 'anonymous' ? is : 'member' })}
      />
      {language === 'ko' && <Said>{ending('is', form)}</Said>}
    </>
  )
}

function SegmentSentence({ condition, form, change }: Of<SegmentCondition>) {
  const said = useWords(text)
  const language = useLanguage()
  const { segments } = useSources()
  const chosen = segments.find(({ id }) => id === condition.segment)
  const blank = (
    <ChoiceBlank
      label={chosen ? said.segment : said.pickSegment}
      shown={chosen ? chosen.name : condition.segment > 0 ? `#${condition.segment}` : undefined}
      choices={segments.map(({ id, name, members }) => ({
        value: String(id),
        label: name,
        note: members.toLocaleString('en'),
      }))}
      selected={[String(condition.segment)]}
      onPick={(id) => change({ kind: 'segment', segment: Number(id) })}
    />
  )
  return language === 'ko' ? (
    <>
      {blank}
      <Said>
        {said.in} {ending('belongs', form)}
      </Said>
    </>
  ) : (
    <>
      <Said>{said.in}</Said>
      {blank}
    </>
  )
}

function RandomSentence({ condition, form, change }: Of<RandomCondition>) {
  const said = useWords(text)
  const language = useLanguage()
  const { from, to } = condition
  return (
    <>
      <Said>{said.random}</Said>
      <NumberBlank
        label={said.from}
        value={from}
        max={99}
        decimals={2}
        onChange={(next) => change({ ...condition, from: next, to: Math.max(to, next + 1) })}
      />
      <Said>{said.toPercent}</Said>
      <NumberBlank
        label={said.to}
        value={to}
        max={100}
        decimals={2}
        onChange={(next) => change({ ...condition, to: next, from: Math.min(from, next) })}
      />
      <Said>
        {said.percent} {language === 'ko' && ending('belongs', form)}
      </Said>
    </>
  )
}
