import { z } from 'zod'
import { dayMs } from '../../lib/duration.ts'
import { Flow } from '../campaign.ts'

/** Bounds of one backtest. */
export const backtestLimits = {
  days: 400,
  /** People whose whole way is shown. */
  samples: 20,
  /** How long results are kept, ms. */
  keptMs: 30 * dayMs,
  /** Backtests of a shop that wait. */
  waiting: 5,
} as const

/** What is asked: a campaign as it runs or is being written, or a flow nobody has saved; over `[from, to)`, UTC ms. */
export const BacktestAsked = z.strictObject({
  campaign: z.int().positive().optional(),
  flow: Flow.optional().describe(
    'A flow that need not be saved; the draft of the campaign unless given.',
  ),
  against: z
    .union([Flow, z.literal('published')])
    .optional()
    .describe('Another flow that lives through the same period: two versions compared.'),
  from: z.int().min(0),
  to: z.int().min(0),
})
export type BacktestAsked = z.infer<typeof BacktestAsked>

export const backtestStates = ['queued', 'running', 'done', 'cancelled', 'failed'] as const
export type BacktestState = (typeof backtestStates)[number]

const Said = z.object({ ko: z.string(), en: z.string() })
export type Said = z.infer<typeof Said>

/** How often something was so, and what that means. */
const Counted = Said.extend({ code: z.string(), count: z.number() })
export type Counted = z.infer<typeof Counted>

/** What one flow would have done. */
export const BacktestSide = z.object({
  /** People who entered, and how often in all. */
  people: z.number(),
  entries: z.number(),
  /** Entries that are not over at the end of the period. */
  underWay: z.number(),
  notEntered: z.array(Counted).readonly(),
  ended: z.array(Counted).readonly(),
  decisions: z
    .array(
      Counted.extend({ outcome: z.enum(['sent', 'waiting', 'refused', 'held_out', 'failed']) }),
    )
    .readonly(),
  /** Messages kept back for the night until the morning, though they went in the end. */
  heldForNight: z.number(),
  sent: z.number(),
  /** By day of the shop's clocks. */
  days: z
    .array(
      z.object({ day: z.string(), entered: z.number(), sent: z.number(), heldOut: z.number() }),
    )
    .readonly(),
  /** Messages by hour of the day, 24 numbers. */
  hours: z.array(z.number()).readonly(),
  channels: z
    .array(z.object({ channel: z.string(), sent: z.number(), people: z.number() }))
    .readonly(),
  perPerson: z.object({
    /** Messages that whoever got most got. */
    most: z.number(),
    /** The same within any 7 days. */
    mostInWeek: z.number(),
    spread: z.array(z.object({ messages: z.number(), people: z.number() })).readonly(),
  }),
  /** People held out: they would have got a message and did not. */
  heldOut: z.number(),
  /** Currency units: what the messages would have cost at most. */
  cost: z.number(),
  coupons: z
    .array(
      z.object({
        pool: z.number(),
        name: z.string(),
        given: z.number(),
        /** Asked for after there were none left. */
        missing: z.number(),
        /** Currency units: what those given can take off at most. */
        mostOff: z.number(),
      }),
    )
    .readonly(),
  samples: z
    .array(
      z.object({
        customer: z.number(),
        outcome: z.enum(['sent', 'waiting', 'refused', 'held_out', 'failed', 'none']),
        trace: z
          .array(
            Said.extend({
              at: z.number(),
              step: z.number().nullable(),
              until: z.number().nullable(),
              event: z.string().nullable(),
            }),
          )
          .readonly(),
      }),
    )
    .readonly(),
})
export type BacktestSide = z.infer<typeof BacktestSide>

/** Who is shown, by name; null: nobody said it, or they are forgotten. */
export const SampleNames = z
  .array(z.object({ customer: z.number(), name: z.string().nullable() }))
  .readonly()

/** What a backtest found. */
export const BacktestResult = z.object({
  /** People whose history was gone through. */
  looked: z.number(),
  /** Happenings of theirs that the flow names. */
  happenings: z.number(),
  /** Up to which position of the log history was complete. */
  position: z.number(),
  side: BacktestSide,
  against: BacktestSide.nullable(),
  assumptions: z.array(Said.extend({ code: z.string() })).readonly(),
})
export type BacktestResult = z.infer<typeof BacktestResult>
