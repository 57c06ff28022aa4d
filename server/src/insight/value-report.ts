import { z } from 'zod'

/** From so many buyers who came again, and so many days of orders, on something is said of the shop. */
export const leastValue = { repeaters: 100, days: 90 } as const

/** Days ahead that are looked at; what customers are worth is that of the last one. */
export const horizons = [30, 90, 365] as const

const Count = z.number().int()
const Estimate = z
  .object({ value: z.number(), low: z.number().nullable(), high: z.number().nullable() })
  .describe(
    'Ends of the 95 % prediction interval: what is not known of the model and what people do by chance; null where either is open.',
  )

/** What a shop's customers are expected to do, from how they bought. Amounts in currency units, net of refunds. */
export const ValueReport = z.object({
  currency: z.string(),
  people: Count.describe('Customers with an effective order.'),
  repeaters: Count.describe('Those of them who bought on a second day or more.'),
  days: Count.describe('Days since the first order.'),
  least: z
    .object({ repeaters: Count, days: Count })
    .describe('What is missing until something is said; 0 when there is enough.'),
  said: z
    .object({
      isSettled: z.boolean().describe('False: the search for the likeliest model did not end.'),
      alive: Estimate.describe('Customers who are still customers.'),
      aliveParts: z
        .array(
          z.object({
            people: Count,
            alive: Estimate.describe('How many of them are still customers.'),
          }),
        )
        .describe('Customers by P(alive): 0 to 10 %, ... 90 to 100 %.'),
      ahead: z.array(
        z.object({
          days: Count,
          orders: Estimate.describe('Days with an order of all customers of today.'),
          revenue: Estimate.nullable().describe('Null where spending cannot be foretold.'),
        }),
      ),
      perOrder: Estimate.nullable().describe('Mean net revenue of a day with an order.'),
      tenths: z
        .array(
          z.object({
            people: Count,
            orders: Estimate,
            revenue: Estimate.nullable().describe('Null where spending cannot be foretold.'),
            least: z.number().describe('What the last of them is expected to bring, or to order.'),
          }),
        )
        .describe('Customers by expected revenue of 365 days, the best tenth first.'),
      model: z.object({
        r: z.number(),
        alpha: z.number().describe('Days.'),
        a: z.number(),
        b: z.number(),
        spend: z.object({ p: z.number(), q: z.number(), v: z.number() }).nullable(),
      }),
    })
    .nullable(),
  check: z
    .object({
      days: Count.describe('The last days were hidden from the model and then foretold.'),
      people: Count,
      predicted: z.number(),
      low: z.number().nullable().describe('Ends of the 95 % prediction interval of `predicted`.'),
      high: z.number().nullable(),
      actual: z.number(),
      rows: z.array(
        z.object({
          repeats: Count.describe('Days with an order after the first; the last row: or more.'),
          people: Count,
          predicted: z.number().describe('Orders a person.'),
          low: z.number().nullable().describe('Ends of its 95 % prediction interval.'),
          high: z.number().nullable(),
          actual: z.number(),
        }),
      ),
    })
    .nullable(),
})
export type ValueReport = z.infer<typeof ValueReport>

/** The same with the instant it speaks of. */
export const DatedValue = ValueReport.extend({
  asOf: z.number().describe('UTC ms: now, or the newest order of a shop that has none any more.'),
})
export type DatedValue = z.infer<typeof DatedValue>

/** Lists of people: whom the shop will live on, and who was worth much and seems to be leaving. */
export const valueLists = ['top', 'leaving'] as const
export type ValueList = (typeof valueLists)[number]
/** Who is among the leaving: less likely a customer than not. */
export const leavingBelow = 0.5
