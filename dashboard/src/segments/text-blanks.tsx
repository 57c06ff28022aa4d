import type { TraitTest } from '../../../server/src/segments/value-test.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { ChoiceBlank, Said } from './blank.tsx'
import type { Choice } from './find.ts'
import { particle } from './korean.ts'

const text = words({
  value: { ko: '값', en: 'Value' },
  pick: { ko: '값 고르기', en: 'pick a value' },
  type: { ko: '값을 고르거나 적어 주세요', en: 'Pick or type a value' },
})

type TextProps = {
  readonly test: Extract<TraitTest, { value: string } | { values: readonly unknown[] }>
  readonly verb: React.ReactNode
  readonly choices: readonly Choice[]
  readonly closed: boolean
  readonly change: (test: TraitTest) => void
}

/** One value or several out of what arrived, or typed; with its particle in Korean. */
export function TextBlanks({ test, verb, choices, closed, change }: TextProps) {
  const said = useWords(text)
  const language = useLanguage()
  const several = 'values' in test
  const values = several ? test.values.map(String) : test.value ? [test.value] : []
  const labelOf = (value: string) => choices.find((one) => one.value === value)?.label ?? value
  const shown = values.length > 0 ? values.map(labelOf).join(', ') : undefined
  const missing = values
    .filter((value) => !choices.some((one) => one.value === value))
    .map((value) => ({ value, label: value }))
  const put = (value: string) => {
    if (!several) return change({ ...test, value } as TraitTest)
    const next = values.includes(value) ? values.filter((one) => one !== value) : [...values, value]
    const typed = test.type === 'number' ? next.map(Number) : next
    change({ ...test, values: typed } as TraitTest)
  }
  const value = (
    <ChoiceBlank
      label={shown === undefined ? said.pick : said.value}
      shown={shown}
      choices={[...choices, ...missing]}
      selected={values}
      several={several}
      placeholder={closed ? undefined : said.type}
      typed={closed ? undefined : (asked) => [{ value: asked, label: `‘${asked}’` }]}
      onPick={put}
    />
  )
  if (language === 'en')
    return (
      <>
        {verb}
        {value}
      </>
    )
  const last = shown ?? '값'
  const joint =
    test.op === 'contains'
      ? particle(last, '을/를')
      : test.op === 'starts-with'
        ? particle(last, '로/으로')
        : test.op === 'has-none'
          ? particle(last, '이/가')
          : ''
  return (
    <>
      {value}
      <Said>{joint}</Said>
      {verb}
    </>
  )
}
