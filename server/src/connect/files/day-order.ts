/** How a file writes days that begin with no year: `11/23/2026` or `23/11/2026`. */
export const dayOrders = ['month', 'day'] as const
export type DayOrder = (typeof dayOrders)[number]

const yearLast = /^(\d{1,2})([-./])(\d{1,2})\2(\d{4})(?!\d)(.*)$/s

/** Such a day with the year first, `order` deciding where both would do; other text as it is. A day with dots begins with the day. */
export function yearFirst(text: string, order: DayOrder): string {
  const found = yearLast.exec(text)
  if (!found) return text
  const [, one = '', sign = '', two = '', year = '', rest = ''] = found
  const own = ownOrder(Number(one), Number(two), sign) ?? order
  return own === 'day' ? `${year}-${two}-${one}${rest}` : `${year}-${one}-${two}${rest}`
}

/** The order that a day says by itself; undefined where both would do. */
function ownOrder(one: number, two: number, sign: string): DayOrder | undefined {
  if (one > 12 || sign === '.') return 'day'
  return two > 12 ? 'month' : undefined
}

type Seen = { day: boolean; month: boolean; either: string | undefined }

/** What the days of a file come to: the order of each column, and one that could be either. */
export type DaysRead = {
  readonly of: (column: number) => DayOrder
  /** A cell that nothing in the file settles; undefined where there is none. */
  readonly unsettled: string | undefined
}

/**
 * Watches the columns of days of a file. One day above the twelfth settles its column; a column without one is settled by the others of
 * the file where they agree. What nothing settles is read as `chosen`, or else with the month first.
 */
export function dayWatch(columns: readonly number[]) {
  const seen = new Map<number, Seen>(
    columns.map((at) => [at, { day: false, month: false, either: undefined }]),
  )
  return {
    note: (cells: readonly string[]): void => {
      for (const [at, one] of seen) {
        const text = cells[at]?.normalize('NFKC').trim() ?? ''
        const found = yearLast.exec(text)
        if (!found) continue
        const order = ownOrder(Number(found[1]), Number(found[3]), found[2] ?? '')
        if (order !== undefined) one[order] = true
        else if (found[1] !== found[3]) one.either ??= text.slice(0, 40)
      }
    },
    /** Whether any day was written so. */
    hasSeen: (): boolean =>
      [...seen.values()].some(({ day, month, either }) => day || month || either !== undefined),
    read: (chosen: DayOrder | undefined): DaysRead => {
      const all = [...seen.values()]
      const file = settled({
        day: all.some(({ day }) => day),
        month: all.some(({ month }) => month),
      })
      const orderOf = (one: Seen) => settled(one) ?? file
      return {
        of: (column) => {
          const one = seen.get(column)
          return (one && orderOf(one)) ?? chosen ?? 'month'
        },
        unsettled: all.find((one) => one.either !== undefined && orderOf(one) === undefined)
          ?.either,
      }
    },
  }
}

const settled = ({ day, month }: Pick<Seen, 'day' | 'month'>): DayOrder | undefined =>
  day === month ? undefined : day ? 'day' : 'month'
