import { dayMs } from '../lib/duration.ts'

/** How long before its last day a result that was not told is shown: it has 14 days, so from the 10th on. */
const resultAlarmMs = 4 * dayMs
/** How long before two years are over a missing confirmation is shown. */
const reconfirmAlarmMs = 7 * dayMs
/** How long before two years are over the confirmation goes out. */
const reconfirmLeadMs = 30 * dayMs

/** When the confirmation of a consent may go out, UTC ms. */
export function reconfirmFrom(dueAt: number): number {
  return dueAt - reconfirmLeadMs
}

/** How long a result that nobody could be told is tried, and shown, after its last day. */
export const resultTriedMs = 16 * dayMs

/** Results due after `since`, and due days up to the others, are shown as alarms at `now`, UTC ms. */
export function alarmsUpTo(now: number): {
  readonly since: number
  readonly result: number
  readonly reconfirm: number
} {
  return {
    since: now - resultTriedMs,
    result: now + resultAlarmMs,
    reconfirm: now + reconfirmAlarmMs,
  }
}
