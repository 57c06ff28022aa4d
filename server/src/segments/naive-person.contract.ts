import { createHash } from 'node:crypto'
import { dayMs } from '../lib/duration.ts'
import { holds, type Seen, type TraitTest } from './value-test.ts'

/** A test of a value in plain words where the ordinary evaluator is clever: anniversaries and lists. */
export function naiveTest(seen: Seen, test: TraitTest): boolean {
  if (test.type === 'list') {
    const list = seen.flat.lists.get(seen.path)
    if (list === undefined) return false
    if (test.op === 'exists') return true
    const found = new Set(test.values.filter((one) => list.indexOf(one) !== -1)).size
    if (test.op === 'has-any') return found > 0
    return test.op === 'has-none' ? found === 0 : found === new Set(test.values).size
  }
  if (test.type !== 'date' || test.op !== 'anniversary') return holds(seen, test)
  const at = seen.flat.times.get(seen.path)
  if (at === undefined) return false
  const born = new Date(at)
  const today = dayShown(seen.now, test.zone)
  for (let days = test.inDays.from; days <= test.inDays.to; days++) {
    const day = new Date(today + days * dayMs)
    if (day.getUTCFullYear() > born.getUTCFullYear() && keeps(day, born)) return true
  }
  return false
}

/** Whether a day keeps the date: the same day of the year, or the 28th where tomorrow is the first of March. */
function keeps(day: Date, born: Date): boolean {
  if (day.getUTCMonth() !== born.getUTCMonth()) return false
  if (day.getUTCDate() === born.getUTCDate()) return true
  if (born.getUTCMonth() !== 1 || born.getUTCDate() !== 29 || day.getUTCDate() !== 28) return false
  return new Date(day.getTime() + dayMs).getUTCDate() === 1
}

const calendars = new Map<string, Intl.DateTimeFormat>()
/** The date that a calendar of the zone shows, as the UTC midnight of that date. */
function dayShown(now: number, zone: string): number {
  const calendar = calendars.get(zone) ?? new Intl.DateTimeFormat('en-CA', { timeZone: zone })
  calendars.set(zone, calendar)
  return Date.parse(calendar.format(now))
}

/** The share by Node's own hash, and percentages as fractions of 2^32. */
export function naiveShare(
  seed: string,
  customer: number,
  { from, to }: { readonly from: number; readonly to: number },
): boolean {
  const bits = createHash('sha256').update(`${seed}:${customer}`).digest().readUInt32BE(0)
  const hundredth = Number((BigInt(bits) * 10_000n) >> 32n)
  return hundredth >= Math.round(from * 100) && hundredth < Math.round(to * 100)
}
