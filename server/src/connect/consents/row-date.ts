import { utcOfLocal } from '../../lib/zone.ts'

/** A time as a file writes it. */
export type RowDate = {
  /** UTC ms; of a day without a time its first instant in the shop's zone. */
  readonly at: number
  /** The file gave a day only. */
  readonly dayOnly: boolean
}

/** Nobody consented to messages of a shop before there were shops on the web. */
const earliest = Date.UTC(1995, 0, 1)

const shape =
  /^(\d{4})\s*(?:[-./]|년\s*)\s*(\d{1,2})\s*(?:[-./]|월\s*)\s*(\d{1,2})\s*(?:일|\.)?(?:[T\s]+(?:(오전|오후|AM|PM)\s*)?(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(AM|PM)?\s*(Z|[+-]\d{2}:?\d{2})?)?$/i
const compact = /^(\d{4})(\d{2})(\d{2})(?:(\d{2})(\d{2})(\d{2})?)?$/

/**
 * Reads `2024-03-01`, `2024.3.1 12:30`, `2024년 3월 1일 오후 2:05`, `20240301`, RFC 3339 and what Excel makes of them. Day and month in
 * another order are not guessed: undefined, as for days that do not exist.
 */
export function readRowDate(text: string, zone: string): RowDate | undefined {
  const clean = text.trim()
  const full = shape.exec(clean)
  if (full) {
    const [, year, month, day, before, hour, minute, second, after, offset] = full
    const half = before ?? after
    const read = asTime({ year, month, day, hour: hourOf(hour, half), minute, second })
    if (read === undefined) return undefined
    const at = offset === undefined ? utcOfLocal(read, zone) : read - offsetMs(offset)
    return inRange({ at, dayOnly: hour === undefined })
  }
  const plain = compact.exec(clean)
  if (!plain) return undefined
  const [, year, month, day, hour, minute, second] = plain
  const read = asTime({ year, month, day, hour, minute, second })
  return read === undefined
    ? undefined
    : inRange({ at: utcOfLocal(read, zone), dayOnly: hour === undefined })
}

function inRange(date: RowDate): RowDate | undefined {
  return date.at >= earliest ? date : undefined
}

type Parts = {
  readonly [Part in 'year' | 'month' | 'day' | 'hour' | 'minute' | 'second']: string | undefined
}

function asTime(parts: Parts): number | undefined {
  const [year, month, day] = [Number(parts.year), Number(parts.month), Number(parts.day)]
  const [hour, minute, second] = [
    Number(parts.hour ?? 0),
    Number(parts.minute ?? 0),
    Number(parts.second ?? 0),
  ]
  if (hour > 23 || minute > 59 || second > 59) return undefined
  const at = Date.UTC(year, month - 1, day, hour, minute, second)
  const date = new Date(at)
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? at : undefined
}

function hourOf(hour: string | undefined, half: string | undefined): string | undefined {
  if (hour === undefined || half === undefined) return hour
  const isLater = /오후|pm/i.test(half)
  return String((Number(hour) % 12) + (isLater ? 12 : 0))
}

function offsetMs(offset: string): number {
  if (/z/i.test(offset)) return 0
  const digits = offset.replace(/\D/g, '')
  const minutes = Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2, 4))
  return (offset.startsWith('-') ? -1 : 1) * minutes * 60_000
}
