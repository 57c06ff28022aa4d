import { dayMs, hourMs } from '../../lib/duration.ts'
import { localTime } from '../../lib/zone.ts'
import type { NotEnteredOf } from '../person-turn.ts'
import type { Simulation } from '../simulate.ts'
import type { SimulatedDecision } from '../simulate-door.ts'
import type { WaysChange } from '../simulate-state.ts'
import { type Counts, noCounts, noDay, type PersonOutcome } from './counts.ts'

const outcomeOf = {
  sent: 'sent',
  queued: 'waiting',
  failed: 'failed',
  refused: 'refused',
  held_out: 'held_out',
} as const satisfies Record<SimulatedDecision['state'], PersonOutcome>

/** Counts what one flow did within a period, person after person; `zone` is the shop's (IANA). */
export function tally(zone: string, period: { readonly from: number; readonly to: number }) {
  const counts = noCounts(zone, period)
  return {
    onWays: (change: WaysChange): void => countWays(counts, change),
    onDecision: (one: SimulatedDecision): void => {
      if (one.state === 'queued' && one.until !== null) counts.own.delayed.add(causeOf(one))
    },
    onNotEntered: ({ why }: NotEnteredOf): void => add(counts.notEntered, why),
    /** A person's way through the period is over: what they got. */
    person: (run: Ended): PersonOutcome => countPerson(counts, run),
    counts: (): Counts => counts,
  }
}
export type Tally = ReturnType<typeof tally>

type Ended = Pick<Simulation, 'decisions' | 'underWay' | 'coupons'>

function countWays(counts: Counts, { at, before, after }: WaysChange): void {
  for (const { id, enrolment } of after) {
    const was = before.find((way) => way.id === id)?.enrolment
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
  const known = days.get(day)
  if (known) return known
  const fresh = noDay()
  days.set(day, fresh)
  return fresh
}

function causeOf({ enrolment, step, visit }: SimulatedDecision): string {
  return `${enrolment}:${step}:${visit}`
}

function add(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1)
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
