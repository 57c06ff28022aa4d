import { factAt } from '../../../server/src/facts/catalogue.ts'
import { useLanguage, useWords, words } from '../app/language.ts'
import { useSession } from '../app/session.tsx'
import { ChoiceBlank, Said } from './blank.tsx'
import { factChoices, factValues, firstTest } from './facts.ts'
import { type Form, particle } from './korean.ts'
import type { ValueCondition } from './language.ts'
import { propertyNoun } from './property-names.ts'
import { exampleChoices, pathChoices, typeOf, useSources } from './sources.ts'
import type { ValueType } from './tests.ts'
import { useToday, ValueBlanks } from './value-blanks.tsx'

const text = words({
  fact: { ko: '고객에 대해', en: 'About the customer' },
  trait: { ko: '특성', en: 'Trait' },
  whose: { ko: '', en: 'whose' },
  won: { ko: '원', en: '' },
  into: { ko: '에', en: '' },
})

type Props = {
  readonly condition: ValueCondition
  readonly form: Form
  readonly change: (condition: ValueCondition) => void
}

/** `[장바구니 금액]이 [30,000] [원 이상이고]`: a fact of the catalogue, or a trait that the shop sent. */
export function ValueSentence({ condition, form, change }: Props) {
  const said = useWords(text)
  const language = useLanguage()
  const sources = useSources()
  const today = useToday()
  const { shop } = useSession()
  const { kind, path, is } = condition
  const traits = sources.vocabulary?.traits ?? []
  const fact = kind === 'fact' ? factAt(path) : undefined
  const type = kind === 'fact' ? (fact?.type ?? 'text') : typeOf(traits, path)
  const label = fact ? fact.label[language] : propertyNoun(path, language)
  // Within an English sentence a label stands small, but not an abbreviation.
  const noun =
    language === 'en' && /^[A-Z][a-z]/.test(label)
      ? `${label[0]?.toLowerCase()}${label.slice(1)}`
      : label
  const values =
    kind === 'fact' ? factValues(fact, sources, language) : exampleChoices(traits, path)
  const pick = (next: string) => {
    const nextType = kind === 'fact' ? (factAt(next)?.type ?? 'text') : typeOf(traits, next)
    change({ kind, path: next, is: firstTest(nextType, today) })
  }
  const joint = is.type === 'boolean' && is.op === 'is' ? said.into : particle(noun, '이/가')
  return (
    <>
      <Said>{said.whose}</Said>
      <ChoiceBlank
        label={kind === 'fact' ? said.fact : said.trait}
        shown={path ? noun : undefined}
        choices={kind === 'fact' ? factChoices(language) : pathChoices(traits, language)}
        selected={[path]}
        typed={kind === 'trait' ? (asked) => [{ value: asked, label: asked }] : undefined}
        onPick={pick}
      />
      {language === 'ko' && <Said>{joint}</Said>}
      <ValueBlanks
        type={type === 'text' && is.type !== 'any' ? (is.type as ValueType) : type}
        test={is}
        form={form}
        choices={values}
        closed={fact?.values !== undefined || fact?.names === 'list'}
        fold={kind === 'trait'}
        unit={fact?.isMoney && shop.currency === 'KRW' ? said.won : undefined}
        change={(next) => change({ ...condition, is: next })}
      />
    </>
  )
}
