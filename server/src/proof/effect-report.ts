import { z } from 'zod'
import { goalMetrics } from '../campaigns/goal-metric.ts'
import { EffectAnswer, EstimateAnswer } from './effect-answer.ts'
import { FirstOrders } from './first-orders.ts'
import { guardKinds } from './measures.ts'

const Count = z.number().int()
const Credit = z.object({ orders: Count, revenue: z.number() })

/** What a campaign caused, as its report tells it; amounts in currency units. Every interval holds at every look. */
export const EffectReport = z.object({
  metric: z.enum(goalMetrics),
  windowHours: z.number(),
  /** Each outcome with what happened in both groups; the campaign's own is first. */
  outcomes: z
    .array(
      z.object({
        metric: z.enum(goalMetrics),
        measure: z.enum(['rate', 'mean']),
        effect: EffectAnswer,
        total: EstimateAnswer.nullable().describe('The difference times the people messaged.'),
      }),
    )
    .readonly(),
  firstOrders: FirstOrders.nullable().describe(
    'Of campaigns that recommend first products; null: others, or nobody in it had never ordered.',
  ),
  guards: z.array(z.object({ kind: z.enum(guardKinds), effect: EffectAnswer })).readonly(),
  /** Buying among people who had bought in the 90 days before, and among those who had not: a hint, no proof. */
  segments: z.array(z.object({ boughtBefore: z.boolean(), effect: EffectAnswer })).readonly(),
  /** The campaign's own outcome, day by day. */
  days: z.array(z.object({ at: z.number(), people: Count, difference: EstimateAnswer })).readonly(),
  /** People whose window is still open. */
  open: Count,
  mixed: Count,
  /** More than 2 % met both groups. */
  isMixedMuch: z.boolean(),
  /** The groups are not as large as set. */
  isMismatched: z.boolean(),
  /** Shares the hold-out has had; more than one are compared apart. */
  shares: z.array(z.number()).readonly(),
  perWeek: z.number().describe('People newly compared in a week, of late.'),
  /** Amounts above it count as it; null: none does. */
  cap: z.number().nullable(),
  /** What is left of a price after the goods; null: the shop has not said. */
  margin: z.number().nullable(),
  sending: z.number().describe('What the messages to the people compared cost.'),
  credit: z
    .object({ lastTouch: Credit, click: Credit, coupon: Credit })
    .describe('Record, not effect: orders after the last message, after a click, with a coupon.'),
})
export type EffectReport = z.infer<typeof EffectReport>
