import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import type { Shops } from '../../shops/shops.service.ts'
import type { Vault } from '../../vault/vault.service.ts'
import { type Route, route } from '../../web/route.ts'
import { webhookSettings } from './settings.ts'
import { secretPrefix } from './signature.ts'

type Needs = {
  readonly shops: Pick<Shops, 'shop' | 'set' | 'audit'>
  readonly vault: Pick<Vault, 'seal'>
}

/** The secret that calls of campaigns to the shop's server are signed with. */
export function webhookSecretRoutes({ shops, vault }: Needs): readonly Route[] {
  return [
    route({
      method: 'get',
      path: '/api/shop/webhook-secret',
      summary:
        'Whether calls of campaigns to the shop’s server have a secret; it is never shown again.',
      roles: ['marketer', 'developer'],
      response: z.object({ isSet: z.boolean() }),
      handle: async ({ actor }) => {
        const { settings } = await shops.shop(actor.shop)
        return { isSet: webhookSettings(settings.webhook) !== undefined }
      },
    }),
    route({
      method: 'post',
      path: '/api/shop/webhook-secret',
      summary:
        'Makes a new secret that calls of campaigns are signed with, and shows it this once.',
      roles: ['developer'],
      response: z.object({ secret: z.string() }),
      handle: async ({ actor }) => {
        const secret = secretPrefix + randomBytes(24).toString('base64')
        await shops.set(actor.shop, 'webhook', { sealedSecret: vault.seal(secret) })
        await shops.audit(actor, 'webhook.secret-made', { object: `shop:${actor.shop}` })
        return { secret }
      },
    }),
  ]
}
