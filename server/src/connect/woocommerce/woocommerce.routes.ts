import { z } from 'zod'
import { type Route, route } from '../../web/route.ts'
import type { WooCommerce } from './woocommerce.service.ts'

const Key = (prefix: string) =>
  z.string().trim().startsWith(prefix, `a key that begins with ${prefix}`).max(200)
const MetaKey = z
  .string()
  .trim()
  .max(100)
  .nullable()
  .transform((text) => text || null)

/** Connecting a WooCommerce shop. */
export function woocommerceRoutes(woocommerce: WooCommerce): readonly Route[] {
  return [
    route({
      method: 'post',
      path: '/api/connections/woocommerce',
      summary: 'Connects a WooCommerce shop by a key of its REST API; bringing begins.',
      roles: ['developer'],
      body: z.strictObject({
        url: z.string().trim().min(4).max(300),
        consumerKey: Key('ck_'),
        consumerSecret: Key('cs_'),
        /** Names of the customers' fields in which a plugin keeps consents; null: none does. */
        smsConsentKey: MetaKey,
        emailConsentKey: MetaKey,
      }),
      response: z.object({ id: z.number() }),
      handle: async ({ actor, body }) => ({ id: await woocommerce.connect(actor, body) }),
    }),
  ]
}
