import { dayMs, hourMs } from '../../lib/duration.ts'
import { hash32 } from '../../lib/random.ts'
import { localTime } from '../../lib/zone.ts'
import { reasonLine } from '../../messages/reasons.ts'
import { notEnteredLines } from '../not-entered.ts'
import type { NotEnteredOf } from '../person-turn.ts'
import { endReasonLine } from '../reasons.ts'
import type { Simulation } from '../simulate.ts'
import type { SimulatedCoupon } from '../simulate-coupons.ts'
import type { SimulatedDecision } from '../simulate-door.ts'
import type { WaysChange } from '../simulate-state.ts'
import type { BacktestSide, Counted, Said } from './backtest.ts'

/** What became of a person on the whole: the best that any of their messages came to. */
export type PersonOutcome = 'sent' | 'waiting' | 'refused' | 'held_out' | 'failed' | 'none'

const outcomeOf = {
  sent: 'sent',
  queued: 'waiting',
  failed: 'failed',
  refused: 'refused',
  held_out: 'held_out',
} as const satisfies Record<SimulatedDecision['state'], PersonOutcome>

/** Coupons taken, in the order of people; which of them there were is known when all are told. */
export type Taken = Pick<SimulatedCoupon, 'pool' | 'at'>

type Counts = ReturnType<typeof noCounts>
type Period = { readonly from: number; readonly to: number }

function noDay() {
  return { entered: 0, sent: 0, heldOut: 0 }
}

/** Days of the shop's clocks, counted from 1970-01-01: days on which nothing happened are days too. */
function daysBetween(from: number, to: number, zone: string): readonly number[] {
  const [first, last] = [from, to - 1].map((at) => Math.floor(localTime(at, zone) / dayMs))
  if (first === undefined || last === undefined) return []
  return Array.from({ length: last - first + 1 }, (_, at) => first + at)
}

