import { createHmac, timingSafeEqual } from 'node:crypto'
import { minuteMs } from '../../lib/duration.ts'

/** How far the clock of a report may be from ours; an old one that was overheard is not believed. */
const toleranceMs = 5 * minuteMs

/**
 * Whether a report was signed with the webhook's secret (`whsec_` and base64): HMAC-SHA256 of `id.timestamp.body`, any of
 * the signatures named `v1` (https://www.standardwebhooks.com; Resend sends the headers under svix's names). `now` in UTC ms.
 */
export function isSigned(
  secret: string,
  report: {
    readonly headers: { readonly get: (name: string) => string | null }
    readonly body: string
    readonly now: number
  },
): boolean {
  const [id, timestamp, signature] = ['svix-id', 'svix-timestamp', 'svix-signature'].map((name) =>
    report.headers.get(name),
  )
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  if (!id || !timestamp || !signature || key.length < 8) return false
  const at = Number(timestamp) * 1000
  if (!Number.isSafeInteger(at) || Math.abs(report.now - at) > toleranceMs) return false
  const made = createHmac('sha256', key).update(`${id}.${timestamp}.${report.body}`).digest()
  return signature
    .split(' ')
    .filter((one) => one.startsWith('v1,'))
    .map((one) => Buffer.from(one.slice('v1,'.length), 'base64'))
    .some((given) => given.length === made.length && timingSafeEqual(given, made))
}
