import type { Definition } from './definition.ts'
import { englishSentence } from './describe-english.ts'
import { koreanSentence } from './describe-korean.ts'
import { segmentName } from './describe-person.ts'

/**
 * What an event or property is called on screen; undefined where the language's own word will do. Segments and
 * campaigns that a definition names are asked for as `segment:12` and `campaign:3`.
 */
export type Naming = (name: string) => string | undefined

/** A definition as one sentence that can be read aloud. */
export function describe(
  definition: Definition,
  language: 'ko' | 'en',
  naming: Naming = () => undefined,
): string {
  return language === 'ko'
    ? koreanSentence(definition, naming)
    : englishSentence(definition, naming)
}

/** A definition in both languages, with the segments it names called by their names. */
export function described(
  definition: Definition,
  segments: ReadonlyMap<number, string> = new Map(),
): { readonly ko: string; readonly en: string } {
  const names = new Map([...segments].map(([id, name]) => [segmentName(id), name]))
  const naming: Naming = (name) => names.get(name)
  return { ko: describe(definition, 'ko', naming), en: describe(definition, 'en', naming) }
}
