import { isJsonObject, type Json, type JsonObject } from '../lib/json.ts'

/** One path of the traits, as events/flatten.ts writes it, and what it is set to; null removes it. */
export type TraitSet = { readonly trait: string; readonly value: Json }

/**
 * A change of traits (customers/traits.ts changeTraits) that sets one path as events/flatten.ts writes it: what stands beside
 * it inside the same trait stays. null removes.
 */
export function traitChange(traits: JsonObject, { trait, value }: TraitSet): JsonObject {
  const [first = '', ...inner] = keysOf(trait)
  return { [first]: changed(traits[first], inner, value) }
}

function changed(before: Json | undefined, keys: readonly string[], value: Json): Json {
  const [key, ...inner] = keys
  if (key === undefined) return value
  const object = isJsonObject(before) ? before : {}
  const next = changed(object[key], inner, value)
  const { [key]: _, ...others } = object
  return next === null ? others : { ...others, [key]: next }
}

function keysOf(path: string): readonly string[] {
  return [...path.matchAll(/(?:\\.|[^.\\])+/g)].map(([key]) => key.replaceAll(/\\(.)/g, '$1'))
}
