import { z } from 'zod'
import { keptOf, keptQuery } from '../jobs/kept-result.ts'
import type { Shops } from '../shops/shops.service.ts'
import { type Route, route } from '../web/route.ts'
import { EffectReport } from './effect-report.ts'
import type { Effects } from './effects.service.ts'
import { marginOf, ProofSettings } from './margin.ts'
import { SegmentEffect } from './segment-effect.ts'
import type { SegmentEffects } from './segment-effects.service.ts'

const readers = ['marketer', 'developer', 'viewer'] as const

/** What campaigns caused, and the margin from which profit is told. */
export function effectRoutes(needs: {
  readonly effects: Effects
  readonly segmentEffects: SegmentEffects
  readonly shops: Shops
}): readonly Route[] {
  const { effects, segmentEffects, shops } = needs
  return [
    route({
      method: 'get',
      path: '/api/campaigns/{id}/effect',
      summary:
        'What the campaign caused, against the people it left out on purpose; intervals hold at every look.',
      roles: readers,
      params: z.object({ id: z.coerce.number().int().positive() }),
      query: z.object(keptQuery),
      response: keptOf(EffectReport),
      handle: ({ actor, params, query }) =>
        effects.effect(actor.shop, params.id, { isFresh: query.fresh !== undefined }),
    }),
    route({
      method: 'get',
      path: '/api/campaigns/{id}/effect/segments/{segment}',
      summary:
        'Buying among people who were in the segment when it was decided to send, and among those who were not; held to as many looks as there are segments.',
      roles: readers,
      params: z.object({
        id: z.coerce.number().int().positive(),
        segment: z.coerce.number().int().positive(),
      }),
      query: z.object(keptQuery),
      response: keptOf(SegmentEffect),
      handle: ({ actor, params, query }) =>
        segmentEffects.effect(actor.shop, {
          ...{ campaign: params.id, segment: params.segment },
          isFresh: query.fresh !== undefined,
        }),
    }),
    route({
      method: 'get',
      path: '/api/settings/margin',
      summary: 'What is left of a price once the goods are paid; null until the shop said.',
      roles: readers,
      response: ProofSettings,
      handle: async ({ actor }) => ({
        margin: marginOf((await shops.shop(actor.shop)).settings),
      }),
    }),
    route({
      method: 'put',
      path: '/api/settings/margin',
      summary: 'Says the margin (0 to 1), so that reports tell profit; null takes it back.',
      roles: ['marketer'],
      body: ProofSettings,
      response: ProofSettings,
      handle: async ({ actor, body }) => {
        await shops.set(actor.shop, 'proof', body)
        const detail = { margin: body.margin }
        await shops.audit(actor, 'margin.changed', { object: `shop:${actor.shop}`, detail })
        return body
      },
    }),
  ]
}
