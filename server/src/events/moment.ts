import { minuteMs } from '../lib/duration.ts'
import type { Json } from '../lib/json.ts'
import { parseTime } from './time-text.ts'

/** An event may lie this far ahead of the server's clock before its time is not believed. */
const futureLimitMs = 5 * minuteMs
/** Nothing online happened to a shop's customer before this. */
const earliestMs = Date.UTC(2000, 0, 1)

export type Moment =
  | { readonly kind: 'at'; readonly at: number; readonly corrected: boolean }
  | { readonly kind: 'refused'; readonly reason: string }

/**
 * When an event happened, UTC ms. The client's clock is corrected by what it says the time was when it sent:
 * at = receivedAt - (sentAt - timestamp), as Segment does. Without a timestamp it is the time of receipt; more than five
 * minutes ahead too, and `corrected` says so. sentAt is in UTC ms; without it nothing is corrected.
 */
export function momentOf(
  timestamp: Json | undefined,
  sentAt: number | undefined,
  receivedAt: number,
): Moment {
  if (timestamp === undefined || timestamp === null || timestamp === '') {
    return { kind: 'at', at: receivedAt, corrected: false }
  }
  const said = readTime(timestamp)
  if (said === undefined) {
    return {
      kind: 'refused',
      reason: 'It must be an ISO 8601 time such as 2026-11-22T09:00:00.000Z.',
    }
  }
  const at = sentAt === undefined ? said : receivedAt - (sentAt - said)
  if (at < earliestMs) return { kind: 'refused', reason: 'It lies before 2000-01-01.' }
  if (at > receivedAt + futureLimitMs) return { kind: 'at', at: receivedAt, corrected: true }
  return { kind: 'at', at, corrected: false }
}

const asWritten =
  /^20\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d\.\d{3}Z$/
const lenient =
  /^(\d{4}-\d{2}-\d{2})(?:[Tt ](\d{2}:\d{2})(?::(\d{2})(?:[.,](\d+))?)?)?\s?([Zz]|[+-]\d{2}:?\d{2})?$/

/**
 * UTC ms of what clients send: ISO 8601 with or without seconds; without a zone it is UTC, as at Segment. Numbers are
 * milliseconds, or seconds where milliseconds would lie before 1973.
 */
export function readTime(value: Json | undefined): number | undefined {
  if (typeof value === 'number') {
    if (!Number.isFinite(value) || value < 0) return undefined
    return Math.round(value < 1e11 ? value * 1000 : value)
  }
  if (typeof value !== 'string') return undefined
  // What every SDK sends. The engine reads it ten times faster, but would take 30 February for 2 March.
  if (asWritten.test(value)) return Date.parse(value)
  const strict = parseTime(value)
  if (strict !== undefined) return strict
  const match = lenient.exec(value.trim())
  if (!match) return undefined
  const [, day, minutes = '00:00', seconds = '00', fraction = '0', zone = 'Z'] = match
  const offset = zone.length === 5 ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone
  return parseTime(`${day}T${minutes}:${seconds}.${fraction.slice(0, 9)}${offset}`)
}
