import { z } from 'zod'
import { Filter } from '../segments/filter.ts'
import { Path } from '../segments/value-test.ts'
import { pageTriggerShape } from './page/page-trigger.ts'
import { Schedule } from './schedule.ts'
import { TimeOfDay } from './time-of-day.ts'

/** The name of an event as the log has it, up to 200 characters. */
export const EventName = z.string().trim().min(1).max(200)
export const SegmentRef = z.number().int().positive()

/**
 * What lets a person in.
 *
 * - event        the person did it. `key`: one open enrolment a person, or one for each cart or product of theirs
 * - segment      they entered or left a segment
 * - schedule     everyone of the audience, once or again and again at set times
 * - anniversary  the day of the year of a date of theirs (birthday) comes round, `offsetDays` before (negative) or after it
 * - api          the shop's server named them: POST /api/campaigns/{id}/enrolments
 * - page         they are on a page of the shop that fits, and the message stands on it (page/)
 */
export const Trigger = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('event'),
    event: EventName,
    filter: Filter.optional(),
    key: z.enum(['person', 'cart', 'product']).default('person'),
  }),
  z.strictObject({
    kind: z.literal('segment'),
    segment: SegmentRef,
    on: z.enum(['entered', 'left']).default('entered'),
  }),
  z.strictObject({ kind: z.literal('schedule'), schedule: Schedule }),
  z.strictObject({
    kind: z.literal('anniversary'),
    trait: Path,
    offsetDays: z.number().int().min(-180).max(180).default(0),
    time: TimeOfDay.default('10:00'),
  }),
  z.strictObject({ kind: z.literal('api') }),
  z.strictObject(pageTriggerShape),
])
export type Trigger = z.infer<typeof Trigger>
export type TriggerKind = Trigger['kind']

/** The happening by which schedules, anniversaries, the API and pages let one person into one campaign (`campaign_id`). */
export const calledEvent = 'Campaign Called'
/** What the line says when a person's membership changes; `segment_id` names the segment. */
export const crossingEvents = { entered: 'Entered Segment', left: 'Left Segment' } as const

/** The name of the happening that sets the trigger off. */
export function eventOfTrigger(trigger: Trigger): string {
  switch (trigger.kind) {
    case 'event':
      return trigger.event
    case 'segment':
      return crossingEvents[trigger.on]
    default:
      return calledEvent
  }
}

/** What may be open once at a time: the person, each cart or product of theirs, or each occasion on which a page showed it. */
export function keyOfTrigger(trigger: Trigger): 'person' | 'cart' | 'product' | 'page' {
  if (trigger.kind === 'page') return 'page'
  return trigger.kind === 'event' ? trigger.key : 'person'
}
