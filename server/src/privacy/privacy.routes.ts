import { z } from 'zod'
import type { Database } from '../database/connection.store.ts'
import { Refusal } from '../lib/refusal.ts'
import type { Shops } from '../shops/shops.service.ts'
import { type Route, route } from '../web/route.ts'
import { readErasure } from './erasures.store.ts'
import type { PersonExport } from './export.service.ts'

const IdParams = z.object({ id: z.coerce.number().int().positive() })

/** What a person may ask of the shop about themselves. */
export function privacyRoutes(needs: {
  readonly exportOf: PersonExport
  readonly db: Database
  readonly shops: Pick<Shops, 'audit'>
}): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/customers/{id}/erasure',
      summary:
        'The certificate of an erasure: when, by whom, and the facts that stay without a name.',
      roles: ['marketer', 'developer', 'viewer'],
      params: IdParams,
      response: z.object({
        customer: z.number(),
        at: z.number(),
        by: z.string().nullable(),
        byName: z.string().nullable(),
        orders: z.number(),
      }),
      handle: async ({ actor, params }) => {
        const erasure = await readErasure(needs.db, actor.shop, params.id)
        if (!erasure) throw new Refusal('not-found', `Customer ${params.id} was not erased.`)
        return { customer: params.id, ...erasure }
      },
    }),
    route({
      method: 'get',
      path: '/api/customers/{id}/export',
      summary:
        'Everything kept of one customer, addresses in the clear, as one JSON file for the person. Each is in the audit log.',
      roles: ['marketer'],
      params: IdParams,
      response: z.record(z.string(), z.json()),
      handle: async ({ actor, params }) => {
        const answer = await needs.exportOf(actor.shop, params.id)
        await needs.shops.audit(actor, 'customer.exported', { object: `customer:${params.id}` })
        return Response.json(answer, {
          headers: {
            'cache-control': 'no-store',
            'content-disposition': `attachment; filename="customer-${params.id}.json"`,
          },
        })
      },
    }),
  ]
}
