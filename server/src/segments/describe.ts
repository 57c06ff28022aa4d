import type { Definition } from './definition.ts'
import { englishSentence } from './describe-english.ts'
import { koreanSentence } from './describe-korean.ts'

/**
 * What an event or property is called on screen; the name itself unless the language has a word for it. Segments that a
 * definition names are asked for as `segment:12`.
 */
export type Naming = (name: string) => string

/** A definition as one sentence that can be read aloud. */
export function describe(definition: Definition, language: 'ko' | 'en', naming?: Naming): string {
  return language === 'ko'
    ? koreanSentence(definition, naming)
    : englishSentence(definition, naming)
}
