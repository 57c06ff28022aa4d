import { z } from 'zod'
import type { Placed } from '../events/happening.ts'
import { unreachable } from '../lib/assert.ts'
import { Filter, factsOf, passes } from '../segments/filter.ts'
import { crossingEvents, EventName, SegmentRef } from './trigger.ts'

/** A happening that a flow watches for: an event, perhaps with conditions on it, or a segment entered or left. */
export const Watch = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('event'), event: EventName, filter: Filter.optional() }),
  z.strictObject({
    kind: z.literal('segment'),
    segment: SegmentRef,
    on: z.enum(['entered', 'left']).default('entered'),
  }),
])
export type Watch = z.infer<typeof Watch>

/** A watch; the name of an event alone is short for it. */
export const WatchOrName = z.union([
  EventName.transform((event): Watch => ({ kind: 'event', event })),
  Watch,
])

/** Is this the happening that is watched for? */
export function seen(watch: Watch, happening: Placed): boolean {
  switch (watch.kind) {
    case 'event':
      return (
        happening.name === watch.event &&
        (watch.filter === undefined || passes(watch.filter, factsOf(happening)))
      )
    case 'segment':
      return (
        happening.name === crossingEvents[watch.on] &&
        happening.body.properties?.segment_id === watch.segment
      )
    default:
      return unreachable(watch)
  }
}
