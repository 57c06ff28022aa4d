import { createContext, useContext } from 'react'
import type { PathSeen, Vocabulary } from '../../../server/src/segments/vocabulary.ts'
import type { Language } from '../app/language.ts'
import { eventNoun, knownEvents } from '../events/noun.ts'
import type { Choice } from './find.ts'
import { knownRank, propertyNoun } from './property-names.ts'
import type { ValueType } from './tests.ts'

/** What the pickers are filled with: what really arrived, and what the shop made. */
export type Sources = {
  readonly vocabulary: Vocabulary | undefined
  readonly segments: readonly {
    readonly id: number
    readonly name: string
    readonly members: number
  }[]
  readonly lists: readonly {
    readonly id: number
    readonly name: string
    readonly members: number
  }[]
  readonly campaigns: readonly { readonly id: number; readonly name: string }[]
}
const nothing: Sources = { vocabulary: undefined, segments: [], lists: [], campaigns: [] }
const SourcesContext = createContext<Sources>(nothing)
export const SourcesProvider = SourcesContext.Provider
export const useSources = (): Sources => useContext(SourcesContext)

/** Happenings to pick: those that arrived with how often, then those that a shop usually sends. */
export function eventChoices(sources: Sources, language: Language): readonly Choice[] {
  const seen = sources.vocabulary?.events ?? []
  const arrived = seen.map(({ name, count }): Choice => {
    const label = eventNoun(name, language)
    return {
      value: name,
      label,
      note: count.toLocaleString('en'),
      words: name,
      group: language === 'ko' ? '들어온 행동' : 'Arrived',
    }
  })
  const rest = knownEvents
    .filter((name) => !seen.some((one) => one.name === name))
    .map(
      (name): Choice => ({
        value: name,
        label: eventNoun(name, language),
        words: name,
        note: '0',
        group: language === 'ko' ? '아직 안 들어온 행동' : 'Not arrived yet',
      }),
    )
  return [...arrived, ...rest]
}

/** The properties of a happening that arrived, those with a word first. */
export function propertiesOf(sources: Sources, event: string): readonly PathSeen[] {
  return known(sources.vocabulary?.events.find(({ name }) => name === event)?.properties ?? [])
}

// Properties that a sentence has a word for stand first: addresses of pictures help nobody.
function known(paths: Iterable<PathSeen>): readonly PathSeen[] {
  return [...paths].sort((a, b) => knownRank(a.path) - knownRank(b.path))
}

/** Paths as choices, with values that arrived below each. */
export function pathChoices(paths: readonly PathSeen[], language: Language): readonly Choice[] {
  const once = new Map(paths.map((one) => [one.path, one]))
  return known(once.values()).map(({ path, count, examples }) => ({
    value: path,
    label: propertyNoun(path, language),
    words: path,
    note: count.toLocaleString('en'),
    ...(examples.length > 0 ? { says: examples.slice(0, 3).join(', ') } : {}),
  }))
}

/** Values that arrived at a path. */
export function exampleChoices(paths: readonly PathSeen[], path: string): readonly Choice[] {
  const examples = paths.filter((one) => one.path === path).flatMap((one) => one.examples)
  return [...new Set(examples)].map((value) => ({ value, label: value }))
}

/** The type that a path mostly arrived as. */
export function typeOf(paths: readonly PathSeen[], path: string): ValueType {
  return paths.find((one) => one.path === path)?.type ?? 'text'
}