function noCounts(zone: string, { from, to }: Period) {
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

/** Counts what one flow did within a period, person after person; `zone` is the shop's (IANA). */
export function tally(zone: string, period: Period) {
  const counts = noCounts(zone, period)
  return {
    onWays: (change: WaysChange): void => countWays(counts, change),
    onDecision: (one: SimulatedDecision): void => {
      if (one.state === 'queued' && one.until !== null) counts.own.delayed.add(causeOf(one))
    },
    onNotEntered: ({ why }: NotEnteredOf): void => add(counts.notEntered, why),
    /** A person's way through the period is over: what they got. */
    person: (run: Ended): PersonOutcome => countPerson(counts, run),
    taken: (): readonly Taken[] => counts.taken,
    side: () => sideOf(counts),
  }
}
export type Tally = ReturnType<typeof tally>

type Ended = Pick<Simulation, 'decisions' | 'underWay' | 'coupons'>

function countWays(counts: Counts, { at, before, after }: WaysChange): void {
  const known = new Map(before.map((way) => [way.id, way.enrolment]))
  for (const { id, enrolment } of after) {
    const was = known.get(id)
    if (!was) {
      counts.sums.entries += 1
      counts.own.entered += 1
      dayOf(counts, at).entered += 1
    }
    if (enrolment.endReason && !was?.endReason) add(counts.ended, enrolment.endReason)
  }
}

function countPerson(counts: Counts, run: Ended): PersonOutcome {
  const { sums, own, channels, spread } = counts
  const all = run.decisions()
  const sent = all.filter((one) => one.state === 'sent')
  for (const one of all) {
    add(counts.decisions, `${outcomeOf[one.state]}/${one.reason}`)
    if (one.state === 'held_out') dayOf(counts, one.at).heldOut += 1
  }
  for (const one of sent) countSent(counts, one)
  for (const channel of new Set(sent.map((one) => one.channel))) {
    const known = channels.get(channel)
    if (known) channels.set(channel, { ...known, people: known.people + 1 })
  }
  if (all.some((one) => one.state === 'held_out')) sums.heldOut += 1
  sums.sent += sent.length
  sums.underWay += run.underWay().length
  sums.heldForNight += sent.filter((one) => own.delayed.has(causeOf(one))).length
  sums.most = Math.max(sums.most, sent.length)
  sums.mostInWeek = Math.max(sums.mostInWeek, mostWithin(sent, 7 * dayMs))
  for (const { pool, at } of run.coupons()) counts.taken.push({ pool, at })
  if (own.entered > 0) {
    sums.people += 1
    spread.set(sent.length, (spread.get(sent.length) ?? 0) + 1)
  }
  own.delayed.clear()
  own.entered = 0
  return best(all)
}

function countSent(counts: Counts, decision: SimulatedDecision): void {
  const at = decision.sentAt ?? decision.at
  const { zone, hours, channels } = counts
  dayOf(counts, at).sent += 1
  const hour = Math.floor((localTime(at, zone) % dayMs) / hourMs)
  hours[hour] = (hours[hour] ?? 0) + 1
  const channel = channels.get(decision.channel) ?? { sent: 0, people: 0 }
  channels.set(decision.channel, { ...channel, sent: channel.sent + 1 })
}

function dayOf({ zone, days }: Counts, at: number) {
  const day = Math.floor(localTime(at, zone) / dayMs)
  const known = days.get(day) ?? noDay()
  days.set(day, known)
  return known
}

function sideOf(counts: Counts): Omit<BacktestSide, 'cost' | 'coupons' | 'samples'> {
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

function causeOf({ enrolment, step, visit }: SimulatedDecision): string {
  return `${enrolment}:${step}:${visit}`
}

function reasonIn(key: string): string {
  return key.slice(key.indexOf('/') + 1)
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
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

function best(decisions: readonly SimulatedDecision[]): PersonOutcome {
  const order = ['sent', 'waiting', 'held_out', 'failed', 'refused'] as const
  const had = new Set(decisions.map((one) => outcomeOf[one.state]))
  return order.find((one) => had.has(one)) ?? 'none'
}

/** The most messages in any half-open window of so many ms. */
function mostWithin(sent: readonly SimulatedDecision[], windowMs: number): number {
  const times = sent.map((one) => one.sentAt ?? one.at).sort((a, b) => a - b)
  let first = 0
  let most = 0
  for (const [last, at] of times.entries()) {
    while ((times[first] ?? at) <= at - windowMs) first += 1
    most = Math.max(most, last - first + 1)
  }
  return most
}

/** People to show: of each outcome as many as there is room for, drawn by chance that is the same every time. */
export function sampling<T>(room: number) {
  const kept = new Map<PersonOutcome, { readonly draw: number; readonly value: T }[]>()
  const drawOf = (customer: number) => hash32(`backtest:${customer}`)
  return {
    /** Would the person be kept? */
    wants: (outcome: PersonOutcome, customer: number): boolean => {
      const mine = kept.get(outcome) ?? []
      return mine.length < room || drawOf(customer) < (mine.at(-1)?.draw ?? 0)
    },
    keep: (outcome: PersonOutcome, customer: number, value: T): void => {
      const mine = [...(kept.get(outcome) ?? []), { draw: drawOf(customer), value }]
      kept.set(outcome, mine.sort((a, b) => a.draw - b.draw).slice(0, room))
    },
    /** Some of each outcome in turn. */
    all: (): readonly T[] => {
      const groups = [...kept.values()]
      const chosen: T[] = []
      for (let at = 0; chosen.length < room && groups.some((one) => at < one.length); at++)
        for (const group of groups) {
          const one = group[at]
          if (one && chosen.length < room) chosen.push(one.value)
        }
      return chosen
    },
  }
}

/** How many coupons of each pool there were for whoever asked, in order of time. `left`: pieces at each time, null without end. */
export function givenOut(
  taken: readonly Taken[],
  leftAt: (pool: number, at: number) => number | null,
): ReadonlyMap<number, { readonly given: number; readonly missing: number }> {
  const pools = new Map<number, { given: number; missing: number }>()
  for (const { pool, at } of taken.toSorted((a, b) => a.at - b.at)) {
    const count = pools.get(pool) ?? { given: 0, missing: 0 }
    const left = leftAt(pool, at)
    if (left === null || count.given < left) count.given += 1
    else count.missing += 1
    pools.set(pool, count)
  }
  return pools
}
