import { createContext, useContext } from 'react'

export type Language = 'ko' | 'en'

type Sentence = (...facts: never[]) => string
type Phrase =
  | { readonly ko: string; readonly en: string }
  | { readonly ko: Sentence; readonly en: Sentence }

/** A table of texts in both languages. A missing one does not compile. */
export function words<const T extends Readonly<Record<string, Phrase>>>(table: T): T {
  return table
}

type Widened<P> = P extends Sentence ? P : string
/** The table in one language: texts as strings, sentences with facts as functions. */
export type In<T extends Readonly<Record<string, Phrase>>> = {
  readonly [K in keyof T]: Widened<T[K]['ko']>
}

/** Picks one language out of a table of texts. */
export function inLanguage<T extends Readonly<Record<string, Phrase>>>(
  table: T,
  language: Language,
): In<T> {
  const picked = cache(table)
  return picked[language] as In<T>
}

const known = new WeakMap<object, Readonly<Record<Language, object>>>()
function cache(table: Readonly<Record<string, Phrase>>): Readonly<Record<Language, object>> {
  const before = known.get(table)
  if (before) return before
  const pick = (language: Language) =>
    Object.fromEntries(Object.entries(table).map(([key, phrase]) => [key, phrase[language]]))
  const both = { ko: pick('ko'), en: pick('en') }
  known.set(table, both)
  return both
}

export const LanguageContext = createContext<{
  readonly language: Language
  readonly speak: (language: Language) => void
}>({ language: 'ko', speak: () => undefined })

export function useLanguage(): Language {
  return useContext(LanguageContext).language
}

/** The texts of a table in the language on screen. */
export function useWords<T extends Readonly<Record<string, Phrase>>>(table: T): In<T> {
  return inLanguage(table, useLanguage())
}
