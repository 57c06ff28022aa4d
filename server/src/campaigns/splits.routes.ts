import { z } from 'zod'
import { type Route, route } from '../web/route.ts'
import type { SplitReporting } from './splits.service.ts'

const Rate = z.object({ people: z.number(), reached: z.number(), rate: z.number().nullable() })
const Split = z.object({
  /** Id of the step. */
  step: z.number(),
  mode: z.enum(['fixed', 'adaptive']),
  arms: z
    .array(
      z.object({
        id: z.string(),
        name: z.string(),
        share: z.number(),
        all: Rate,
        open: z.number(),
        judged: Rate.extend({
          interval: z.object({ low: z.number(), high: z.number() }).nullable(),
        }),
      }),
    )
    .readonly(),
  /** The shares were changed on the way; each person is compared with those drawn under the same ones. */
  reshared: z.boolean(),
  isMismatched: z.boolean().describe('The arms are not as large as their shares were set.'),
  leader: z.string().nullable(),
  /** The arm with the highest rate against the next: difference of the rates and its interval. */
  ahead: z
    .object({
      arm: z.string(),
      than: z.string(),
      value: z.number(),
      low: z.number(),
      high: z.number(),
    })
    .nullable(),
  verdict: z.enum(['leads', 'open', 'too_little']),
})

/** How the arms of a campaign's random splits do. */
export function splitRoutes(reports: SplitReporting): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/campaigns/{id}/splits',
      summary:
        'People and goals of each arm of the random splits, once their goal window is over. Arms are compared by those drawn by set shares only.',
      roles: ['marketer', 'developer', 'viewer'],
      params: z.object({ id: z.coerce.number().int().positive() }),
      response: z.object({
        windowHours: z.number(),
        event: z.string().describe('What counts as reached: the event of the goal.'),
        splits: z.array(Split).readonly(),
      }),
      handle: ({ actor, params }) => reports(actor.shop, params.id),
    }),
  ]
}
