import { z } from 'zod'
import { type Route, route } from '../../web/route.ts'
import { moreScopes, neededScopes, ShopName } from './keys.ts'
import type { Shopify } from './shopify.service.ts'

const writers = ['developer'] as const
const Key = z.string().trim().min(4).max(200)

/** Connecting a Shopify shop. */
export function shopifyRoutes(shopify: Shopify): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/connections/shopify/app',
      summary: 'What the app at Shopify must be allowed.',
      roles: writers,
      response: z.object({ scopes: z.array(z.string()) }),
      handle: async () => ({ scopes: [...neededScopes, ...moreScopes] }),
    }),
    route({
      method: 'post',
      path: '/api/connections/shopify',
      summary:
        "Connects a Shopify shop by its own app's id and secret, or its token; bringing begins.",
      roles: writers,
      body: z.strictObject({
        shop: ShopName,
        clientId: z.string().trim().max(200),
        clientSecret: Key,
        adminToken: Key.nullable(),
      }),
      response: z.object({ id: z.number() }),
      handle: async ({ actor, body }) => ({ id: await shopify.connect(actor, body) }),
    }),
  ]
}
