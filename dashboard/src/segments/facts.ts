import { facts } from '../../../server/src/facts/catalogue.ts'
import { type Fact, factGroups } from '../../../server/src/facts/fact.ts'
import type { TraitTest } from '../../../server/src/segments/value-test.ts'
import type { Language } from '../app/language.ts'
import type { Choice } from './find.ts'
import { exampleChoices, type Sources } from './sources.ts'
import { opsFor, type Today, testFrom, type ValueType } from './tests.ts'

/** The facts of the catalogue as choices. */
export function factChoices(language: Language): readonly Choice[] {
  return facts.map((fact) => ({
    value: fact.path,
    label: fact.label[language],
    says: fact.note[language],
    words: `${fact.path} ${fact.label.en} ${fact.label.ko} ${groupName(fact, language)}`,
    group: groupName(fact, language),
  }))
}

function groupName(fact: Fact, language: Language): string {
  return factGroups.find(({ group }) => group === fact.group)?.label[language] ?? ''
}

/** The values a fact may have, as far as they are known. */
export function factValues(
  fact: Fact | undefined,
  sources: Sources,
  language: Language,
): readonly Choice[] {
  if (!fact) return []
  if (fact.values) return fact.values.map(({ value, label }) => ({ value, label: label[language] }))
  if (fact.names === 'list')
    return sources.lists.map(({ id, name, members }) => ({
      value: String(id),
      label: name,
      note: members.toLocaleString('en'),
    }))
  if (fact.names) return namedIn(sources, fact.names)
  return (fact.examples ?? []).map((one) => ({ value: String(one), label: String(one) }))
}

// Products and categories that arrived with any event.
function namedIn(sources: Sources, names: 'product' | 'category' | 'brand'): readonly Choice[] {
  const path = names === 'product' ? 'product_id' : names
  const events = sources.vocabulary?.events ?? []
  return exampleChoices(
    events.flatMap((event) => event.properties),
    path,
  )
}

/** A test to begin with for a fact or trait: the first comparison that fits its type. */
export function firstTest(type: ValueType, today: Today): TraitTest {
  const op = opsFor(type)[0] ?? 'exists'
  return testFrom(op, { type, before: undefined, today, fold: false })
}
