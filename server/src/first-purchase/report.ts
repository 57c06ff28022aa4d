import { z } from 'zod'

const ByDay = z
  .object({ day: z.number(), value: z.number(), low: z.number(), high: z.number() })
  .nullable()

const Shared = z.object({
  firstBuyers: z.number().describe('With a horizon: those followed for all of it.'),
  buyersSoFar: z.number().describe('However short they have been followed.'),
  repeatOrders: z.number(),
  repeaters: z.number(),
  repeatRevenue: z.number(),
  firstRevenue: z.number(),
  exposureDays: z.number(),
  repeatPerBuyer: z.number(),
  repurchaseRate: z.number(),
  repeatRevenuePerBuyer: z.number(),
})

/** One product of the table; amounts in currency units, rates from 0 to 1. */
export const FirstPurchaseRow = Shared.extend({
  product: z.string(),
  name: z.string(),
  category: z.string(),
  imageUrl: z.string().nullable(),
  isSellable: z.boolean().describe('False: no longer sold, so never recommended.'),
  repeatSameOrders: z.number(),
  repeatOtherOrders: z.number(),
  repeatSameItems: z.number(),
  repeatOtherItems: z.number(),
  matureBuyers: z.number(),
  medianDaysToSecond: z
    .number()
    .nullable()
    .describe('Kaplan-Meier; null: fewer than half came back.'),
  backBy: ByDay.describe('Share back by that day (Kaplan-Meier), everybody as long as followed.'),
  meanBy: ByDay.describe('Additional orders a first buyer by that day (mean cumulative function).'),
  adjRate: z
    .number()
    .describe('Repurchase rate drawn towards the other products’ (empirical Bayes).'),
  adjLow: z.number(),
  adjHigh: z.number(),
  adjPerBuyer: z.number(),
  rateLow: z.number().describe('Wilson’s interval of the plain rate.'),
  rateHigh: z.number(),
  refundRate: z.number().nullable().describe('First orders of it of which it was sent back.'),
  comparedRate: z
    .number()
    .nullable()
    .describe('Repurchase rate with the shop’s mix of months, channels and discounts; if asked.'),
  covered: z
    .number()
    .nullable()
    .describe('Share of the shop’s first buyers like whom it has some.'),
  rank: z.number().nullable().describe('By adjLow; null: too few first buyers, or no longer sold.'),
})
export type FirstPurchaseRow = z.infer<typeof FirstPurchaseRow>

/** The whole table with what is said beside it. */
export const FirstPurchaseReport = z.object({
  rows: z.array(FirstPurchaseRow),
  /** Products that are sold and were never bought first. */
  neverFirst: z.array(z.object({ product: z.string(), name: z.string(), category: z.string() })),
  total: Shared,
  prior: z.object({ alpha: z.number(), beta: z.number(), learntFrom: z.number() }),
  channels: z.array(z.string()),
  notes: z.object({
    ordersWithoutCustomer: z.number(),
    ordersInOtherCurrency: z.number(),
    joinedBefore: z.number(),
  }),
  ordersKnownSince: z.number().nullable(),
  enoughBuyers: z.number(),
  asOf: z.number(),
  currency: z.string(),
  completeTo: z.number(),
})
export type FirstPurchaseReport = z.infer<typeof FirstPurchaseReport>

const Switch = z.enum(['1', '0']).transform((value) => value === '1')

/** What the table is asked for. */
export const FirstPurchaseAsked = z.object({
  from: z.coerce.number().int().optional().describe('First orders paid from here (UTC ms).'),
  to: z.coerce.number().int().optional().describe('... until here, exclusive.'),
  days: z.coerce
    .number()
    .int()
    .min(1)
    .max(3_650)
    .optional()
    .describe('First orders of the last so many days.'),
  horizon_days: z.coerce.number().int().min(1).max(730).optional(),
  min_gap_days: z.coerce.number().min(0).max(30).default(0),
  credit: z.enum(['full', 'fractional']).default('full'),
  mode: z.enum(['first_order', 'first_time_of_product']).default('first_order'),
  channel: z.string().max(400).optional().describe('`source / medium` of the first order’s visit.'),
  discount: Switch.optional().describe('First orders with a discount (1) or without (0) only.'),
  without_renewals: Switch.default(false),
  compare: Switch.default(false).describe(
    'Compare like with like: month, channel and discount of the first order as the shop has them.',
  ),
  least: z.coerce.number().int().min(1).max(10_000).default(30),
})
export type FirstPurchaseAsked = z.infer<typeof FirstPurchaseAsked>

/** The shop's own settings of this report: before when its orders are not known. */
export const FirstPurchaseSettings = z.object({
  ordersKnownSince: z.number().int().nullable().default(null),
})
export type FirstPurchaseSettings = z.infer<typeof FirstPurchaseSettings>

/** A product's curves and months. */
export const ProductDetail = z.object({
  product: z.string(),
  curve: z.array(
    z.object({
      day: z.number(),
      atRisk: z.number(),
      value: z.number(),
      low: z.number(),
      high: z.number(),
      mean: z.number().nullable(),
    }),
  ),
  cohorts: z.array(
    z.object({
      month: z.string(),
      buyers: z.number(),
      mature: z.number(),
      repeaters: z.number(),
      repeatOrders: z.number(),
      low: z.number(),
      high: z.number(),
    }),
  ),
  asOf: z.number(),
})
export type ProductDetail = z.infer<typeof ProductDetail>
