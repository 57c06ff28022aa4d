import { z } from 'zod'
import type { CustomerId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import { type Route, route } from '../web/route.ts'
import { find } from './choose.ts'
import { Quality } from './edition.ts'
import { Recipe, strategyNames } from './recipe.ts'
import type { Recommendations } from './recommendations.service.ts'
import { unknownOnlooker } from './recommended.ts'

const Said = z.object({ ko: z.string(), en: z.string() })
const Shown = z.object({
  product: z.string(),
  name: z.string(),
  category: z.string().nullable(),
  brand: z.string().nullable(),
  url: z.string().nullable(),
  imageUrl: z.string().nullable(),
  /** In units of the currency. */
  price: z.number().nullable(),
  salePrice: z.number().nullable(),
  currency: z.string().nullable(),
  stock: z.number().nullable(),
  rating: z.number().nullable(),
  reviews: z.number().nullable(),
  benefit: z.string().nullable(),
  strategy: z.enum(strategyNames),
  line: Said,
  why: Said,
})
const EvidenceRow = z.object({
  /** The product or search it stands beside; '' of a list of the whole shop. */
  of: z.string(),
  ofName: z.string(),
  product: z.string(),
  name: z.string(),
  /** Cases, of how many. */
  count: z.number(),
  outOf: z.number(),
  /** What the way orders by; of `repurchase` the days. */
  score: z.number(),
})
const readers = ['marketer', 'developer', 'viewer'] as const

/** How recommendations are looked at and tried. */
export function recommendationRoutes(needs: {
  readonly recommendations: Recommendations
  readonly clock: Clock
}): readonly Route[] {
  return [...looking(needs), ...trying(needs)]
}

type Needs = Parameters<typeof recommendationRoutes>[0]

function looking({ recommendations }: Needs): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/recommendations',
      summary:
        'What recommendations rest on: when they were counted, from how much, how well they guess.',
      roles: [...readers],
      response: z.object({
        computedAt: z.number().nullable(),
        tookMs: z.number().nullable(),
        orders: z.number(),
        ordersOf: z.number(),
        visits: z.number(),
        lists: z.record(z.string(), z.number()),
        segments: z.array(z.number()).describe('Segments whose buying was counted.'),
        quality: Quality.nullable(),
      }),
      handle: async ({ actor }) => {
        const edition = await recommendations.edition(actor.shop)
        const { about } = edition ?? { about: nothing }
        return {
          ...about,
          computedAt: edition?.computedAt ?? null,
          tookMs: edition?.tookMs ?? null,
        }
      },
    }),
    route({
      method: 'get',
      path: '/api/recommendations/{strategy}/evidence',
      summary: 'The counts behind one way of choosing, those with most cases first.',
      roles: [...readers],
      params: z.object({ strategy: z.enum(strategyNames) }),
      query: z.object({
        of: z
          .string()
          .max(200)
          .optional()
          .describe('A product id, a search or a segment; without it the strongest of all.'),
      }),
      response: z.object({ items: z.array(EvidenceRow) }),
      handle: async ({ actor, params, query }) => ({
        items: [...(await recommendations.evidence(actor.shop, { ...params, of: query.of }))],
      }),
    }),
    route({
      method: 'post',
      path: '/api/recommendations/count',
      summary: 'Counts anew as soon as a worker is free.',
      roles: ['marketer', 'developer'],
      response: z.object({ asked: z.literal(true) }),
      handle: async ({ actor }) => {
        await recommendations.countSoon(actor.shop)
        return { asked: true as const }
      },
    }),
  ]
}

const nothing = { orders: 0, ordersOf: 0, visits: 0, lists: {}, segments: [], quality: null }

function trying({ recommendations, clock }: Needs): readonly Route[] {
  return [
    route({
      method: 'post',
      path: '/api/recommendations/try',
      summary:
        'What a recipe gives a customer now, and why; without one, what it gives a stranger.',
      roles: [...readers],
      body: z.object({
        recipe: Recipe,
        customer: z.number().int().positive().optional(),
        /** As in a message: what is sensitive is left out. */
        offSite: z.boolean().default(false),
      }),
      response: z.object({ items: z.array(Shown), enough: z.boolean() }),
      handle: async ({ actor, body }) => {
        const { recipe, customer, offSite } = body
        // Whoever tries a recipe has just changed a product, or asked for a count.
        const tables = await recommendations.freshTables(actor.shop)
        const person =
          customer === undefined
            ? unknownOnlooker
            : await recommendations.onlooker(actor.shop, customer as CustomerId)
        const items = find(recipe, tables, { person, now: clock.now(), isOffSite: offSite })
        return { items: [...items], enough: items.length >= recipe.atLeast }
      },
    }),
  ]
}
