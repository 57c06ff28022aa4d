import { dayMs } from '../../lib/duration.ts'
import { localTime } from '../../lib/zone.ts'
import { reasonLine } from '../../messages/reason-line.ts'
import { notEnteredLines } from '../not-entered.ts'
import { endReasonLine } from '../reasons.ts'
import type { BacktestSide, Counted, Said } from './backtest.ts'
import type { Taken } from './taken.ts'

/** What became of a person on the whole: the best that any of their messages came to. */
export type PersonOutcome = 'sent' | 'waiting' | 'refused' | 'held_out' | 'failed' | 'none'

/** What one flow did, counted; a plain value, which may go from thread to thread. */
export type Counts = ReturnType<typeof noCounts>
type Period = { readonly from: number; readonly to: number }

/** A day on which nothing happened. */
export function noDay() {
  return { entered: 0, sent: 0, heldOut: 0 }
}

/** Days of the shop's clocks, counted from 1970-01-01: days on which nothing happened are days too. */
function daysBetween(from: number, to: number, zone: string): readonly number[] {
  const [first, last] = [from, to - 1].map((at) => Math.floor(localTime(at, zone) / dayMs))
  if (first === undefined || last === undefined) return []
  return Array.from({ length: last - first + 1 }, (_, at) => first + at)
}

/** Nothing counted yet; `zone` is the shop's (IANA). */
export function noCounts(zone: string, { from, to }: Period) {
  return {
    zone,
    sums: {
      people: 0,
      entries: 0,
      underWay: 0,
      heldOut: 0,
      heldForNight: 0,
      sent: 0,
      most: 0,
      mostInWeek: 0,
    },
    notEntered: new Map<string, number>(),
    ended: new Map<string, number>(),
    decisions: new Map<string, number>(),
    days: new Map(daysBetween(from, to, zone).map((day) => [day, noDay()])),
    hours: new Array<number>(24).fill(0),
    channels: new Map<string, { sent: number; people: number }>(),
    spread: new Map<number, number>(),
    taken: [] as Taken[],
    /** Of the person who is being counted. */
    own: { delayed: new Set<string>(), entered: 0 },
  }
}

/** What several tallies of the same period counted, each of other people, as if one had counted them all. */
export function together(all: readonly Counts[]): Counts | undefined {
  const [first, ...rest] = all
  if (!first) return undefined
  return rest.reduce(joined, first)
}

function joined(one: Counts, other: Counts): Counts {
  const [a, b] = [one.sums, other.sums]
  return {
    ...one,
    sums: {
      people: a.people + b.people,
      entries: a.entries + b.entries,
      underWay: a.underWay + b.underWay,
      heldOut: a.heldOut + b.heldOut,
      heldForNight: a.heldForNight + b.heldForNight,
      sent: a.sent + b.sent,
      most: Math.max(a.most, b.most),
      mostInWeek: Math.max(a.mostInWeek, b.mostInWeek),
    },
    notEntered: added(one.notEntered, other.notEntered, plus),
    ended: added(one.ended, other.ended, plus),
    decisions: added(one.decisions, other.decisions, plus),
    days: added(one.days, other.days, (x, y) => ({
      entered: x.entered + y.entered,
      sent: x.sent + y.sent,
      heldOut: x.heldOut + y.heldOut,
    })),
    hours: one.hours.map((sent, hour) => sent + (other.hours[hour] ?? 0)),
    channels: added(one.channels, other.channels, (x, y) => ({
      sent: x.sent + y.sent,
      people: x.people + y.people,
    })),
    spread: added(one.spread, other.spread, plus),
    taken: [...one.taken, ...other.taken],
  }
}

const plus = (a: number, b: number) => a + b

function added<K, V>(a: ReadonlyMap<K, V>, b: ReadonlyMap<K, V>, sum: (a: V, b: V) => V) {
  const all = new Map(a)
  for (const [key, value] of b) {
    const known = all.get(key)
    all.set(key, known === undefined ? value : sum(known, value))
  }
  return all
}

/** What was counted, in sentences and in order; what it costs and whom to show is not known here. */
export function sideOf(counts: Counts): Omit<BacktestSide, 'cost' | 'coupons' | 'samples'> {
  const { most, mostInWeek, ...sums } = counts.sums
  return {
    ...sums,
    notEntered: counted(counts.notEntered, notEnteredLine),
    ended: counted(counts.ended, endReasonLine),
    decisions: counted(counts.decisions, (key) => reasonLine(reasonIn(key))).map((one) => ({
      ...one,
      code: reasonIn(one.code),
      outcome: one.code.split('/')[0] as Exclude<PersonOutcome, 'none'>,
    })),
    days: [...counts.days]
      .sort(([a], [b]) => a - b)
      .map(([day, rest]) => ({ day: new Date(day * dayMs).toISOString().slice(0, 10), ...rest })),
    hours: counts.hours,
    channels: [...counts.channels].map(([channel, rest]) => ({ channel, ...rest })),
    perPerson: {
      most,
      mostInWeek,
      spread: [...counts.spread]
        .sort(([a], [b]) => a - b)
        .map(([messages, people]) => ({ messages, people })),
    },
  }
}

function reasonIn(key: string): string {
  return key.slice(key.indexOf('/') + 1)
}

/** The most frequent first. */
function counted(
  counts: ReadonlyMap<string, number>,
  lineOf: (code: string) => Said,
): readonly Counted[] {
  return [...counts]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .map(([code, count]) => {
      const { ko, en } = lineOf(code)
      return { code, count, ko, en }
    })
}

function notEnteredLine(code: string): Said {
  const known: Readonly<Record<string, Said>> = notEnteredLines
  return known[code] ?? { ko: code, en: code }
}
