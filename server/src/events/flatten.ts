import { type Decimal, readDecimal } from '../lib/decimal.ts'
import { isJsonObject, type Json, type JsonObject } from '../lib/json.ts'
import { wellFormed } from '../lib/text.ts'
import { parseTime } from './time-text.ts'

/**
 * Properties or traits by path, one map a type: the type is part of the value, so text "12" is never number 12.
 * Both evaluators (memory and ClickHouse) see exactly these maps, which is why there is only one function that makes them.
 */
export type Flat = {
  /** NFC text by path. */
  readonly texts: ReadonlyMap<string, string>
  /** The same texts, lower-cased on the way in: for comparisons that ignore case. */
  readonly folded: ReadonlyMap<string, string>
  /** Ten-thousandths, from the JSON number's text; out of range is missing. */
  readonly numbers: ReadonlyMap<string, Decimal>
  readonly flags: ReadonlyMap<string, boolean>
  /** UTC ms of those texts that are RFC 3339 times or full dates. */
  readonly times: ReadonlyMap<string, number>
  /** Arrays of scalars as NFC texts, in their order; only of traits and facts. */
  readonly lists: ReadonlyMap<string, readonly string[]>
}

/** How much of an object is kept flat; the rest stays in its JSON only. */
export type FlatLimits = { readonly paths: number; readonly lists: number }

/** How many paths of one object are kept; the rest stays in the canonical JSON only. */
export const flatPathLimit = 64
/** How many texts of one list are kept: the first ones. */
export const listItemsLimit = 100
/** What is kept of a happening's properties. */
const eventPaths: FlatLimits = { paths: flatPathLimit, lists: 0 }
/** What is kept of a person's traits. */
export const traitPaths: FlatLimits = { paths: flatPathLimit, lists: 16 }
/** What is kept of a person's facts: the catalogue names more than a shop would. */
export const factPaths: FlatLimits = { paths: 256, lists: 32 }
/** How deep nested objects are followed. */
const flatDepthLimit = 10

/**
 * Flattens an object to its first scalar paths (64 unless told), in the order of its keys. Nested objects are joined by
 * dots; a dot or backslash inside a key is escaped by a backslash, so that {"a.b":1} and {"a":{"b":1}} differ. null is
 * missing. Arrays with an object or array among their members are not followed, nor is any array of a happening: products
 * have their own column (typedColumns).
 */
export function flatten(value: JsonObject, limits: FlatLimits = eventPaths): Flat {
  const flat = {
    texts: new Map<string, string>(),
    folded: new Map<string, string>(),
    numbers: new Map<string, Decimal>(),
    flags: new Map<string, boolean>(),
    times: new Map<string, number>(),
    lists: new Map<string, readonly string[]>(),
  }
  let left = limits.paths
  const walk = (object: JsonObject, prefix: string, depth: number): void => {
    for (const key of Object.keys(object)) {
      if (left === 0) return
      const member = object[key] as Json
      if (member === null) continue
      const path = prefix + escapedKey(key)
      if (Array.isArray(member)) {
        const texts = flat.lists.size < limits.lists ? listTexts(member) : undefined
        if (texts) flat.lists.set(path, texts)
        continue
      }
      if (isJsonObject(member)) {
        if (depth < flatDepthLimit) walk(member, `${path}.`, depth + 1)
        continue
      }
      left--
      put(flat, path, member as string | number | boolean)
    }
  }
  walk(value, '', 1)
  return flat
}

/** The first texts of a list; a number or flag is its JSON text. undefined when it is no list of scalars. */
function listTexts(list: readonly Json[]): readonly string[] | undefined {
  const texts: string[] = []
  for (const member of list) {
    if (Array.isArray(member) || isJsonObject(member)) return undefined
    if (member === null || texts.length === listItemsLimit) continue
    texts.push(typeof member === 'string' ? wellFormed(member) : JSON.stringify(member))
  }
  return texts
}

type Growing = {
  readonly [Type in keyof Flat]: Flat[Type] extends ReadonlyMap<string, infer V>
    ? Map<string, V>
    : never
}

function put(flat: Growing, path: string, value: string | number | boolean): void {
  if (typeof value === 'string') {
    const text = wellFormed(value)
    flat.texts.set(path, text)
    flat.folded.set(path, text.toLowerCase())
    const at = parseTime(text)
    if (at !== undefined) flat.times.set(path, at)
  } else if (typeof value === 'boolean') {
    flat.flags.set(path, value)
  } else {
    const number = readDecimal(value)
    if (number !== undefined) flat.numbers.set(path, number)
  }
}

function escapedKey(key: string): string {
  const nfc = wellFormed(key)
  return /[.\\]/.test(nfc) ? nfc.replace(/[.\\]/g, '\\$&') : nfc
}

/** The path of a property given by its keys, as `flatten` writes it. */
export function flatPath(keys: readonly string[]): string {
  return keys.map(escapedKey).join('.')
}
