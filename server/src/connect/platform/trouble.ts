import { hourMs } from '../../lib/duration.ts'

/** A platform that is away for a moment is asked again by itself: people are told after so long. */
const lastingMs = hourMs
/** One resource that is refused while others are brought. */
const stuckMs = 2 * hourMs

/** What keeps a connection from being followed, and since when, UTC ms. */
export type Lasting = {
  /** `denied`, `removed`, `refused`, `away`, or `broken` where it is no answer of the platform. */
  readonly kind: string
  readonly since: number
}

/** What a shop's people are told of a connection: it is broken, or what is wrong does not pass by itself. `now` is UTC ms. */
export function lastingTrouble(
  connection: {
    readonly state: 'asked' | 'connected' | 'broken' | 'disconnected'
    readonly error: string | null
    readonly brokenAt: number | null
    readonly connectedAt: number | null
  },
  progress: readonly { readonly error: string | null; readonly watermark: number | null }[],
  now: number,
): Lasting | undefined {
  const { state, error, brokenAt, connectedAt } = connection
  if (state === 'broken') return { kind: error ?? 'broken', since: brokenAt ?? now }
  if (state !== 'connected') return undefined
  if (error !== null && brokenAt !== null && now - brokenAt >= lastingMs)
    return { kind: error, since: brokenAt }
  for (const { error: kind, watermark } of progress) {
    const since = watermark ?? connectedAt ?? now
    if (kind !== null && now - since >= stuckMs) return { kind, since }
  }
  return undefined
}
