import { factAt } from '../../../server/src/facts/catalogue.ts'
import type { Condition, Definition } from '../../../server/src/segments/definition.ts'
import { describe } from '../../../server/src/segments/describe.ts'
import type { Language } from '../app/language.ts'
import { eventNoun, knownEvents } from '../events/noun.ts'
import { propertyNoun } from './property-names.ts'

type Named = readonly { readonly id: number; readonly name: string }[]

/** What a sentence calls by its name. */
export type SaidBy = { readonly segments?: Named; readonly campaigns?: Named }

/** A definition as one sentence, with events, facts, segments and campaigns in the words of a shop. */
export function definitionSentence(
  definition: Definition,
  language: Language,
  { segments = [], campaigns = [] }: SaidBy = {},
): string {
  return describe(definition, language, (name) => {
    const segment = /^segment:(\d+)$/.exec(name)
    if (segment)
      return segments.find(({ id }) => id === Number(segment[1]))?.name ?? `#${segment[1]}`
    const campaign = /^campaign:(\d+)$/.exec(name)
    if (campaign) return campaigns.find(({ id }) => id === Number(campaign[1]))?.name
    const fact = factAt(name)
    if (fact) return fact.label[language]
    return knownEvents.includes(name) ? eventNoun(name, language) : propertyNoun(name, language)
  })
}

/** One condition of it. */
export function conditionSentence(
  condition: Condition,
  language: Language,
  named: SaidBy = {},
): string {
  return definitionSentence({ format: 1, where: condition }, language, named)
}
