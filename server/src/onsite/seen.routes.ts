import { z } from 'zod'
import type { Catalog } from '../catalog/catalog.service.ts'
import type { Warehouse } from '../warehouse/connection.store.ts'
import { type Route, route } from '../web/route.ts'
import { seenOnPages } from './seen.store.ts'

const Seen = z.object({
  /** People: who saw half of it for a second, pressed something, closed it, and whose page or browser blocked it. */
  seen: z.number(),
  clicked: z.number(),
  dismissed: z.number(),
  blocked: z.number(),
  cards: z.array(
    z.object({
      position: z.number(),
      card: z.string(),
      /** The product's name; null where the card is no product. */
      name: z.string().nullable(),
      seen: z.number(),
      clicked: z.number(),
    }),
  ),
})

/** What the shop's pages told of a campaign's messages: it describes them and filters no comparison. */
export function seenRoutes(needs: {
  readonly warehouse: Warehouse
  readonly catalog: Pick<Catalog, 'find'>
}): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/campaigns/{id}/seen',
      summary:
        'Who saw, pressed and closed a campaign’s messages on pages, and each card by the place it stood at: compare cards within one place only.',
      roles: ['marketer', 'developer', 'viewer'],
      params: z.object({ id: z.coerce.number().int().positive() }),
      response: Seen,
      handle: async ({ actor, params }) => {
        const told = await seenOnPages(needs.warehouse, actor.shop, params.id)
        const ids = [...new Set(told.cards.map(({ card }) => card))]
        const products = await needs.catalog.find(actor.shop, ids)
        const names = new Map(products.map(({ id, name }) => [id, name]))
        const cards = told.cards.map((one) => ({ ...one, name: names.get(one.card) ?? null }))
        return { ...told, cards }
      },
    }),
  ]
}
