import { flatten, traitPaths } from '../../events/flatten.ts'
import type { JsonObject } from '../../lib/json.ts'
import { zoneOf } from '../person-turn.ts'
import { scheduleOf } from '../runs/due.ts'
import { runsBetween, type Schedule } from '../schedule.ts'
import { nextReturn } from '../time-of-day.ts'
import type { Trigger } from '../trigger.ts'
import { type Past, traitsBefore } from './past.ts'
import type { Plan } from './plan.ts'

/** Most runs of a schedule in one backtest. */
const runsLimit = 10_000

type Period = { readonly from: number; readonly to: number }

/**
 * When (UTC ms) a schedule or a returning date calls the person within the period; whether they may enter is decided then. Their
 * date and zone are those known at its end.
 */
export function callTimes(plan: Plan, past: Past): readonly number[] {
  const { campaign, timeZone } = plan
  const { trigger } = campaign.flow
  const schedule = scheduleOf(campaign.flow)
  if (!schedule) return []
  const traits = traitsBefore(past, past.survivor, plan.to)
  const times =
    trigger.kind === 'anniversary'
      ? returnTimes(trigger, traits, plan)
      : runTimes(schedule, plan, zoneFor(schedule, traits, timeZone))
  const born = past.people.find((one) => one.customer === past.survivor)?.createdAt ?? 0
  return times.filter((at) => at >= born)
}

function zoneFor(schedule: Schedule, traits: JsonObject, zone: string): string {
  return schedule.zone === 'customer' ? (zoneOf(traits) ?? zone) : zone
}

function returnTimes(
  { trait, offsetDays, time }: Extract<Trigger, { readonly kind: 'anniversary' }>,
  traits: JsonObject,
  { from, to, timeZone }: Plan,
): readonly number[] {
  const text = flatten(traits, traitPaths).texts.get(trait)
  if (text === undefined) return []
  const times: number[] = []
  const due = { offsetDays, time }
  let at = nextReturn(text, { after: from - 1, due, zone: timeZone })
  while (at !== undefined && at < to) {
    times.push(at)
    at = nextReturn(text, { after: at, due, zone: timeZone })
  }
  return times
}

const runsKnown = new WeakMap<Schedule, Map<string, readonly number[]>>()

/** Everybody of one zone has the same runs. */
function runTimes(schedule: Schedule, { from, to }: Period, zone: string): readonly number[] {
  const known = runsKnown.get(schedule) ?? new Map<string, readonly number[]>()
  runsKnown.set(schedule, known)
  const name = `${from}/${to}/${zone}`
  const times = known.get(name) ?? runsBetween(schedule, { from, to, max: runsLimit }, zone)
  known.set(name, times)
  return times
}
