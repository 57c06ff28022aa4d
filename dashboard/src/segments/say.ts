import { factAt } from '../../../server/src/facts/catalogue.ts'
import type { Condition, Definition } from '../../../server/src/segments/definition.ts'
import { describe } from '../../../server/src/segments/describe.ts'
import type { Language } from '../app/language.ts'
import { eventNoun, knownEvents } from '../events/noun.ts'
import { propertyNoun } from './property-names.ts'

type Named = readonly { readonly id: number; readonly name: string }[]

/** A definition as one sentence, with events, facts and segments in the words of a shop. */
export function definitionSentence(
  definition: Definition,
  language: Language,
  segments: Named = [],
): string {
  return describe(definition, language, (name) => {
    const segment = /^segment:(\d+)$/.exec(name)
    if (segment)
      return segments.find(({ id }) => id === Number(segment[1]))?.name ?? `#${segment[1]}`
    const fact = factAt(name)
    if (fact) return fact.label[language]
    return knownEvents.includes(name) ? eventNoun(name, language) : propertyNoun(name, language)
  })
}

/** One condition of it. */
export function conditionSentence(
  condition: Condition,
  language: Language,
  segments: Named = [],
): string {
  return definitionSentence({ format: 1, where: condition }, language, segments)
}
