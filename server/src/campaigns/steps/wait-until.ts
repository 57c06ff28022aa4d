import { z } from 'zod'
import { flatten, traitPaths } from '../../events/flatten.ts'
import { unreachable } from '../../lib/assert.ts'
import { dayMs } from '../../lib/duration.ts'
import { Path } from '../../segments/value-test.ts'
import { CalendarDay, dueDate, MomentOfDay, nextMoment, TimeOfDay } from '../time-of-day.ts'
import { StepId } from './step-id.ts'
import type { Moment, StepKind } from './step-kind.ts'

const zone = z.enum(['shop', 'customer']).default('shop')
const offsetDays = z.number().int().min(-365).max(365).default(0)

/**
 * Waits until a moment that everybody or each person has.
 *
 * - time   the next time of day, on some weekdays only (Monday 1 to Sunday 7)
 * - date   a day of the calendar (`2026-12-24`) at a time; one that is past keeps nobody
 * - trait, trigger  a date of the person or of the event that let them in; who has none goes on at once
 */
export const WaitUntilStep = z.strictObject({
  kind: z.literal('wait_until'),
  id: StepId,
  until: z.discriminatedUnion('kind', [
    MomentOfDay.extend({ kind: z.literal('time'), zone }),
    z.strictObject({ kind: z.literal('date'), date: CalendarDay, time: TimeOfDay, zone }),
    z.strictObject({
      kind: z.enum(['trait', 'trigger']),
      path: Path,
      offsetDays,
      time: TimeOfDay,
      zone,
    }),
  ]),
})
export type WaitUntilStep = z.infer<typeof WaitUntilStep>

/** Nobody is kept longer, whatever day they or their event name (9999-12-31 stands for "never" in many shops). */
export const longestUntilMs = 2 * 366 * dayMs

export const waitUntil: StepKind<WaitUntilStep> = {
  checked: false,
  enter: (step, moment) => {
    const at = momentOf(step.until, moment)
    if (at === undefined || at <= moment.now) return { kind: 'next' }
    return { kind: 'wait', until: Math.min(at, moment.now + longestUntilMs) }
  },
  timeUp: () => ({ kind: 'next' }),
}

/** UTC ms; undefined when the person has no such date. */
function momentOf(until: WaitUntilStep['until'], moment: Moment): number | undefined {
  const { facts, now, enrolment } = moment
  const inZone = (until.zone === 'customer' ? facts.zones.customer : undefined) ?? facts.zones.shop
  switch (until.kind) {
    case 'time':
      return nextMoment(now, until, inZone)
    case 'date':
      return dueDate(until.date, { offsetDays: 0, time: until.time }, inZone)
    case 'trait':
    case 'trigger': {
      const { path, time } = until
      const flat =
        until.kind === 'trait'
          ? flatten(facts.traits, traitPaths)
          : flatten(enrolment.notes.trigger ?? {})
      const date = flat.texts.get(path)
      return date === undefined
        ? undefined
        : dueDate(date, { offsetDays: until.offsetDays, time }, inZone)
    }
    default:
      return unreachable(until)
  }
}
