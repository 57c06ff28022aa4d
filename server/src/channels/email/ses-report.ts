import { z } from 'zod'
import type { DeliveryReport, FailureCause } from '../carrier.ts'

/** A message of Amazon SNS as it is posted to a hook; the fields that its signature covers and those that prove it. */
export const SnsMessage = z.object({
  Type: z.enum(['Notification', 'SubscriptionConfirmation', 'UnsubscribeConfirmation']),
  MessageId: z.string().max(200),
  TopicArn: z.string().max(400),
  Message: z.string().max(1_000_000),
  Timestamp: z.string().max(40),
  Subject: z.string().max(1_000).nullish(),
  Token: z.string().max(4_000).optional(),
  SubscribeURL: z.string().max(4_000).optional(),
  SignatureVersion: z.enum(['1', '2']),
  Signature: z.string().max(2_000),
  SigningCertURL: z.string().max(2_000),
})
export type SnsMessage = z.infer<typeof SnsMessage>

/** The text that SNS signs (Amazon SNS Developer Guide, "Verifying the signatures of Amazon SNS messages"). */
export function signedText(message: SnsMessage): string {
  const fields =
    message.Type === 'Notification'
      ? (['Message', 'MessageId', 'Subject', 'Timestamp', 'TopicArn', 'Type'] as const)
      : ([
          'Message',
          'MessageId',
          'SubscribeURL',
          'Timestamp',
          'Token',
          'TopicArn',
          'Type',
        ] as const)
  return fields
    .filter((name) => message[name] !== undefined && message[name] !== null)
    .map((name) => `${name}\n${message[name]}\n`)
    .join('')
}

/**
 * The address if it is one of SNS itself: whoever posts to the hook chooses it, and the server is about to call it. Only
 * `https://sns.<region>.amazonaws.com` (and `.cn`), no other port, no name and password.
 */
export function snsAddress(text: string): URL | undefined {
  if (!URL.canParse(text)) return undefined
  const url = new URL(text)
  const isSns = /^sns\.[a-z0-9-]{1,40}\.amazonaws\.com(\.cn)?$/.test(url.hostname)
  const isPlain = url.href.startsWith(`https://${url.hostname}/`)
  return isSns && isPlain ? url : undefined
}

/** As `snsAddress`, and the path is that of a signing certificate. */
export function certificateAddress(text: string): URL | undefined {
  const url = snsAddress(text)
  return url && /^\/SimpleNotificationService-[A-Za-z0-9]{1,64}\.pem$/.test(url.pathname)
    ? url
    : undefined
}

const at = z.iso.datetime({ offset: true }).transform((text) => Date.parse(text))
const Mail = z.object({ messageId: z.string().min(1).max(200) })

const Event = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('Delivery'), mail: Mail, delivery: z.object({ timestamp: at }) }),
  z.object({
    kind: z.literal('Bounce'),
    mail: Mail,
    bounce: z.object({
      bounceType: z.string(),
      bounceSubType: z.string().default(''),
      timestamp: at,
      bouncedRecipients: z.array(z.object({ diagnosticCode: z.string().optional() })).default([]),
    }),
  }),
  z.object({
    kind: z.literal('Complaint'),
    mail: Mail,
    complaint: z.object({ timestamp: at, complaintFeedbackType: z.string().nullish() }),
  }),
  z.object({
    kind: z.literal('Reject'),
    mail: Mail.extend({ timestamp: at }),
    reject: z.object({ reason: z.string().default('') }),
  }),
])

/**
 * What one SES event says of a message; nothing for events that decide nothing (send, open, delay). Both event publishing
 * (`eventType`) and an identity's own notifications (`notificationType`) are read.
 */
export function sesReports(text: string): readonly DeliveryReport[] {
  const raw = jsonObject(text)
  const parsed = Event.safeParse({ ...raw, kind: raw?.eventType ?? raw?.notificationType })
  if (!parsed.success) return []
  const event = parsed.data
  const providerId = event.mail.messageId
  switch (event.kind) {
    case 'Delivery':
      return [{ providerId, at: event.delivery.timestamp, outcome: { kind: 'delivered' } }]
    case 'Bounce': {
      const { bounceType, bounceSubType, timestamp, bouncedRecipients } = event.bounce
      const said = bouncedRecipients[0]?.diagnosticCode ?? ''
      const detail = `${bounceType} ${bounceSubType} ${said}`.trim().slice(0, 500)
      const cause = bounceCause(bounceType, bounceSubType)
      return [{ providerId, at: timestamp, outcome: { kind: 'failed', cause, detail } }]
    }
    case 'Complaint': {
      const { complaintFeedbackType: type, timestamp } = event.complaint
      // A reader who takes a mail out of the spam folder reports so too.
      if (type === 'not-spam') return []
      const outcome = { kind: 'failed', cause: 'complaint', detail: type ?? '' } as const
      return [{ providerId, at: timestamp, outcome }]
    }
    case 'Reject': {
      const outcome = {
        kind: 'failed',
        cause: 'other',
        detail: event.reject.reason.slice(0, 500),
      } as const
      return [{ providerId, at: event.mail.timestamp, outcome }]
    }
  }
}

// Amazon SES Developer Guide, "Bounce types": only Permanent says that the address is no good.
function bounceCause(type: string, subType: string): FailureCause {
  if (type === 'Permanent') return 'no_address'
  return subType === 'ContentRejected' ? 'spam_filtered' : 'unreachable'
}

function jsonObject(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null
      ? (value as Record<string, unknown>)
      : undefined
  } catch {
    return undefined
  }
}
