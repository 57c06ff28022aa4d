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
   * One answer an item, in their order. `halve` says that the whole call was refused, perhaps for the sake of one item, and
   * nothing was done: each half is then called for itself. Never for a single item.
   */
  readonly call: (items: readonly Item[]) => Promise<readonly Answer[] | 'halve'>
  readonly broken: (error: unknown) => Answer
}) {
  type Seat = { readonly item: Item; readonly answer: (answer: Answer) => void }
  type Table = { readonly seats: Seat[]; readonly timer: NodeJS.Timeout }
  const tables = new Map<string, Table>()
  const underWay = new Set<Promise<void>>()

  async function serve(seats: readonly Seat[]): Promise<void> {
    const answers = await asked(seats.map((seat) => seat.item))
    if (answers === 'halve') {
      const middle = Math.ceil(seats.length / 2)
      // One after the other: what was refused as a whole is not to come back as a crowd.
      await serve(seats.slice(0, middle))
      await serve(seats.slice(middle))
      return
    }
    for (const [at, seat] of seats.entries()) {
      const answer = answers[at]
      seat.answer(answer === undefined ? by.broken(new Error('no answer')) : answer)
    }
  }

  async function asked(items: readonly Item[]): Promise<readonly Answer[] | 'halve'> {
    try {
      const answers = await by.call(items)
      if (answers !== 'halve' || items.length > 1) return answers
      throw new Error('a single one cannot be halved')
    } catch (error) {
      return items.map(() => by.broken(error))
    }
  }

  function depart(group: string): void {
    const table = tables.get(group)
    if (!table) return
    clearTimeout(table.timer)
    tables.delete(group)
    const served = serve(table.seats).finally(() => underWay.delete(served))
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
