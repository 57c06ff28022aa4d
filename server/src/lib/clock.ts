/** The only source of time. Everything that needs "now" is given a Clock; tests give one they move by hand. */
export type Clock = {
  /** Milliseconds since the Unix epoch, UTC. */
  readonly now: () => number
}

/** The machine's clock. */
export const systemClock: Clock = { now: () => Date.now() }

/** A clock that stands still until it is moved; `advance` takes milliseconds and may be negative (a clock stepped back). */
export function manualClock(startAt: number) {
  let at = startAt
  return {
    now: () => at,
    advance: (byMs: number) => {
      at += byMs
    },
    set: (toMs: number) => {
      at = toMs
    },
  }
}
export type ManualClock = ReturnType<typeof manualClock>
