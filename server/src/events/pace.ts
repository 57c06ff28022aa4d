/** Log positions of one turn at most. */
export const turnLimit = 1_000
/** People woken by one turn at most. */
export const wokenLimit = 500
/**
 * A turn of fewer positions than this was a small one: the next begins no sooner than `turnGapMs` after it began, so that
 * single events share a turn. A turn is some twenty round trips, whatever it holds.
 */
const smallTurn = 100
const turnGapMs = 15

/** How big the next turns of a shop may be, and what the last one was like. */
export type Pace<Batch> = {
  /** Positions, and people woken, that the next turn may have. */
  events: number
  due: number
  /** Whom the last turn woke, and how often in a row the same. */
  lastWoken: string
  wakes: number
  /** The next rows, read while the turn before them waits for its commit. */
  ahead: { readonly after: number; readonly batch: Promise<Batch | undefined> } | undefined
  /** When the last turn began (UTC ms), and of how many positions it was. */
  beganAt: number
  size: number
  /** Whether the last turn left something that nobody will bring news of. */
  more: boolean
}

/** The pace of a shop that has had no turn. */
export function newPace<Batch>(): Pace<Batch> {
  return {
    events: turnLimit,
    due: wokenLimit,
    lastWoken: '',
    wakes: 0,
    ahead: undefined,
    beganAt: 0,
    size: 0,
    more: false,
  }
}

/** How many ms the next turn rests, so that what comes meanwhile shares it; 0 after a large one or after a pause. */
export function restOf<Batch>(pace: Pace<Batch> | undefined, now: number): number {
  if (!pace || pace.size === 0 || pace.size >= smallTurn) return 0
  const sinceMs = now - pace.beganAt
  return sinceMs < 0 ? 0 : Math.max(0, turnGapMs - sinceMs)
}
