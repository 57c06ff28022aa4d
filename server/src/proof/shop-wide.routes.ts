import { z } from 'zod'
import { keptOf, keptQuery } from '../jobs/kept-result.ts'
import { type Route, route } from '../web/route.ts'
import { EffectReport } from './effect-report.ts'
import type { ShopWide } from './shop-wide.service.ts'

const readers = ['marketer', 'developer', 'viewer'] as const

const Price = z.object({
  share: z.number().describe('Held out of all advertising now, 0 to 0.1.'),
  days: z.number(),
  people: z.number().describe('People whom advertising reached, or would have, in those days.'),
  began: z.number().nullable().describe('When somebody was first counted; null before.'),
})

/** What all campaigns together caused, and what holding people out of all of them costs. */
export function shopWideRoutes(shopWide: ShopWide): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/proof/shop-wide',
      summary: 'The share held out of all advertising, and how many people that concerns.',
      roles: readers,
      response: Price,
      handle: ({ actor }) => shopWide.price(actor.shop),
    }),
    route({
      method: 'get',
      path: '/api/proof/shop-wide/effect',
      summary:
        'What all campaigns together caused, against people who get no advertising; intervals hold at every look.',
      roles: readers,
      query: z.object(keptQuery),
      response: keptOf(EffectReport),
      handle: ({ actor, query }) => shopWide.effect(actor.shop, query.fresh !== undefined),
    }),
  ]
}
