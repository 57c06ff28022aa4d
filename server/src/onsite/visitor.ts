import type { Happening, Placed } from '../events/happening.ts'
import { translate } from '../events/translate.ts'
import type { CustomerId, Position } from '../lib/brand.ts'
import type { JsonObject } from '../lib/json.ts'
import type { OnsiteRequest } from './wire.ts'

/** A page's clock may be wrong: what it says happened lies in the last hour, and never ahead. */
const oldestMs = 3_600_000

/** What the page told, in the log's words and under its ids: a dataLayer speaks GA4's, where one event names several products. */
export function inLogsWords(events: OnsiteRequest['events']): OnsiteRequest['events'] {
  return events.flatMap((event) =>
    translate(event.name, event.properties as JsonObject).map((named, at) => ({
      ...event,
      name: named.name,
      properties: named.properties as typeof event.properties,
      id: at === 0 ? event.id : `${event.id}:${at}`,
    })),
  )
}

/**
 * What the page told, as happenings of the visitor, oldest first; those that the line knows already are left out by `isKnown`.
 * Positions lie beyond every one of the log.
 */
export function pageHappenings(
  { events, anonymousId, visit }: Pick<OnsiteRequest, 'events' | 'anonymousId' | 'visit'>,
  at: {
    readonly customer: number
    readonly now: number
    /** How far the visitor's clock is ahead of ours, ms. */
    readonly skew: number
    readonly isKnown: (id: string) => boolean
  },
): readonly Placed[] {
  const { now } = at
  return events.flatMap((event, place): readonly Placed[] => {
    if (at.isKnown(event.id)) return []
    const told = event.at - at.skew
    const when = Math.min(now, Math.max(told, now - oldestMs, visit.startedAt - at.skew))
    const happening: Happening = {
      kind: 'event',
      name: event.name,
      at: when,
      receivedAt: now,
      messageId: event.id,
      ids: { anonymous: anonymousId, verified: false },
      body: { properties: event.properties as JsonObject, browser: true },
    }
    const position = (Number.MAX_SAFE_INTEGER - events.length + place) as Position
    return [{ ...happening, position, processedAt: now, customer: at.customer as CustomerId }]
  })
}
