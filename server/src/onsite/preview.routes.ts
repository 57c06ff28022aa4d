import { z } from 'zod'
import { IdParams } from '../messages/listing.ts'
import { type Route, route } from '../web/route.ts'
import type { PreviewedOnPage } from './previewed.service.ts'

/** A link that shows a draft on the shop's own page. */
export function pagePreviewRoutes(previews: PreviewedOnPage): readonly Route[] {
  return [
    route({
      method: 'post',
      path: '/api/campaigns/{id}/page-preview',
      summary:
        'A link that shows the saved draft on a page of the shop for an hour. Looking at it counts and keeps nothing.',
      roles: ['marketer', 'developer'],
      params: IdParams,
      body: z.object({
        page: z.string().max(2_000).describe('A page of the shop’s own site.'),
        step: z.number().int().positive().optional(),
        customer: z.number().int().positive().optional().describe('Whose values stand in it.'),
      }),
      response: z.object({ url: z.string(), until: z.number() }),
      handle: ({ actor, params, body }) => previews.link(actor.shop, params.id, body),
    }),
  ]
}
