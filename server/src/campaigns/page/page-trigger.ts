import { z } from 'zod'
import { Filter } from '../../segments/filter.ts'

/** Bounds of a page trigger. */
export const pageLimits = {
  patterns: 20,
  whens: 4,
  seconds: 600,
} as const

/** Which addresses: of the path alone (`is`, `starts`), or of the whole address without what stands after # (`holds`). */
export const PagePattern = z.strictObject({
  by: z.enum(['is', 'starts', 'holds']),
  value: z.string().trim().min(1).max(500),
})
export type PagePattern = z.infer<typeof PagePattern>

/**
 * When, on a page that fits, the message is due. `exit`: the pointer leaves at the top; on a touch screen quick scrolling
 * back up. `inactive`: nobody moved, typed or scrolled for so long. `event`: the page told of it.
 */
export const When = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('now') }),
  z.strictObject({
    kind: z.literal('seconds'),
    seconds: z.number().int().min(1).max(pageLimits.seconds),
  }),
  z.strictObject({ kind: z.literal('scroll'), percent: z.number().int().min(1).max(100) }),
  z.strictObject({ kind: z.literal('exit') }),
  z.strictObject({
    kind: z.literal('inactive'),
    seconds: z.number().int().min(5).max(pageLimits.seconds),
  }),
  z.strictObject({
    kind: z.literal('event'),
    event: z.string().trim().min(1).max(200),
    filter: Filter.optional(),
  }),
])
export type When = z.infer<typeof When>

/**
 * What lets a visitor in at a page of the shop: the decision falls while the page waits for it, and the flow's first message
 * must be one that stands on the page.
 */
export const pageTriggerShape = {
  kind: z.literal('page'),
  /** Every page when empty. */
  only: z.array(PagePattern).max(pageLimits.patterns).default([]),
  never: z.array(PagePattern).max(pageLimits.patterns).default([]),
  /** `stranger`: nobody has signed in on this device for a year. `returning`: not their first visit. */
  visitor: z.enum(['all', 'stranger', 'member', 'new', 'returning']).default('all'),
  /** Only from this page view of the visit on, or to who visited before. */
  fromView: z.number().int().min(1).max(50).default(1),
  /** The cart holds goods for so much at least, currency units. */
  cartFrom: z.number().min(0).max(1_000_000_000).optional(),
  /** Any of them. */
  when: z
    .array(When)
    .min(1)
    .max(pageLimits.whens)
    .default([{ kind: 'now' }]),
  /** How often one visitor may see it: at every page view, once a visit, once a day, once in 7 days, once for ever. */
  often: z.enum(['view', 'visit', 'day', 'week', 'once']).default('visit'),
} as const
const PageTrigger = z.strictObject(pageTriggerShape)
export type PageTrigger = z.infer<typeof PageTrigger>
