import { z } from 'zod'
import { rfmGroups } from './rfm.ts'

const Count = z.number().int()
const Time = z.number().describe('UTC ms')
const list = <Item extends z.ZodType>(item: Item) => z.array(item).readonly()

const FunnelCounts = z
  .object({
    visit: Count,
    search: Count,
    view: Count,
    cart: Count,
    checkout: Count,
    order: Count,
    offPath: Count.describe('Ordered without every step before it.'),
    open: Count.describe('No order yet, and their days are not over.'),
  })
  .readonly()

/** The way from visit to order in a period and in the one before, whole and by source. */
export const FunnelAnswer = z.object({
  start: Time,
  until: Time.describe('End of the period before.'),
  from: Time,
  to: Time,
  now: FunnelCounts,
  before: FunnelCounts,
  channels: list(z.object({ source: z.string(), now: FunnelCounts, before: FunnelCounts })),
})
export type FunnelAnswer = z.infer<typeof FunnelAnswer>

/** The way of each product, category or segment, those looked at most (or with most members) first. */
export const FunnelGroupsAnswer = z.object({
  start: Time,
  until: Time.describe('End of the period before.'),
  from: Time,
  to: Time,
  groups: list(
    z.object({
      key: z.string().describe('Product, category or segment, as the funnel is narrowed by.'),
      name: z.string(),
      now: FunnelCounts,
      before: FunnelCounts,
    }),
  ),
})
export type FunnelGroupsAnswer = z.infer<typeof FunnelGroupsAnswer>

const Cell = z.object({
  period: Count,
  n: Count.describe('Of the cohort, those whose period is over.'),
  isWhole: z.boolean().describe('False while others of the cohort are still in it.'),
  returned: Count,
  rate: z.number().describe('returned / n'),
  everRate: z.number().describe('Came back in this period or before.'),
  spent: z.number().describe('What a customer brought until then, currency units.'),
})
const CohortBody = { people: Count, firstSpent: z.number(), cells: list(Cell) }

/** Cohorts with who came back in which period. */
export const CohortAnswer = z.object({
  currency: z.string(),
  periodDays: Count,
  cohorts: list(z.object({ from: Time, isOver: z.boolean(), ...CohortBody })),
  all: z.object(CohortBody),
})
export type CohortAnswer = z.infer<typeof CohortAnswer>

const Group = z.enum(rfmGroups)
const ScoreOf = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5)])
const Range = z.object({ score: ScoreOf, from: z.number(), to: z.number() })

/** The grid of R and F, its groups and who moved between them in 30 days. */
export const RfmAnswer = z.object({
  asOf: Time,
  before: Time,
  currency: z.string(),
  people: Count,
  revenue: z.number(),
  cells: list(
    z.object({
      r: ScoreOf,
      f: ScoreOf,
      group: Group,
      people: Count,
      revenue: z.number(),
      orders: Count,
      m: z.number().describe('Average score of what they spent.'),
      days: z.number().describe('Average days since the last order.'),
    }),
  ),
  groups: list(z.object({ group: Group, people: Count, revenue: z.number(), before: Count })),
  moves: list(z.object({ from: Group.nullable(), to: Group, people: Count })),
  ranges: z.object({ r: list(Range), f: list(Range), m: list(Range) }),
})
export type RfmAnswer = z.infer<typeof RfmAnswer>
