import type { Json } from '../lib/json.ts'

/** Longest text of a product that is kept, in characters. */
const textLimit = 1_000
/** Longest id of a product, in characters. */
export const productIdLimit = 200

/** A line of text, composed and trimmed, at most 1,000 characters; undefined for everything else and for the empty one. */
export function lineOf(value: Json | undefined): string | undefined {
  if (typeof value !== 'string') return undefined
  const line = value.normalize('NFC').replaceAll('\0', '').trim().slice(0, textLimit).toWellFormed()
  return line === '' ? undefined : line
}

/** Several lines, those that say nothing left out; undefined when it is no list. */
export function linesOf(value: Json | undefined, limit: number): readonly string[] | undefined {
  return Array.isArray(value)
    ? value.flatMap((one: Json) => lineOf(one) ?? []).slice(0, limit)
    : undefined
}

/** A product's id: text or a whole number, at most 200 characters. */
export function idOf(value: Json | undefined): string | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value)
    ? String(value)
    : lineOf(value)?.slice(0, productIdLimit)
}

/** An address a browser opens safely, or a path of the shop; undefined for everything else (`javascript:` ...). */
export function linkOf(value: Json | undefined): string | undefined {
  const address = lineOf(value)
  return address !== undefined && /^(https?:\/\/|\/(?![/\\]))/i.test(address) ? address : undefined
}

/** A whole number that a column holds; fractions are cut. */
export function countOf(value: Json | undefined): number | undefined {
  return typeof value === 'number' && Number.isFinite(value)
    ? Math.max(-1_000_000_000, Math.min(1_000_000_000, Math.trunc(value)))
    : undefined
}

/** True and false as such; undefined for everything else. */
export function flagOf(value: Json | undefined): boolean | undefined {
  return typeof value === 'boolean' ? value : undefined
}

const zoned = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})$/i

/** UTC ms of a number of ms or of an RFC 3339 time with its zone. */
export function momentOf(value: Json | undefined): number | undefined {
  if (typeof value === 'number') {
    return Number.isFinite(value) && Math.abs(value) < 8.64e15 ? Math.trunc(value) : undefined
  }
  if (typeof value !== 'string' || !zoned.test(value)) return undefined
  const at = Date.parse(value)
  return Number.isNaN(at) ? undefined : at
}
