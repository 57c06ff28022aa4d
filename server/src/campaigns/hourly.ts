import { hourMs } from '../lib/duration.ts'

/** What of a campaign's hour is left: messages that may leave at once, as of `filledAt` (UTC ms). */
export type Bucket = { readonly tokens: number; readonly filledAt: number }

/** Messages that want to leave now, in their order; `placed`: it had a place given before, and its time has come. */
export type Wanting = { readonly id: number; readonly placed: boolean }

export type Paced = {
  readonly bucket: Bucket
  /** Those that may not leave yet, with the time (UTC ms) to look at them again. */
  readonly later: ReadonlyMap<number, number>
}

/** What three minutes bring may leave at once: large numbers go in batches, and a late look costs nobody their turn. */
const burstShare = 20

/**
 * At most `perHour` in any hour, whenever it begins: a bucket of b = max(1, perHour / 20) that fills by perHour - (b - 1) an
 * hour lets b + (perHour - b + 1) - 1 through in a half-open hour. The others get places behind each other, after
 * `lastPlace` (UTC ms, the last given before), so that each is looked at once and not again and again.
 */
export function paced(
  perHour: number,
  wanting: readonly Wanting[],
  at: {
    readonly now: number
    /** Undefined: nothing has left yet. */
    readonly bucket: Bucket | undefined
    readonly lastPlace: number | null
  },
): Paced {
  const { now } = at
  const most = Math.max(1, Math.floor(perHour / burstShare))
  const everyMs = hourMs / (perHour - (most - 1))
  const before = at.bucket ?? { tokens: most, filledAt: now }
  const passedMs = Math.max(0, now - before.filledAt)
  const full = Math.min(most, before.tokens + passedMs / everyMs)
  // Adding up fractions must not cost a message its turn.
  const mayLeave = Math.min(wanting.length, Math.floor(full + 1e-9))
  const left = full - mayLeave
  // Whoever was given a place goes before those that come now.
  const inOrder = [...wanting].sort((a, b) => Number(b.placed) - Number(a.placed))
  const later = new Map<number, number>()
  let soon = now - left * everyMs
  let last = Math.max(now, at.lastPlace ?? now)
  for (const { id, placed } of inOrder.slice(mayLeave)) {
    if (placed) soon += everyMs
    else last += everyMs
    later.set(id, Math.ceil(placed ? soon : last))
  }
  // A clock stepped back fills nothing twice.
  return { bucket: { tokens: left, filledAt: Math.max(now, before.filledAt) }, later }
}
