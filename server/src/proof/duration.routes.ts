import { z } from 'zod'
import { type Route, route } from '../web/route.ts'
import type { CampaignDurations } from './duration.service.ts'

const Plan = z.object({
  entrantsAWeek: z.number().describe('People who would have entered, a week, over the last four.'),
  base: z.number().nullable().describe('What each did in the window without the campaign.'),
  pastPeople: z.number(),
  lift: z.number().describe('The relative effect that is to become clear.'),
  windowDays: z.number(),
  durations: z.array(z.object({ share: z.number(), people: z.number(), weeks: z.number() })),
})

/** How long a campaign would have to run before it begins. */
export function durationRoutes(durations: CampaignDurations): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/proof/duration',
      summary:
        'How long a campaign has to run until its effect is clear, by share held out: for who does an event, or for members who never bought.',
      roles: ['marketer', 'developer', 'viewer'],
      query: z.object({
        window_days: z.coerce.number().int().min(1).max(90).default(90),
        by: z.enum(['orders', 'purchase']).default('orders'),
        event: z
          .string()
          .max(200)
          .optional()
          .describe('The event that lets people in; otherwise members who never bought.'),
      }),
      response: Plan,
      handle: async ({ actor, query }) => {
        const plan = await durations.plan(actor.shop, {
          ...(query.event === undefined
            ? { events: lookingAround, joined: true, withoutOrder: true }
            : { events: [query.event], joined: false, withoutOrder: false }),
          windowDays: query.window_days,
          by: query.by,
        })
        return { ...plan, durations: [...plan.durations] }
      },
    }),
  ]
}

/** What somebody does who looks around in the shop. */
const lookingAround = ['Page Viewed', 'Product Viewed', 'Product List Viewed']
