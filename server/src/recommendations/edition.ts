import { z } from 'zod'
import type { ListKind, Ranked } from './tables.ts'

/** How well the ways would have done on orders they had not seen. Shares of 0 to 1. */
export const Quality = z.object({
  /** Buyers whose next order was guessed. */
  buyers: z.number(),
  /** Share of them who bought one of the ten. */
  hitRate: z.number(),
  /** The same for the ten bestsellers, shown to everybody. */
  popularHitRate: z.number(),
  /** Share of the products that were shown to anybody. */
  coverage: z.number(),
  popularCoverage: z.number(),
  /** Orders after this time were not seen, UTC ms. */
  since: z.number(),
  measuredAt: z.number(),
})
export type Quality = z.infer<typeof Quality>

/** What an edition was counted from. */
export const About = z.object({
  /** Orders looked at, of how many; fewer where the shop has more than are counted. */
  orders: z.number(),
  ordersOf: z.number(),
  /** Days on which somebody looked at two products. */
  visits: z.number(),
  /** Lists of each kind. */
  lists: z.record(z.string(), z.number()),
  /** Segments whose buying was counted. */
  segments: z.array(z.number()).default([]),
  quality: Quality.nullable(),
})
export type About = z.infer<typeof About>

/** A list as it is stored. */
export type StoredList = {
  readonly kind: ListKind
  readonly key: string
  readonly items: readonly Ranked[]
}

/** Bounds of counting; what lies beyond makes room for what has more cases. */
export const countingLimits = {
  /** How far back orders and looks count, and after how long they count half, days. */
  orderDays: 365,
  orderHalfLifeDays: 30,
  lookDays: 60,
  lookHalfLifeDays: 30,
  /** Bestsellers are of now. */
  popularDays: 90,
  popularHalfLifeDays: 14,
  /** A later order counts as next within so many days; a search leads to an order within so many. */
  nextDays: 90,
  searchDays: 7,
  /** Cases below which two products have nothing to do with each other; one person's alone never have. */
  least: 3,
  /** How much being bought by many speaks against a product beside another: half would be a cosine, nothing a share of buyers. */
  damping: 0.25,
  /** Cases that pull a similarity half way to nothing. */
  shrink: 10,
  /** First buyers of a good first product (domain: fewer say nothing). */
  leastFirstBuyers: 30,
  /** Products told apart, products of one basket, neighbours kept of a product. */
  products: 10_000,
  basket: 50,
  neighbours: 50,
  searches: 2_000,
  popular: 5_000,
  /** Segments whose buying is counted, those asked for last; products kept of one, its members (of more, some are taken), and of one question. */
  segments: 20,
  popularInSegment: 500,
  members: 200_000,
  membersAtOnce: 20_000,
  /** Orders and visits counted at most; of more, some people's are taken, all of theirs. */
  baskets: 2_000_000,
} as const

/** The text of a stored list. */
export function writeItems(items: readonly Ranked[]): string {
  const rounded = (score: number) =>
    Number.isInteger(score) ? score : Number(score.toPrecision(6))
  return JSON.stringify(items.map((one) => [one.product, rounded(one.score), one.count, one.of]))
}

const Items = z.array(z.tuple([z.string(), z.number(), z.number(), z.number()]))

/** Reads the text of a stored list. */
export function readItems(text: string): readonly Ranked[] {
  return Items.parse(JSON.parse(text)).map(([product, score, count, of]) => ({
    product,
    score,
    count,
    of,
  }))
}
