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
}

/** How many paths of one object are kept; the rest stays in the canonical JSON only. */
export const flatPathLimit = 64
/** How deep nested objects are followed. */
const flatDepthLimit = 10

/**
 * Flattens an object to its first 64 scalar paths, in the order of its keys. Nested objects are joined by dots; a dot or
 * backslash inside a key is escaped by a backslash, so that {"a.b":1} and {"a":{"b":1}} differ. null is missing. Arrays
 * are not followed: products have their own column (typedColumns).
 */
export function flatten(value: JsonObject): Flat {
  const flat = {
    texts: new Map<string, string>(),
    folded: new Map<string, string>(),
    numbers: new Map<string, Decimal>(),
    flags: new Map<string, boolean>(),
    times: new Map<string, number>(),
  }
  let left = flatPathLimit
  const walk = (object: JsonObject, prefix: string, depth: number): void => {
    for (const key of Object.keys(object)) {
      if (left === 0) return
      const member = object[key] as Json
      if (member === null || Array.isArray(member)) continue
      const path = prefix + escapedKey(key)
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
