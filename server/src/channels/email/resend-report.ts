import { z } from 'zod'
import type { DeliveryReport, ReportedCause } from '../carrier.ts'

const Base = z.object({ email_id: z.string().min(1).max(200) })
const at = z
  .string()
  .max(60)
  .transform((text, context) => {
    const ms = Date.parse(text)
    if (Number.isFinite(ms)) return ms
    context.addIssue('not a time')
    return z.NEVER
  })

const Event = z.discriminatedUnion('type', [
  z.object({ type: z.literal('email.delivered'), created_at: at, data: Base }),
  z.object({ type: z.literal('email.complained'), created_at: at, data: Base }),
  z.object({
    type: z.literal('email.bounced'),
    created_at: at,
    data: Base.extend({
      bounce: z.object({
        type: z.string().default(''),
        subType: z.string().default(''),
        message: z.string().default(''),
      }),
    }),
  }),
  z.object({
    type: z.literal('email.failed'),
    created_at: at,
    data: Base.extend({ failed: z.object({ reason: z.string().default('') }).optional() }),
  }),
  z.object({
    type: z.literal('email.suppressed'),
    created_at: at,
    data: Base.extend({ suppressed: z.object({ message: z.string().default('') }).optional() }),
  }),
])

/** What one event says of a message; nothing for events that decide nothing (sent, opened, clicked, delayed). */
export function resendReports(body: unknown): readonly DeliveryReport[] {
  const parsed = Event.safeParse(body)
  if (!parsed.success) return []
  const event = parsed.data
  const base = { providerId: event.data.email_id, at: event.created_at }
  const failed = (cause: ReportedCause, detail: string) => [
    { ...base, outcome: { kind: 'failed', cause, detail: detail.slice(0, 500) } as const },
  ]
  switch (event.type) {
    case 'email.delivered':
      return [{ ...base, outcome: { kind: 'delivered' } }]
    case 'email.complained':
      return failed('complaint', 'marked as spam')
    case 'email.bounced': {
      const { type, subType, message } = event.data.bounce
      // Of a bounce that is not called permanent the address may be good again tomorrow.
      return failed(
        type === 'Permanent' ? 'no_address' : 'unreachable',
        `${type} ${subType} ${message}`.trim(),
      )
    }
    case 'email.failed': {
      const reason = event.data.failed?.reason ?? ''
      // Accepted, and then more than the account may send: `reached_daily_quota`.
      return failed(/quota/.test(reason) ? 'no_balance' : 'other', reason)
    }
    case 'email.suppressed':
      return failed('no_address', event.data.suppressed?.message ?? '')
  }
}
