/** Most calls made to find what one call was refused for. */
const mostCallsOfOne = 32
/** No call of them begins later: look-ups count on hand-overs being over two minutes after they began. */
const searchMs = 25_000

/**
 * A call refused as a whole, with nothing done, perhaps for the sake of one item: what an item is told that was refused alone,
 * and what those are told that no call was left for. They may be the innocent ones.
 */
export type Halve<Answer> = { readonly halveOr: Answer; readonly restOr: Answer }

/**
 * Things that come one by one and go together: those of one group that come within `waitMs`, at most `most`, become one call.
 * Each of them gets its own answer; when the call breaks, they share `broken`'s.
 */
export function gather<Item, Answer>(by: {
  readonly most: number
  readonly waitMs: number
  /** Only items of the same group fit one call. */
  readonly groupOf?: (item: Item) => string
  /**
   * One answer an item, in their order. Where the call was refused as a whole, each half is called for itself, so that one
   * bad item does not take the others with it; after 32 calls or 25 seconds the rest is told `restOr`.
   */
  readonly call: (items: readonly Item[]) => Promise<readonly Answer[] | Halve<Answer>>
  readonly broken: (error: unknown) => Answer
}) {
  type Seat = { readonly item: Item; readonly answer: (answer: Answer) => void }
  type Table = { readonly seats: Seat[]; readonly timer: NodeJS.Timeout }
  const tables = new Map<string, Table>()
  const underWay = new Set<Promise<void>>()

  async function serve(
    seats: readonly Seat[],
    calls: { left: number; readonly until: number },
  ): Promise<void> {
    const answers = await asked(seats.map((seat) => seat.item))
    calls.left--
    if ('halveOr' in answers) {
      const middle = Math.ceil(seats.length / 2)
      if (seats.length === 1) return tell(seats, answers.halveOr)
      // One after the other: what was refused as a whole is not to come back as a crowd.
      for (const half of [seats.slice(0, middle), seats.slice(middle)]) {
        if (calls.left > 0 && performance.now() < calls.until) await serve(half, calls)
        else tell(half, answers.restOr)
      }
      return
    }
    for (const [at, seat] of seats.entries()) {
      const answer = answers[at]
      seat.answer(answer === undefined ? by.broken(new Error('no answer')) : answer)
    }
  }

  function tell(seats: readonly Seat[], answer: Answer): void {
    for (const seat of seats) seat.answer(answer)
  }

  async function asked(items: readonly Item[]): Promise<readonly Answer[] | Halve<Answer>> {
    try {
      return await by.call(items)
    } catch (error) {
      return items.map(() => by.broken(error))
    }
  }

  function depart(group: string): void {
    const table = tables.get(group)
    if (!table) return
    clearTimeout(table.timer)
    tables.delete(group)
    const calls = { left: mostCallsOfOne, until: performance.now() + searchMs }
    const served = serve(table.seats, calls).finally(() => underWay.delete(served))
    underWay.add(served)
  }

  return {
    add: (item: Item): Promise<Answer> =>
      new Promise((answer) => {
        const group = by.groupOf?.(item) ?? ''
        const table = tables.get(group) ?? {
          seats: [],
          timer: setTimeout(() => depart(group), by.waitMs),
        }
        tables.set(group, table)
        table.seats.push({ item, answer })
        if (table.seats.length >= by.most) depart(group)
      }),
    /** Sends what waits at once, and resolves when all of it is answered. */
    close: async (): Promise<void> => {
      for (const group of [...tables.keys()]) depart(group)
      await Promise.all(underWay)
    },
  }
}
