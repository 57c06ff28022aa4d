import type { Happening } from '../events/happening.ts'

/** A finished message as its receipts tell it. */
export type Finished = {
  readonly id: number
  readonly customer: number
  readonly campaign: number | null
  readonly version: number | null
  readonly step: number | null
  readonly enrolment: number | null
  readonly channel: string
  readonly purpose: string
  readonly state: 'sent' | 'unconfirmed' | 'failed'
  readonly attempt: number
  readonly provider: string | null
  readonly reason: string | null
  readonly at: number | null
  readonly bouncedAt: number | null
}

/**
 * The happenings of a finished message. SMTP knows of delivery only that the next server took the mail, so there
 * `Message Delivered` says `delivered_to: next_server`. The same state of the same attempt is one happening for ever.
 */
export function receiptsOf(message: Finished, now: number): readonly Happening[] {
  return namesOf(message).map((name) => receipt(message, { name, at: message.at ?? now, now }))
}

/** The click on a link of a message; the first click on each link counts. */
export function clickOf(
  message: Omit<Finished, 'state' | 'attempt' | 'reason' | 'at' | 'bouncedAt'>,
  click: { readonly link: number; readonly url: string; readonly now: number },
): Happening {
  const happening = receipt(message, { name: 'Message Clicked', at: click.now, now: click.now })
  return {
    ...happening,
    messageId: `click:${message.id}:${click.link}`,
    body: { properties: { ...happening.body.properties, url: click.url, link: click.link } },
  }
}

function namesOf(message: Finished): readonly string[] {
  switch (message.state) {
    case 'sent':
      return ['Message Sent', 'Message Delivered']
    case 'unconfirmed':
      return ['Message Unconfirmed']
    case 'failed':
      return [message.bouncedAt === null ? 'Message Failed' : 'Message Bounced']
  }
}

function receipt(
  message: Omit<Finished, 'state' | 'attempt' | 'reason' | 'at' | 'bouncedAt'> &
    Partial<Pick<Finished, 'state' | 'attempt' | 'reason'>>,
  told: { readonly name: string; readonly at: number; readonly now: number },
): Happening {
  return {
    kind: 'receipt',
    name: told.name,
    at: told.at,
    receivedAt: told.now,
    messageId: `receipt:${message.id}:${message.attempt ?? 0}:${told.name}`,
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
        ...(message.reason ? { reason: message.reason } : {}),
        ...(told.name === 'Message Delivered' ? { delivered_to: 'next_server' } : {}),
      },
    },
  }
}
