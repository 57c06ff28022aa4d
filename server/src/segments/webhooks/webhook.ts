import { hourMs, minuteMs, secondMs } from '../../lib/duration.ts'

/** Most webhooks of one segment. */
export const webhooksLimit = 10
/** How long a delivery is tried before it counts as failed. */
export const tryingMs = 24 * hourMs
/** An attempt that says nothing for so long counts as lost, and another worker takes it up. */
export const leaseMs = minuteMs
/** Failed deliveries are listed, and may be tried again by hand, for so long; those that arrived go sooner. */
export const failedKeptMs = 30 * 24 * hourMs
export const sentKeptMs = 7 * 24 * hourMs

/** Which crossings a webhook tells. */
export type Moves = 'enter' | 'leave' | 'both'

export type Webhook = {
  readonly id: number
  readonly segment: number
  readonly url: string
  readonly on: Moves
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

/** What the test button sends: of the same shape, about nobody. */
export function testBody(webhook: Webhook, at: number): string {
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
