import { z } from 'zod'
import type { Clock } from '../lib/clock.ts'
import { dayMs } from '../lib/duration.ts'
import type { Shops } from '../shops/shops.service.ts'
import type { Warehouse } from '../warehouse/connection.store.ts'
import { type Route, route } from '../web/route.ts'
import type { Catalog } from './catalog.service.ts'
import { interestIn } from './interest.store.ts'
import { sensitiveCategoriesOf } from './sensitive.ts'

type Needs = {
  readonly catalog: Catalog
  readonly warehouse: Warehouse
  readonly clock: Clock
  readonly shops: Pick<Shops, 'shop' | 'set' | 'audit'>
  /** Something is to be told now. */
  readonly onTold: () => void
}

const readers = ['marketer', 'developer', 'viewer'] as const
const Params = z.object({ id: z.string().min(1).max(200) })
const interestDays = 30
const Settings = z.strictObject({
  /** Parts of category names; what lies there stays out of messages off site. */
  sensitiveCategories: z.array(z.string().trim().min(1).max(50)).max(100),
})
const units = (amount: number | null) => (amount === null ? null : amount / 10_000)

/** What is known around products: how they are liked, what was told of them, and which are sensitive. */
export function catalogDeskRoutes(needs: Needs): readonly Route[] {
  return [...aboutRoutes(needs), ...heldRoutes(needs), ...settingsRoutes(needs)]
}

function aboutRoutes({ catalog, warehouse, clock }: Needs): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/products/{id}/interest',
      summary: 'How often a product was looked at, put into carts and ordered in the last 30 days.',
      roles: readers,
      params: Params,
      response: z.object({
        views: z.number(),
        viewers: z.number(),
        carts: z.number(),
        orders: z.number(),
      }),
      handle: ({ actor, params }) =>
        interestIn(warehouse, actor.shop, {
          product: params.id,
          since: clock.now() - interestDays * dayMs,
        }),
    }),
    route({
      method: 'get',
      path: '/api/products/{id}/news',
      summary:
        'Price drops and returns to stock of a product, newest first, and how many people were told.',
      roles: readers,
      params: Params,
      response: z.object({
        items: z.array(
          z.object({
            kind: z.enum(['price_drop', 'back_in_stock']),
            at: z.number(),
            price: z.number().nullable(),
            /** Lowest price of the 20 days before. */
            reference: z.number().nullable(),
            state: z.enum(['settling', 'held', 'telling', 'done', 'over', 'declined']),
            people: z.number(),
          }),
        ),
      }),
      handle: async ({ actor, params }) => ({
        items: (await catalog.newsOf(actor.shop, params.id)).map((one) => ({
          ...one,
          state: one.state as 'done',
          price: units(one.price),
          reference: units(one.reference),
        })),
      }),
    }),
  ]
}

function heldRoutes({ catalog, clock, shops, onTold }: Needs): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/product-news/held',
      summary: 'Lowered prices that wait for a word, because there were very many at once.',
      roles: readers,
      response: z.object({ held: z.number(), at: z.number().nullable() }),
      handle: ({ actor }) => catalog.heldNews(actor.shop),
    }),
    route({
      method: 'post',
      path: '/api/product-news/held',
      summary: 'The word about them: they are told to those who looked, or they are not.',
      roles: ['marketer'],
      body: z.strictObject({ tell: z.boolean() }),
      response: z.object({ settled: z.number() }),
      handle: async ({ actor, body }) => {
        const word = { tell: body.tell, now: clock.now() }
        const settled = await catalog.settleHeld(actor.shop, word)
        await shops.audit(actor, body.tell ? 'product-news.tell' : 'product-news.decline', {
          object: 'product-news:held',
          detail: { settled },
        })
        if (body.tell) onTold()
        return { settled }
      },
    }),
  ]
}

function settingsRoutes({ shops }: Needs): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/settings/catalog',
      summary: 'Which categories are sensitive.',
      roles: readers,
      response: Settings,
      handle: async ({ actor }) => {
        const { settings } = await shops.shop(actor.shop)
        return { sensitiveCategories: [...sensitiveCategoriesOf(settings)] }
      },
    }),
    route({
      method: 'put',
      path: '/api/settings/catalog',
      summary: 'Says which categories are sensitive.',
      roles: ['marketer'],
      body: Settings,
      response: Settings,
      handle: async ({ actor, body }) => {
        const words = body.sensitiveCategories.map((one) => one.normalize('NFC').toLowerCase())
        const sensitiveCategories = [...new Set(words)]
        await shops.set(actor.shop, 'catalog', { sensitiveCategories })
        await shops.audit(actor, 'settings.catalog', {
          object: `shop:${actor.shop}`,
          detail: { sensitiveCategories },
        })
        return { sensitiveCategories }
      },
    }),
  ]
}
