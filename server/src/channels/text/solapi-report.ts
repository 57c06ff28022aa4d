import { z } from 'zod'
import type { DeliveryReport } from '../carrier.ts'
import { solapiCause, solapiVerdict } from '../solapi-codes.ts'

/** A message as Solapi tells of it, in its list and in its webhook. */
export const SolapiMessage = z.object({
  messageId: z.string().min(1).max(100),
  statusCode: z.string().nullish(),
  reason: z.string().nullish(),
  statusMessage: z.string().nullish(),
  dateReported: z.string().nullish(),
  dateReceived: z.string().nullish(),
  dateUpdated: z.string().nullish(),
  customFields: z.record(z.string(), z.unknown()).nullish(),
})
export type SolapiMessage = z.infer<typeof SolapiMessage>

/** The report a message makes once its end is known; `now` (UTC ms) stands in where it tells no time. */
export function solapiReport(message: SolapiMessage, now: number): DeliveryReport | undefined {
  const code = message.statusCode ?? ''
  const verdict = solapiVerdict(code)
  if (verdict === undefined || verdict === 'waiting') return undefined
  const told = message.dateReported ?? message.dateReceived ?? message.dateUpdated
  const at = told ? Date.parse(told) : Number.NaN
  const words = message.reason ?? message.statusMessage ?? ''
  return {
    providerId: message.messageId,
    // A clock there that runs ahead does not date anything into our future.
    at: Number.isFinite(at) ? Math.min(at, now) : now,
    outcome:
      verdict === 'delivered'
        ? { kind: 'delivered' }
        : { kind: 'failed', cause: solapiCause(code), detail: `${code} ${words}`.trim() },
  }
}

/** Most reports read from one call of the webhook. */
const mostReports = 10_000

/**
 * The body of Solapi's message-report webhook: an array of messages (group reports carry none and yield nothing). It is not
 * signed, so its address must be secret; what cannot be read is left out.
 */
export function solapiReports(body: unknown, now: number): readonly DeliveryReport[] {
  if (!Array.isArray(body)) return []
  return body.slice(0, mostReports).flatMap((one) => {
    const message = SolapiMessage.safeParse(one)
    const report = message.success ? solapiReport(message.data, now) : undefined
    return report ? [report] : []
  })
}
