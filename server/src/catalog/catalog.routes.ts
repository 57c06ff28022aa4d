import { z } from 'zod'
import type { ShopId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import { readDecimal } from '../lib/decimal.ts'
import { dayMs } from '../lib/duration.ts'
import type { JsonObject } from '../lib/json.ts'
import { Refusal } from '../lib/refusal.ts'
import { decodeCursor, encodeCursor, PageQuery, pageOf } from '../web/page.ts'
import { type Actor, type Route, route } from '../web/route.ts'
import type { Catalog } from './catalog.service.ts'
import { ProductAnswer, productAnswer } from './product-answer.ts'
import { ProductEdit, ProductsInput, propertiesOf } from './product-input.ts'

export type CatalogRoutesNeeds = {
  readonly catalog: Catalog
  readonly clock: Clock
  readonly audit: (
    actor: Actor,
    act: string,
    what: { readonly object: string; readonly detail?: JsonObject },
  ) => Promise<unknown>
  /** Puts words about products into the log and waits for the line (events/product-words). */
  readonly tell: (
    shop: ShopId,
    said: { readonly products: readonly JsonObject[]; readonly source: string },
  ) => Promise<void>
}

const readers = ['marketer', 'developer', 'viewer'] as const
const writers = ['marketer', 'developer'] as const
const Params = z.object({ id: z.string().min(1).max(200) })
/** A call of 1,000 whole products. */
const bodyBytes = 8 * 1024 * 1024
const Shelf = z.object({ name: z.string(), products: z.number() })
const Told = z.object({ products: z.number() })

/** The shop's products. */
export function catalogRoutes(needs: CatalogRoutesNeeds): readonly Route[] {
  return [...listRoutes(needs), ...oneRoutes(needs), ...tellRoutes(needs)]
}

function listRoutes({ catalog }: CatalogRoutesNeeds): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/products',
      summary:
        'Products by name; found by a part of the name or a whole id. Variants are asked for by their parent.',
      roles: readers,
      query: PageQuery.extend({
        search: z.string().max(200).optional(),
        category: z.string().max(1_000).optional(),
        source: z.string().max(50).optional(),
        state: z.enum(['available', 'sold_out', 'off_sale', 'on_sale', 'sensitive']).optional(),
        parent: z.string().max(200).optional(),
      }),
      response: pageOf(ProductAnswer),
      handle: async ({ actor, query }) => {
        const { limit, after, ...asked } = query
        const search = asked.search?.normalize('NFC').trim() || undefined
        const page = { ...asked, search, limit, after: afterOf(after) }
        const rows = await catalog.list(actor.shop, page)
        const last = rows.at(-1)
        return {
          items: rows.map(productAnswer),
          next: rows.length === limit && last ? encodeCursor([last.name, last.id]) : null,
        }
      },
    }),
    route({
      method: 'get',
      path: '/api/product-shelves',
      summary: 'The categories and sources of the products, the largest first.',
      roles: readers,
      response: z.object({ categories: z.array(Shelf), sources: z.array(Shelf) }),
      handle: async ({ actor }) => {
        const { categories, sources } = await catalog.shelves(actor.shop)
        return { categories: [...categories], sources: [...sources] }
      },
    }),
  ]
}

function oneRoutes({ catalog, clock }: CatalogRoutesNeeds): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/products/{id}',
      summary: 'One product.',
      roles: readers,
      params: Params,
      response: ProductAnswer.extend({
        /** The shop said what it costs; the amount itself is in profit alone. */
        costKnown: z.boolean(),
      }),
      handle: async ({ actor, params }) => ({
        ...productAnswer(await known(catalog, actor.shop, params.id)),
        costKnown: await catalog.isCostKnown(actor.shop, params.id),
      }),
    }),
    route({
      method: 'get',
      path: '/api/products/{id}/history',
      summary: 'How the price in force and the stock of a product went, oldest first.',
      roles: readers,
      params: Params,
      query: z.object({ days: z.coerce.number().int().min(1).max(400).default(90) }),
      response: z.object({
        items: z.array(
          z.object({
            at: z.number(),
            price: z.number().nullable(),
            stock: z.number().nullable(),
            available: z.boolean(),
          }),
        ),
      }),
      handle: async ({ actor, params, query }) => {
        const since = clock.now() - query.days * dayMs
        const rows = await catalog.history(actor.shop, { product: params.id, since })
        const price = (amount: number | null) => (amount === null ? null : amount / 10_000)
        return { items: rows.map((row) => ({ ...row, price: price(row.price) })) }
      },
    }),
  ]
}

function tellRoutes({ catalog, clock, audit, tell }: CatalogRoutesNeeds): readonly Route[] {
  const put = (method: 'put' | 'post') =>
    route({
      method,
      path: '/api/products',
      summary:
        'Says what products are, 1,000 a call at most. What is left out stays, null takes it away; the same call again changes nothing.',
      roles: writers,
      body: ProductsInput,
      bodyLimitBytes: bodyBytes,
      response: Told,
      handle: async ({ actor, body }) => {
        await saveCosts(actor.shop, body.products)
        const products = body.products.map(({ id, ...edit }) => propertiesOf(id, edit))
        await tell(actor.shop, { products, source: 'api' })
        return { products: products.length }
      },
    })
  return [
    put('put'),
    put('post'),
    route({
      method: 'patch',
      path: '/api/products/{id}',
      summary: 'Changes what is said of one product, such as whether it is sensitive.',
      roles: writers,
      params: Params,
      body: ProductEdit,
      response: ProductAnswer,
      handle: async ({ actor, params, body }) => {
        const { id } = params
        const { source } = await known(catalog, actor.shop, id)
        await saveCosts(actor.shop, [{ id, ...body }])
        // A word by hand does not take the product from its feed.
        await tell(actor.shop, { products: [propertiesOf(id, body)], source })
        await audit(actor, 'product.change', {
          object: `product:${id}`,
          detail: { fields: Object.keys(body) },
        })
        return productAnswer(await known(catalog, actor.shop, id))
      },
    }),
  ]

  async function saveCosts(
    shop: ShopId,
    said: readonly { readonly id: string; readonly cost?: number | null | undefined }[],
  ): Promise<void> {
    const costs = said.flatMap(({ id, cost }) =>
      cost === undefined ? [] : [{ product: id, cost: tenThousandths(cost) }],
    )
    await catalog.saveCosts(shop, { costs, at: clock.now() })
  }
}

function tenThousandths(amount: number | null): number | null {
  const decimal = amount === null ? undefined : readDecimal(amount)
  return decimal === undefined ? null : Number(decimal)
}

async function known(catalog: Catalog, shop: ShopId, id: string) {
  const [row] = await catalog.find(shop, [id.normalize('NFC')])
  if (!row) throw new Refusal('not-found', 'There is no such product.')
  return row
}

function afterOf(cursor: string | undefined) {
  if (cursor === undefined) return undefined
  const [name, id] = decodeCursor(cursor) ?? []
  if (typeof name !== 'string' || typeof id !== 'string') {
    throw new Refusal('invalid', 'This page link is not one of ours.', 'after')
  }
  return { name, id }
}
