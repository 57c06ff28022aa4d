import { z } from 'zod'
import { crossingEvents } from '../campaigns/trigger.ts'
import { type Route, route } from '../web/route.ts'
import type { CampaignDurations } from './duration.service.ts'
import type { Crowd } from './duration.store.ts'

const Plan = z.object({
  entrantsAWeek: z.number().describe('People who would have entered, a week, over the last four.'),
  base: z.number().nullable().describe('What each did in the window without the campaign.'),
  pastPeople: z.number(),
  lift: z.number().describe('The relative effect that is to become clear.'),
  windowDays: z.number(),
  durations: z.array(z.object({ share: z.number(), people: z.number(), weeks: z.number() })),
  assumed: z
    .object({
      buyers: z.number().describe('The share who buys.'),
      each: z.number().describe('What one who buys does in the window.'),
      durations: z
        .array(z.object({ share: z.number(), people: z.number(), weeks: z.number().nullable() }))
        .readonly(),
    })
    .nullable()
    .describe('Where history is too thin: the same under this assumption.'),
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
        crossed: z.coerce
          .number()
          .int()
          .positive()
          .optional()
          .describe('Of `Entered Segment` and `Left Segment`: which segment.'),
        audience: z.coerce
          .number()
          .int()
          .positive()
          .optional()
          .describe(
            'Only people who are in this segment then; without an event, whoever enters it.',
          ),
      }),
      response: Plan,
      handle: async ({ actor, query }) => {
        const plan = await durations.plan(actor.shop, {
          ...crowdOf(query),
          windowDays: query.window_days,
          by: query.by,
        })
        return { ...plan, durations: [...plan.durations] }
      },
    }),
  ]
}

/** Whoever does the event, or enters the segment; else members who never bought. */
function crowdOf(asked: {
  readonly event?: string | undefined
  readonly crossed?: number | undefined
  readonly audience?: number | undefined
}): Omit<Crowd, 'joinPage'> & { readonly audience?: number | undefined } {
  const { event, crossed, audience } = asked
  const anybody = { joined: false, withoutOrder: false }
  if (event !== undefined) return { ...anybody, events: [event], crossed, audience }
  return audience === undefined
    ? { events: lookingAround, joined: true, withoutOrder: true }
    : { ...anybody, events: [crossingEvents.entered], crossed: audience }
}

/** What somebody does who looks around in the shop. */
const lookingAround = ['Page Viewed', 'Product Viewed', 'Product List Viewed']
