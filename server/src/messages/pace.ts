/** A bucket of one second's allowance: spreads handovers to at most `ratePerSecond`. Times are UTC ms. */
export function pace() {
  let tokens = 0
  let filledAt: number | undefined

  return {
    /** How many of the wanted may go now; they are taken. */
    take: (
      wanted: number,
      limit: { readonly ratePerSecond: number; readonly now: number },
    ): number => {
      const passedMs = filledAt === undefined ? 1_000 : Math.max(0, limit.now - filledAt)
      tokens = Math.min(limit.ratePerSecond, tokens + (passedMs * limit.ratePerSecond) / 1_000)
      filledAt = limit.now
      const given = Math.max(0, Math.min(Math.floor(tokens), wanted))
      tokens -= given
      return given
    },
    /** Returns what was taken and not needed. */
    giveBack: (unused: number): void => {
      tokens += unused
    },
  }
}
