import { z } from 'zod'
import { Refusal } from '../lib/refusal.ts'
import { decodeCursor, encodeCursor, PageQuery, pageOf } from '../web/page.ts'
import { type Route, route } from '../web/route.ts'
import type { Catalog } from './catalog.service.ts'

const units = (amount: number | null) => (amount === null ? null : amount / 10_000)
const Product = z.object({
  id: z.string(),
  name: z.string(),
  category: z.string().nullable(),
  brand: z.string().nullable(),
  url: z.string().nullable(),
  imageUrl: z.string().nullable(),
  /** In units of the currency. */
  price: z.number().nullable(),
  salePrice: z.number().nullable(),
  currency: z.string().nullable(),
  /** null: not tracked. */
  stock: z.number().nullable(),
  sellable: z.boolean(),
  updatedAt: z.number(),
})

/** The shop's products. */
export function catalogRoutes({ catalog }: { readonly catalog: Catalog }): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/products',
      summary: 'Products by name; found by a part of the name or a whole id.',
      roles: ['marketer', 'developer', 'viewer'],
      query: PageQuery.extend({ search: z.string().max(200).optional() }),
      response: pageOf(Product),
      handle: async ({ actor, query }) => {
        const search = query.search?.normalize('NFC').trim() || undefined
        const rows = await catalog.list(actor.shop, {
          search,
          limit: query.limit,
          after: afterOf(query.after),
        })
        const last = rows.at(-1)
        return {
          items: rows.map((row) => ({
            ...row,
            price: units(row.price),
            salePrice: units(row.salePrice),
          })),
          next: rows.length === query.limit && last ? encodeCursor([last.name, last.id]) : null,
        }
      },
    }),
  ]
}

function afterOf(cursor: string | undefined) {
  if (cursor === undefined) return undefined
  const [name, id] = decodeCursor(cursor) ?? []
  if (typeof name !== 'string' || typeof id !== 'string') {
    throw new Refusal('invalid', 'This page link is not one of ours.', 'after')
  }
  return { name, id }
}
