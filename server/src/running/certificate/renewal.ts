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
 * When a certificate is to be asked for, UTC ms: at once when there is none (0), else when two thirds of its life are over. After a
 * failure it waits longer each time, up to 12 hours, because authorities count failures (Let's Encrypt: five an hour).
 */
export function renewalDueAt({ beginsAt, endsAt, failures, triedAt }: CertificateState): number {
  const oldAt = beginsAt === null || endsAt === null ? 0 : beginsAt + ((endsAt - beginsAt) * 2) / 3
  if (failures === 0 || triedAt === null) return oldAt
  return Math.max(oldAt, triedAt + Math.min(firstAgainMs * 2 ** (failures - 1), longestAgainMs))
}

/**
 * How long to rest until the next look, ms: until it is due, `mostMs` at most. What is due already was just looked at: an authority
 * whose clock runs behind gives certificates that are old when they come, and is not to be asked without a rest.
 */
export function restUntilDue(dueAt: number, now: number, mostMs: number): number {
  return dueAt > now ? Math.min(dueAt - now, mostMs) : mostMs
}
