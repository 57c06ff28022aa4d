import type { Condition, Definition } from '../../../server/src/segments/definition.ts'
import { describe } from '../../../server/src/segments/describe.ts'
import type { Language } from '../app/language.ts'
import { eventNoun } from '../events/noun.ts'

/** A definition as one sentence, with event names in the words of a shop. */
export function definitionSentence(definition: Definition, language: Language): string {
  return describe(definition, language, (name) => eventNoun(name, language))
}

/** One condition of it. */
export function conditionSentence(condition: Condition, language: Language): string {
  return definitionSentence({ format: 1, where: condition }, language)
}
