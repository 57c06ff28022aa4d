import { Autocomplete, NumberInput, Select } from '@mantine/core'
import type { Condition } from '../../../server/src/segments/definition.ts'
import type { TraitTest } from '../../../server/src/segments/value-test.ts'
import type { Vocabulary } from '../api/segments.ts'
import { useLanguage, useWords, words } from '../app/language.ts'

type TraitCondition = Extract<Condition, { kind: 'trait' }>

const text = words({
  trait: { ko: '특성', en: 'Trait' },
  test: { ko: '비교', en: 'Comparison' },
  value: { ko: '값', en: 'Value' },
  subject: { ko: '이(가)', en: '' },
  exists: { ko: '알려져 있어요', en: 'is known' },
  equals: { ko: '정확히', en: 'is' },
  contains: { ko: '포함하는 말', en: 'contains' },
  more: { ko: '최소', en: 'is at least' },
  less: { ko: '최대', en: 'is at most' },
  yes: { ko: '예', en: 'is yes' },
  no: { ko: '아니요', en: 'is no' },
  other: { ko: '다른 방법으로 정했어요', en: 'another test' },
  ending: { ko: '이에요', en: '' },
})

type Test = 'exists' | 'equals' | 'contains' | 'more' | 'less' | 'yes' | 'no' | 'other'

function testOf(is: TraitTest): Test {
  if (is.op === 'exists') return 'exists'
  if (is.type === 'text' && (is.op === 'equals' || is.op === 'contains')) return is.op
  if (is.type === 'boolean') return is.value ? 'yes' : 'no'
  if (is.type === 'number' && is.op === 'is' && 'value' in is.than) {
    if (is.than.op === '>=') return 'more'
    if (is.than.op === '<=') return 'less'
  }
  return 'other'
}

function comparedWith(is: TraitTest): string | number {
  if (is.type === 'text' && 'value' in is) return is.value.trim()
  if (is.type === 'number' && is.op === 'is' && 'value' in is.than) return is.than.value
  return ''
}

function testWith(test: Test, value: string | number): TraitTest {
  switch (test) {
    case 'equals':
    case 'contains':
      return { type: 'text', op: test, value: String(value) || ' ', fold: true }
    case 'more':
    case 'less': {
      const op = test === 'more' ? '>=' : '<='
      return { type: 'number', op: 'is', than: { op, value: Number(value) || 0 } }
    }
    case 'yes':
    case 'no':
      return { type: 'boolean', op: 'is', value: test === 'yes' }
    case 'exists':
    case 'other':
      return { type: 'any', op: 'exists' }
  }
}

type Props = {
  readonly condition: TraitCondition
  readonly vocabulary: Vocabulary | undefined
  readonly change: (condition: TraitCondition) => void
}

/** `특성 [등급]이(가) [정확히] [VIP]이에요`. */
export function TraitSentence({ condition, vocabulary, change }: Props) {
  const said = useWords(text)
  const language = useLanguage()
  const traits = vocabulary?.traits ?? []
  const paths = [...new Set([condition.path, ...traits.map((one) => one.path)])]
  const type = traits.find((one) => one.path === condition.path)?.type
  const test = testOf(condition.is)
  const value = comparedWith(condition.is)
  const offered: readonly Test[] =
    type === 'number'
      ? ['more', 'less', 'exists']
      : type === 'boolean'
        ? ['yes', 'no', 'exists']
        : ['equals', 'contains', 'exists']
  const tests = offered.includes(test) ? offered : [...offered, test]
  return (
    <>
      <span>{said.trait}</span>
      <Select
        aria-label={said.trait}
        searchable
        allowDeselect={false}
        w={170}
        data={paths}
        value={condition.path}
        onChange={(path) => path && change({ ...condition, path, is: testWith('exists', '') })}
      />
      <span>{said.subject}</span>
      <Select
        aria-label={said.test}
        allowDeselect={false}
        w={150}
        data={tests.map((one) => ({ value: one, label: said[one] }))}
        value={test}
        onChange={(next) =>
          change({ ...condition, is: testWith((next ?? 'exists') as Test, value) })
        }
      />
      {(test === 'equals' || test === 'contains') && (
        <Autocomplete
          aria-label={said.value}
          w={180}
          data={[...(traits.find((one) => one.path === condition.path)?.examples ?? [])]}
          value={String(value)}
          onChange={(next) => change({ ...condition, is: testWith(test, next) })}
        />
      )}
      {(test === 'more' || test === 'less') && (
        <NumberInput
          aria-label={said.value}
          w={120}
          hideControls
          thousandSeparator=","
          value={value}
          onChange={(next) => change({ ...condition, is: testWith(test, Number(next) || 0) })}
        />
      )}
      {language === 'ko' && test !== 'exists' && <span>{said.ending}</span>}
    </>
  )
}
