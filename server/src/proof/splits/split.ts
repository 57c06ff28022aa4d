import { z } from 'zod'

/** What a split may be judged by: what the other tool's sending costs is not known here, so profit is not among them. */
export const splitMetrics = ['purchase', 'orders', 'revenue', 'revisit', 'sign_up'] as const
export type SplitMetric = (typeof splitMetrics)[number]

/** Who of the segment is split: everyone, or who has such an address and agreed to advertising on it. */
export const splitReaches = ['everyone', 'email', 'sms'] as const
export type SplitReach = (typeof splitReaches)[number]

/** Most splits of a shop. */
export const splitsLimit = 500
/** Longest window, days. */
export const longestWindow = 90

/** What a marketer gives. */
export const SplitInput = z.strictObject({
  name: z.string().trim().min(1).max(100),
  segment: z.number().int().positive(),
  reach: z.enum(splitReaches).default('everyone'),
  share: z.number().min(0.01).max(0.9).describe('Share of the people who are not to be sent to.'),
  metric: z.enum(splitMetrics).default('purchase'),
  windowDays: z.number().int().min(1).max(longestWindow).default(14),
})
export type SplitInput = z.infer<typeof SplitInput>

const Count = z.number().int()

/** What a file of who really got it says. */
export const ExposureAnswer = z.object({
  rows: Count,
  matched: Count.describe('Lines that led to somebody.'),
  strangers: Count.describe('People of the file who are on neither list.'),
})
export type ExposureAnswer = z.infer<typeof ExposureAnswer>

const Side = z.object({
  people: Count,
  exposed: Count.nullable().describe('Of them in the exposure file; null: there is none.'),
})

/** A split as the dashboard and the API see one. Times are UTC ms. */
export const Split = z.object({
  id: Count,
  name: z.string(),
  segment: Count,
  segmentName: z.string(),
  reach: z.enum(splitReaches),
  share: z.number(),
  metric: z.enum(splitMetrics),
  windowDays: z.number(),
  madeAt: z.number(),
  state: z.enum(['drawing', 'drawn', 'failed']),
  drawnAt: z.number().nullable().describe('Who was a member at this instant was drawn.'),
  endsAt: z.number().nullable().describe('When everybody was counted for the whole window.'),
  total: Count.nullable(),
  done: Count,
  leftOut: Count.describe('People of it on neither list, because they get no advertising at all.'),
  problem: z.string().nullable(),
  treatment: Side,
  holdout: Side,
  mixed: Count.describe('People on both lists after their records were merged: not compared.'),
  exposure: z
    .object({
      state: z.enum(['reading', 'read', 'failed']),
      fileName: z.string(),
      answer: ExposureAnswer.nullable(),
    })
    .nullable(),
})
export type Split = z.infer<typeof Split>

/** The experiment by which a split's arms are drawn and kept. */
export function experimentOf(split: number): string {
  return `split:${split}`
}
