import { hourMs } from '../../lib/duration.ts'
import { campaignLimits, type Flow } from '../campaign.ts'
import { nextRun, type Schedule } from '../schedule.ts'
import { nextReturn } from '../time-of-day.ts'
import type { Trigger } from '../trigger.ts'

/** The schedule by which a campaign calls people: its own, or once a day for those whose date returns. Others have none. */
export function scheduleOf({ trigger }: Pick<Flow, 'trigger'>): Schedule | undefined {
  switch (trigger.kind) {
    case 'schedule':
      return trigger.schedule
    case 'anniversary':
      return { kind: 'daily', time: trigger.time, zone: 'shop' }
    default:
      return undefined
  }
}

/** A run whose time has come; `tooLate`: nobody is called any more, it is only told. */
export type DueRun = { readonly at: number; readonly tooLate: boolean }

/**
 * The run that is to be begun now, of those after `after` (UTC ms): the newest. Those before it that nobody began, because the
 * server stood, are let go: nobody wants the promotions of three days at once.
 */
export function dueRun(
  schedule: Schedule,
  time: { readonly after: number; readonly now: number },
  zone: string,
): DueRun | undefined {
  const { after, now } = time
  const oldest = now - campaignLimits.triggerAgeHours * hourMs
  let run = nextRun(schedule, after, zone)
  if (run === undefined || run > now) return undefined
  if (run < oldest) {
    const recent = nextRun(schedule, oldest - 1, zone)
    if (recent === undefined || recent > now) return { at: run, tooLate: true }
    run = recent
  }
  for (;;) {
    const next = nextRun(schedule, run, zone)
    if (next === undefined || next > now) return { at: run, tooLate: false }
    run = next
  }
}

/** Whether the clocks of a zone show a time of the schedule at `at` (UTC ms): the run of that instant calls its people. */
export function callsAt(schedule: Schedule, at: number, zone: string): boolean {
  return nextRun(schedule, at - 1, zone) === at
}

/** Whether a date of a person returns in the run at `dueAt` (UTC ms). `text`: their date as it is known. */
export function returnsIn(
  trigger: Extract<Trigger, { kind: 'anniversary' }>,
  text: string,
  run: { readonly dueAt: number; readonly zone: string },
): boolean {
  const { offsetDays, time } = trigger
  const due = { offsetDays, time }
  return nextReturn(text, { after: run.dueAt - 1, due, zone: run.zone }) === run.dueAt
}
