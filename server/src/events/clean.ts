import type { Json } from '../lib/json.ts'
import { isJsonObject, numberText } from '../lib/json.ts'
import { jsonDepthLimit } from '../lib/json-parse.ts'
import { utf8Length, wellFormed } from '../lib/text.ts'

/** An item's value made fit to keep, or why it can't be kept. */
export type Cleaned =
  | { readonly kind: 'clean'; readonly value: Json }
  | { readonly kind: 'refused'; readonly reason: string }

type Meter = { bytesLeft: number; flaw: string | undefined }

/**
 * One walk over a freshly parsed item: texts and keys become well-formed NFC, nesting stays within 32 levels, no key is
 * `__proto__`, and the whole is at most `bytesLimit` of JSON written without spaces (escapes not counted).
 * The item is changed in place where it must change: it was parsed for us alone, and nearly nothing ever must.
 */
export function clean(item: Json, bytesLimit: number): Cleaned {
  const meter: Meter = { bytesLeft: bytesLimit, flaw: undefined }
  const value = cleaned(item, jsonDepthLimit, meter)
  if (meter.flaw !== undefined) return { kind: 'refused', reason: meter.flaw }
  if (meter.bytesLeft < 0) {
    return { kind: 'refused', reason: `It is larger than ${bytesLimit / 1024} KB.` }
  }
  return { kind: 'clean', value }
}

function cleaned(value: Json, depthLeft: number, meter: Meter): Json {
  if (typeof value === 'string') return cleanedText(value, meter)
  if (typeof value !== 'object' || value === null) {
    meter.bytesLeft -= String(value).length + 1
    return value
  }
  if (meter.bytesLeft < 0 || meter.flaw !== undefined) return value
  if (Array.isArray(value)) return cleanedArray(value as Json[], depthLeft, meter)
  if (isJsonObject(value)) return cleanedObject(value as Growing, depthLeft, meter)
  meter.bytesLeft -= (numberText(value) ?? '').length + 1
  return value
}

type Growing = { [key: string]: Json }

function cleanedText(text: string, meter: Meter): string {
  const kept = wellFormed(text)
  // Quotes and a separator belong to it.
  meter.bytesLeft -= (beyondAscii.test(kept) ? utf8Length(kept) : kept.length) + 3
  return kept
}

const beyondAscii = /[\u0080-\uffff]/

function cleanedArray(items: Json[], depthLeft: number, meter: Meter): Json {
  if (depthLeft === 0) return tooDeep(meter)
  meter.bytesLeft -= 2
  for (let i = 0; i < items.length; i++) {
    const item = items[i] as Json
    const kept = cleaned(item, depthLeft - 1, meter)
    if (kept !== item) items[i] = kept
  }
  return items
}

function cleanedObject(object: Growing, depthLeft: number, meter: Meter): Json {
  if (depthLeft === 0) return tooDeep(meter)
  meter.bytesLeft -= 2
  let renamed = false
  for (const key of Object.keys(object)) {
    if (key === '__proto__') {
      meter.flaw = 'No member may be called __proto__.'
      return object
    }
    renamed ||= cleanedText(key, meter) !== key
    const member = object[key] as Json
    const kept = cleaned(member, depthLeft - 1, meter)
    if (kept !== member) object[key] = kept
  }
  if (!renamed) return object
  // Two spellings of one key become one: the later one counts, as it does in JSON.
  return Object.fromEntries(
    Object.entries(object).map(([key, member]) => [wellFormed(key), member]),
  )
}

function tooDeep(meter: Meter): Json {
  meter.flaw = `It is nested deeper than ${jsonDepthLimit} levels.`
  return null
}
