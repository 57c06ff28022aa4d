import { hourMs, minuteMs } from '../../lib/duration.ts'

/** What is known of a certificate and of the last tries to get one; UTC ms. */
type CertificateState = {
  readonly beginsAt: number | null
  readonly endsAt: number | null
  /** Failures since the last success. */
  readonly failures: number
  readonly triedAt: number | null
}

const firstAgainMs = 10 * minuteMs
const longestAgainMs = 12 * hourMs

/**
 * When a certificate is to be asked for: when there is none, or two thirds of its life are over. After a failure it waits longer
 * each time, up to 12 hours, because authorities count failures (Let's Encrypt: five an hour).
 */
export function isRenewalDue(state: CertificateState, now: number): boolean {
  const { beginsAt, endsAt, failures, triedAt } = state
  const isOld =
    beginsAt === null || endsAt === null || now >= beginsAt + ((endsAt - beginsAt) * 2) / 3
  if (!isOld) return false
  if (failures === 0 || triedAt === null) return true
  return now >= triedAt + Math.min(firstAgainMs * 2 ** (failures - 1), longestAgainMs)
}
