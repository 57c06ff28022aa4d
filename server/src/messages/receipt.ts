import type { Happening } from '../events/happening.ts'
import type { Json, JsonObject } from '../lib/json.ts'

/** A message as whatever is told of it names it. */
type Named = {
  readonly id: number
  readonly customer: number
  readonly campaign: number | null
  readonly version: number | null
  readonly step: number | null
  readonly enrolment: number | null
  readonly channel: string
  readonly purpose: string
  readonly provider: string | null
}

/** A finished message as its receipts tell it. Times are UTC ms. */
export type Finished = Named & {
  readonly state: 'sent' | 'unconfirmed' | 'failed' | 'refused'
  readonly attempt: number
  /** Set once the provider has accepted it. */
  readonly providerId: string | null
  readonly reason: string | null
  /** Why it failed, as campaigns ask for it: carrier.ts FailureCause. */
  readonly cause: string | null
  readonly at: number | null
  readonly deliveredAt: number | null
  readonly failedAt: number | null
  readonly bouncedAt: number | null
  readonly complainedAt: number | null
  /** What the shop's server answered, JSON text. */
  readonly answer?: string | null
}

type Told = { readonly name: string; readonly at: number | null }

/**
 * The happenings of a finished message. `Message Delivered` comes when the provider says so, and at once from those that never
 * tell more. Of mail that means the reader's server took it: `delivered_to: next_server`. The same state of the same
 * attempt is one happening for ever, however often it is told.
 */
export function receiptsOf(message: Finished, now: number): readonly Happening[] {
  return toldOf(message).map(({ name, at }) =>
    receipt(message, {
      name,
      at: at ?? now,
      now,
      attempt: message.attempt,
      more: propertiesOf(message, name),
    }),
  )
}

/** The click on a link of a message; the first click on each link counts. */
export function clickOf(
  message: Named,
  click: { readonly link: number; readonly url: string; readonly now: number },
): Happening {
  const { link, url, now } = click
  const told = { name: 'Message Clicked', at: now, now, attempt: 0, more: { url, link } }
  return { ...receipt(message, told), messageId: `click:${message.id}:${link}` }
}

/**
 * A mail that was opened: once by a person, and once by a machine (Apple Mail's privacy protection, scanners), which says
 * nothing of the reader.
 */
export function openOf(
  message: Named,
  open: { readonly machine: boolean; readonly now: number },
): Happening {
  const { machine, now } = open
  const told = { name: 'Message Opened', at: now, now, attempt: 0, more: { machine } }
  return { ...receipt(message, told), messageId: `open:${message.id}${machine ? ':machine' : ''}` }
}

function toldOf(message: Finished): readonly Told[] {
  const { state, at, deliveredAt, failedAt, bouncedAt, complainedAt } = message
  const sent = { name: 'Message Sent', at }
  switch (state) {
    case 'refused':
      return [{ name: 'Message Refused', at: null }]
    case 'unconfirmed':
      return [{ name: 'Message Unconfirmed', at }]
    case 'sent': {
      const delivered = deliveredAt === null ? [] : [{ name: 'Message Delivered', at: deliveredAt }]
      const complained =
        complainedAt === null ? [] : [{ name: 'Message Complained', at: complainedAt }]
      return [sent, ...delivered, ...complained]
    }
    case 'failed': {
      const name = bouncedAt === null ? 'Message Failed' : 'Message Bounced'
      // What the provider took and could not deliver was sent all the same.
      return [...(message.providerId === null ? [] : [sent]), { name, at: failedAt ?? at }]
    }
  }
}

function propertiesOf(message: Finished, name: string): JsonObject {
  const { reason, cause, channel, state, answer } = message
  const isEnd = name !== 'Message Sent' || state === 'sent'
  return {
    ...(reason && isEnd ? { reason } : {}),
    ...(cause && state === 'failed' && isEnd ? { cause } : {}),
    ...(answer && name === 'Message Sent' ? { answer: JSON.parse(answer) as Json } : {}),
    ...(name === 'Message Delivered' && channel === 'email' ? { delivered_to: 'next_server' } : {}),
  }
}

function receipt(
  message: Named,
  told: {
    readonly name: string
    readonly at: number
    readonly now: number
    readonly attempt: number
    readonly more: JsonObject
  },
): Happening {
  return {
    kind: 'receipt',
    name: told.name,
    at: told.at,
    receivedAt: told.now,
    messageId: `receipt:${message.id}:${told.attempt}:${told.name}`,
    ids: { customer: message.customer, verified: true },
    body: {
      properties: {
        message_id: message.id,
        campaign_id: message.campaign,
        version: message.version,
        step: message.step,
        enrolment: message.enrolment,
        channel: message.channel,
        purpose: message.purpose,
        provider: message.provider,
        ...told.more,
      },
    },
  }
}
