import { propertyNouns } from '../../../server/src/segments/property-nouns.ts'
import { inLanguage, type Language, words } from '../app/language.ts'

/** Properties and traits in words. */
const nouns = words(propertyNouns)

const order = ['name', 'category', 'query', 'value', 'quantity', 'price', 'brand']

/** Where a property stands in a list: those asked for most, those with a word, the rest. */
export function knownRank(path: string): number {
  const place = order.indexOf(path)
  if (place >= 0) return place
  return path in nouns ? order.length : order.length + 1
}

/** A property in words; one we do not know stays as the shop wrote it. */
export function propertyNoun(path: string, language: Language): string {
  const known = inLanguage(nouns, language)
  const last = path.split('.').at(-1) ?? path
  if (path in known) return known[path as keyof typeof known]
  const noun = last in known ? known[last as keyof typeof known] : undefined
  return noun && /^(products\.\d+|context)/.test(path) ? `${noun}` : path
}
