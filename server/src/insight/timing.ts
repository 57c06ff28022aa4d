import { z } from 'zod'
import {
  dueAfter,
  type Interval,
  type IntervalKind,
  intervalKinds,
  repurchaseDaysRange,
} from '../orders/repurchase-interval.ts'
import { kaplanMeier, shareInterval } from '../statistics/survival.ts'

/** Days after a purchase at which is said how many have bought again. */
export const againDays = [30, 90, 180] as const
/** The last day a curve is drawn to: that of the longest interval waited for. */
export const followedDays = repurchaseDaysRange[1]

const Count = z.number().int()
const Row = z.object({
  key: z.string().describe('Product id, category, or empty for the shop.'),
  name: z.string(),
  category: z.string(),
  people: Count.describe('Buyers.'),
  intervals: Count.describe('Intervals of a day or more between two purchases of one buyer.'),
  lower: z.number().nullable().describe('A quarter of them are at most so many days.'),
  median: z.number().nullable(),
  upper: z.number().nullable(),
  again: z
    .array(z.object({ days: Count, value: z.number(), low: z.number(), high: z.number() }))
    .describe(
      'Share of purchases after which the same was bought again within so many days; purchases too young for it count as far as they are followed. Fewer days where too few are followed.',
    ),
  due: z
    .object({ days: Count, from: z.enum([...intervalKinds, '']) })
    .describe('After how many days campaigns count it as due, and what that is known from.'),
})
export type TimingRow = z.infer<typeof Row>

/** After how long what is bought is bought again. */
export const TimingReport = z.object({
  asOf: z.number().describe('UTC ms: now, or the newest order of a shop that has none any more.'),
  shop: Row,
  categories: z.array(Row),
  products: z.array(Row),
})
export type TimingReport = z.infer<typeof TimingReport>

/** What was counted of one name. */
export type Counted = {
  readonly key: string
  readonly name: string
  readonly category: string
  readonly people: number
  readonly intervals: number
  readonly quartiles: readonly number[]
}

/** Purchases followed by another one on day `day` after them (`events`), or watched until then without one (`ends`). */
export type Step = {
  readonly key: string
  readonly day: number
  readonly events: number
  readonly ends: number
}

/** The report of what was counted of each kind. */
export function timingOf(
  counted: { readonly asOf: number } & {
    readonly [K in IntervalKind]: {
      readonly rows: readonly Counted[]
      readonly steps: readonly Step[]
    }
  },
): TimingReport {
  const known = (by: IntervalKind) =>
    new Map(counted[by].rows.map((row) => [row.key, intervalOf(row)]))
  const [categories, shop] = [known('category'), known('shop').get('')]
  const rowsOf = (by: IntervalKind) => {
    const steps = Map.groupBy(counted[by].steps, (step) => step.key)
    return counted[by].rows.map((row): TimingRow => {
      const [lower = null, median = null, upper = null] = row.intervals > 0 ? row.quartiles : []
      const own = by === 'shop' ? {} : { [by]: intervalOf(row) }
      const above = by === 'product' ? { category: categories.get(row.category) } : {}
      return {
        key: row.key,
        name: row.name,
        category: row.category,
        people: row.people,
        intervals: row.intervals,
        lower,
        median,
        upper,
        again: againOf(steps.get(row.key) ?? []),
        due: dueAfter({ shop, ...above, ...own }),
      }
    })
  }
  return {
    asOf: counted.asOf,
    shop: rowsOf('shop')[0] ?? { ...nothing, due: dueAfter({}) },
    categories: rowsOf('category'),
    products: rowsOf('product'),
  }
}

const nothing = {
  key: '',
  name: '',
  category: '',
  people: 0,
  intervals: 0,
  lower: null,
  median: null,
  upper: null,
  again: [],
}

const intervalOf = ({ quartiles, intervals }: Counted): Interval => ({
  medianDays: quartiles[1] ?? 0,
  intervals,
})

function againOf(steps: readonly Step[]): TimingRow['again'] {
  const days = () => Array.from({ length: followedDays + 1 }, () => 0)
  const [first, followed] = [days(), days()]
  let people = 0
  for (const { day, events, ends } of steps) {
    people += events + ends
    if (day > followedDays) continue
    first[day] = (first[day] ?? 0) + events
    followed[day] = (followed[day] ?? 0) + ends
  }
  const curve = kaplanMeier({ people, followed, first, events: [], followedOfRepeaters: [] })
  return againDays.flatMap((until) => {
    const at = curve[until]
    if (!at) return []
    return [{ days: until, ...shareInterval(at) }]
  })
}
