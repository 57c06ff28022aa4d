import type { Json, JsonObject } from '../lib/json.ts'

/** How many traits one customer may have; further ones are ignored. */
const traitLimit = 200
/** Longest JSON text of all traits of a customer, in characters; a change that would exceed it is ignored. */
const traitTextLimit = 65_536
/** Longest name that is kept, in characters. */
const nameLimit = 200

/** The traits after a change: null removes one, anything else replaces it whole. The same object when nothing changed. */
export function changeTraits(traits: JsonObject, change: JsonObject): JsonObject {
  const next = new Map<string, Json>(Object.entries(traits))
  let changed = false
  for (const [key, value] of Object.entries(change)) {
    if (value === null) changed = next.delete(key) || changed
    else if (next.has(key) ? !same(next.get(key), value) : next.size < traitLimit) {
      next.set(key, value)
      changed = true
    }
  }
  if (!changed) return traits
  const object = Object.fromEntries(next)
  return JSON.stringify(object).length > traitTextLimit ? traits : object
}

/** The survivor's traits win; what it lacks comes from the customer merged away. */
export function mergeTraits(survivor: JsonObject, merged: JsonObject): JsonObject {
  const missing = Object.entries(merged).filter(([key]) => !Object.hasOwn(survivor, key))
  return changeTraits(survivor, Object.fromEntries(missing))
}

/** The name shown in lists: the trait `name`, in one line; null when there is none. */
export function nameOf(traits: JsonObject): string | null {
  const name = traits.name
  if (typeof name !== 'string') return null
  const line = name
    .replaceAll(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, nameLimit)
    .toWellFormed()
  return line === '' ? null : line
}

function same(a: Json | undefined, b: Json): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b)
}
