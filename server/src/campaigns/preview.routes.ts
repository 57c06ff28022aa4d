import { z } from 'zod'
import { Shown } from '../channels/shown.ts'
import { nameFor, readers, ShownRule } from '../messages/listing.ts'
import { forms } from '../messages/price.ts'
import { type Route, route } from '../web/route.ts'
import { Flow } from './campaign.ts'
import { KakaoPreviewAnswer } from './campaigns.routes.ts'
import type { Campaigns } from './campaigns.service.ts'
import type { flowCheck } from './flow-check.service.ts'
import type { ManyPreviews } from './many-previews.service.ts'
import { previewCases } from './preview-cases.ts'

const Said = z.object({ ko: z.string(), en: z.string() })
const Id = z.object({ id: z.coerce.number().int().positive() })
const Draft = z.object({
  draft: Flow.optional().describe('An unsaved draft; the saved one unless given.'),
})
const One = z.object({
  code: z.enum(previewCases),
  customer: z.number().nullable(),
  name: z.string().nullable(),
  subject: z.string(),
  text: z.string(),
  shown: Shown.nullable(),
  kakao: KakaoPreviewAnswer.nullable(),
  view: z
    .record(z.string(), z.unknown())
    .nullable()
    .describe('Of a message on the page: what the page draws.'),
  form: z.enum(forms).nullable(),
  bytes: z.number(),
  cost: z.number().nullable(),
  verdict: z.enum(['send', 'held', 'refused', 'would_send']),
  at: z.number().nullable(),
  why: Said,
})

/** Looking at the messages of a campaign before they go. */
export function previewRoutes(
  campaigns: Pick<Campaigns, 'get'>,
  previews: ManyPreviews,
  check: ReturnType<typeof flowCheck>,
): readonly Route[] {
  return [
    route({
      method: 'post',
      path: '/api/campaigns/{id}/previews',
      summary:
        'Draws a message for 20 people at once, real and made up, with what it costs and when it would go or why not. Sends nothing.',
      roles: readers,
      params: Id,
      body: Draft.extend({ step: z.number().int().optional() }),
      response: z.object({ items: z.array(One) }),
      handle: async ({ actor, params, body }) => {
        const flow = body.draft ?? (await campaigns.get(actor.shop, params.id)).draft
        const asked = { flow, step: body.step, shownName: nameFor(actor) }
        const items = await previews.draw(actor.shop, asked)
        return { items: [...items] }
      },
    }),
    route({
      method: 'post',
      path: '/api/campaigns/{id}/check',
      summary:
        'What keeps the steps of the campaign from being published: their words, and the coupons, lists and days they name.',
      roles: readers,
      params: Id,
      body: Draft,
      response: z.object({
        problems: z.array(
          Said.extend({
            step: z.number(),
            link: z.number(),
            code: z.string(),
            field: z.string(),
            rule: ShownRule.optional(),
          }),
        ),
      }),
      handle: async ({ actor, params, body }) => {
        const flow = body.draft ?? (await campaigns.get(actor.shop, params.id)).draft
        return { problems: [...(await check(actor.shop, flow))] }
      },
    }),
    route({
      method: 'get',
      path: '/api/campaigns/{id}/steps',
      summary: 'How many people stand on each step now.',
      roles: readers,
      params: Id,
      response: z.object({
        items: z.array(z.object({ step: z.number(), people: z.number() })),
      }),
      handle: async ({ actor, params }) => {
        const { id } = await campaigns.get(actor.shop, params.id)
        return { items: [...(await previews.stepCounts(actor.shop, id))] }
      },
    }),
  ]
}
