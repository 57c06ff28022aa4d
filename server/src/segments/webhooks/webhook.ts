import { hourMs, minuteMs, secondMs } from '../../lib/duration.ts'
import type { JsonObject } from '../../lib/json.ts'

/** Most webhooks of one segment, and most that are told of events. */
export const webhooksLimit = 10
/** Most events that one webhook names. */
export const eventsLimit = 50
/** How long a delivery is tried before it counts as failed. */
export const tryingMs = 24 * hourMs
/** After so many calls in a row that did not arrive, one call at a time is tried, with rests between. */
export const restAfter = 3
const longestRestMs = 15 * minuteMs
/** A server that stayed away for so long is not called any more until somebody says so. */
export const pauseAfterMs = 24 * hourMs
/** An attempt that says nothing for so long counts as lost, and another worker takes it up. */
export const leaseMs = minuteMs
/** Failed deliveries are listed, and may be tried again by hand, for so long; those that arrived go sooner. */
export const failedKeptMs = 30 * 24 * hourMs
export const sentKeptMs = 7 * 24 * hourMs

/** Which crossings a webhook tells. */
export type Moves = 'enter' | 'leave' | 'both'

export type Webhook = {
  readonly id: number
  /** Whose crossings it tells; null for one that tells events. */
  readonly segment: number | null
  /** Names of the events it tells; empty for everything customers do, null for one of a segment. */
  readonly events: readonly string[] | null
  readonly url: string
  readonly on: Moves
  /** Since when no call has arrived; null while they do. */
  readonly failingSince: number | null
  /** When it was given up; nothing is written down for it since. */
  readonly pausedAt: number | null
  readonly createdAt: number
  readonly createdBy: string
}

/** A crossing of a segment as the log holds it. */
export type Crossed = {
  readonly position: number
  readonly segment: number
  readonly name: string
  readonly customer: number
  readonly entered: boolean
  readonly at: number
}

/** The wait before the attempt after number `attempt`, in ms: 5 s, 15 s, 45 s ... up to 4 h. */
export function waitAfter(attempt: number): number {
  return Math.min(4 * hourMs, 5 * secondMs * 3 ** Math.max(0, attempt - 1))
}

/** How long a server is left alone after so many calls in a row that did not arrive, in ms: 0, then 5 s ... up to 15 min. */
export function restAfterFailures(failures: number): number {
  return failures < restAfter ? 0 : Math.min(longestRestMs, waitAfter(failures - restAfter + 1))
}

/** Whether a webhook wants to be told. */
export function tells(on: Moves, entered: boolean): boolean {
  return on === 'both' || (on === 'enter') === entered
}

/** The stable id of a delivery: the same crossing told to the same webhook is one delivery, whoever writes it down. */
export function deliveryId(webhook: number, position: number): string {
  return `dlv_${webhook}_${position}`
}

/** The body of a delivery, JSON. Ids only: who is behind them the shop's server knows, or asks the API. */
export function deliveryBody(crossed: Crossed, memberIds: readonly string[]): string {
  return JSON.stringify({
    type: crossed.entered ? 'segment.entered' : 'segment.left',
    timestamp: new Date(crossed.at).toISOString(),
    data: {
      segment: { id: crossed.segment, name: crossed.name },
      customer: { id: crossed.customer, member_ids: memberIds },
      position: crossed.position,
    },
  })
}

/** Something that happened, as a webhook is told of it. */
export type ToldEvent = {
  readonly position: number
  readonly name: string
  readonly at: number
  /** 0: nobody known. */
  readonly customer: number
  readonly properties: JsonObject
}

/** Whether a webhook of events tells one: everything customers do, or what it names. */
export function tellsEvent(
  events: readonly string[],
  one: { readonly kind: string; readonly name: string },
): boolean {
  return events.length === 0 ? one.kind === 'event' : events.includes(one.name)
}

/** The body of an event's delivery, JSON. Contacts were taken out of properties when the event came in. */
export function eventBody(told: ToldEvent, memberIds: readonly string[]): string {
  const { name, at, customer, position, properties } = told
  return JSON.stringify({
    type: 'event',
    timestamp: new Date(at).toISOString(),
    data: {
      event: name,
      customer: customer === 0 ? null : { id: customer, member_ids: memberIds },
      properties,
      position,
    },
  })
}

/** What the test button sends: of the same shape, about nobody. */
export function testBody(webhook: Webhook, at: number): string {
  if (webhook.events !== null)
    return JSON.stringify({
      type: 'event.test',
      timestamp: new Date(at).toISOString(),
      data: { event: webhook.events[0] ?? null, customer: null, properties: {}, position: null },
    })
  return JSON.stringify({
    type: 'segment.test',
    timestamp: new Date(at).toISOString(),
    data: { segment: { id: webhook.segment }, customer: null, position: null },
  })
}

/** What becomes of a delivery after an attempt. */
export type Outcome =
  | { readonly kind: 'sent' }
  | { readonly kind: 'again'; readonly due: number }
  | { readonly kind: 'failed' }

/**
 * 2xx has arrived. 410 says that nobody wants it any more. Everything else, redirects too, is tried again until 24 hours
 * are over.
 */
export function outcomeOf(
  answer: { readonly status: number | undefined },
  delivery: { readonly attempt: number; readonly createdAt: number; readonly now: number },
): Outcome {
  const { status = 0 } = answer
  if (status >= 200 && status < 300) return { kind: 'sent' }
  if (status === 410) return { kind: 'failed' }
  const due = delivery.now + waitAfter(delivery.attempt)
  return due > delivery.createdAt + tryingMs ? { kind: 'failed' } : { kind: 'again', due }
}
