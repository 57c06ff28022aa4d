import type { Placed } from '../events/happening.ts'
import { parseTime } from '../events/time-text.ts'
import { isJsonObject, type Json, type JsonObject, numberText } from '../lib/json.ts'
import { facts } from './catalogue.ts'
import type { FactType } from './fact.ts'

/** Facts worked out at night against everybody else, by path, with the time of the writing. */
export type Scores = { readonly at: number; readonly values: { readonly [path: string]: Json } }

const nightly: ReadonlyMap<string, FactType> = new Map(
  facts.filter((fact) => fact.fresh === 'night').map((fact) => [fact.path, fact.type]),
)

/**
 * Takes `Facts Written`, an edit with properties `{facts: {'rfm.cell': '5-4-5', 'rfm.at': '2026-03-01T18:00:00Z'}}`: only
 * paths of the catalogue that are written at night, of their type; null removes one. An older writing changes nothing.
 */
export function foldScores(state: Scores | undefined, happening: Placed): Scores | undefined {
  if (happening.kind !== 'edit' || happening.name !== 'Facts Written') return state
  const written = happening.body.properties?.facts
  if (!isJsonObject(written) || (state && state.at > happening.at)) return state
  const values: { [path: string]: Json } = { ...state?.values }
  for (const [path, type] of nightly) {
    const value = Object.hasOwn(written, path) ? written[path] : undefined
    if (value === null) delete values[path]
    else if (value !== undefined && isOf(type, value)) values[path] = value
  }
  return { at: happening.at, values }
}

/** The newer writing; two people's places among all are not added up. */
export function mergeScores(a: Scores | undefined, b: Scores | undefined): Scores | undefined {
  if (!a || !b) return a ?? b
  return b.at > a.at ? b : a
}

/** The written values by group: `{rfm: {cell, at}, value: {percentile, at}}`. */
export function scoreFacts(state: Scores | undefined): JsonObject {
  const groups: { [group: string]: { [name: string]: Json } } = {}
  for (const [path, value] of Object.entries(state?.values ?? {})) {
    const [group = '', name = ''] = path.split('.')
    const members = groups[group] ?? {}
    members[name] = value
    groups[group] = members
  }
  return groups
}

function isOf(type: FactType, value: Json): boolean {
  switch (type) {
    case 'text':
      return typeof value === 'string'
    case 'date':
      return typeof value === 'string' && parseTime(value) !== undefined
    case 'number':
      return numberText(value) !== undefined
    case 'boolean':
      return typeof value === 'boolean'
    case 'list':
      return Array.isArray(value)
  }
}
