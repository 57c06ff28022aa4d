import { z } from 'zod'

/**
 * A report's answer that never keeps a page waiting: the newest result with its time (UTC ms), or that it is being worked out
 * since then.
 */
export type Kept<T> =
  | {
      readonly state: 'ready'
      readonly madeAt: number
      /** A newer one is being worked out. */
      readonly isRefreshing: boolean
      readonly result: T
    }
  | { readonly state: 'working'; readonly since: number }

/** The response of a route that answers with `Kept`. */
export const keptOf = <Result extends z.ZodType>(result: Result) =>
  z.discriminatedUnion('state', [
    z.object({
      state: z.literal('ready'),
      madeAt: z.number(),
      isRefreshing: z.boolean(),
      result,
    }),
    z.object({ state: z.literal('working'), since: z.number() }),
  ])

/** What a route of a kept report takes beside its question. */
export const keptQuery = {
  fresh: z.enum(['1']).optional().describe('Work it out anew although a result is at hand.'),
}
