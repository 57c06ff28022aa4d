import { z } from 'zod'
import type { Shops } from '../shops/shops.service.ts'
import { type Route, route } from '../web/route.ts'
import type { PersonExport } from './export.service.ts'

/** What a person may ask of the shop about themselves. */
export function privacyRoutes(needs: {
  readonly exportOf: PersonExport
  readonly shops: Pick<Shops, 'audit'>
}): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/customers/{id}/export',
      summary:
        'Everything kept of one customer, addresses in the clear, as one JSON file for the person. Each is in the audit log.',
      roles: ['marketer'],
      params: z.object({ id: z.coerce.number().int().positive() }),
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
