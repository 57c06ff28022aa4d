import { randomBytes } from 'node:crypto'
import { refusedUrl } from '../../channels/webhook/guarded-post.driver.ts'
import { Refusal } from '../../lib/refusal.ts'
import type { Actor } from '../../web/route.ts'
import { type PlatformCalls, PlatformTrouble } from '../platform/call.driver.ts'
import type { PlatformAnswer } from '../platform/call.ts'
import type { Connections } from '../platform/connections.service.ts'
import type { Platform } from '../platform/platform.ts'
import { shopNameOf, type WooKeys } from './keys.ts'

/** Connects a WooCommerce shop with a key that its owner made there: tried first, and kept when the shop takes it. */
export function woocommerce(needs: {
  readonly calls: PlatformCalls
  readonly connections: Connections
  readonly platform: Platform
}) {
  const { calls, connections, platform } = needs

  async function tried(name: string, keys: WooKeys): Promise<PlatformAnswer> {
    const refused = platform.isAnywhere ? await refusedUrl(`https://${name}`) : undefined
    if (refused) throw new Refusal('invalid', refused, 'url')
    const asked = {
      method: 'get',
      path: '/orders',
      query: { per_page: '1' },
      headers: platform.headersOf(keys),
    } as const
    try {
      return await calls.bare(`woocommerce:${name}`, platform, {
        base: platform.baseOf(name),
        asked,
      })
    } catch (error) {
      if (!(error instanceof PlatformTrouble)) throw error
      throw new Refusal('invalid', `The shop does not answer at ${name}: ${error.message}`, 'url')
    }
  }

  return {
    connect: async (
      actor: Actor,
      asked: {
        readonly url: string
        readonly consumerKey: string
        readonly consumerSecret: string
        readonly smsConsentKey: string | null
        readonly emailConsentKey: string | null
      },
    ): Promise<number> => {
      const name = shopNameOf(asked.url)
      if (!name) throw new Refusal('invalid', 'This is no address of a shop.', 'url')
      const { consumerKey, consumerSecret, smsConsentKey, emailConsentKey } = asked
      const hookSecret = randomBytes(24).toString('base64url')
      const keys = { consumerKey, consumerSecret, hookSecret }
      refuseUnlessTaken(await tried(name, keys))
      const { shop } = actor
      const row = await connections.ask(shop, { kind: 'woocommerce', name, pending: {} })
      // Known before anything is brought: members come with their consents.
      await connections.keep(shop, row.id, { smsConsentKey, emailConsentKey })
      await connections.connected(actor, row.id, keys)
      await connections.settle(shop, row.id)
      return row.id
    },
  }
}
export type WooCommerce = ReturnType<typeof woocommerce>

function refuseUnlessTaken({ status, body }: PlatformAnswer): void {
  if (status === 401 || status === 403)
    throw new Refusal(
      'invalid',
      'The shop does not take this key. It needs read and write access, and its owner must manage the shop.',
      'consumerKey',
    )
  if (status !== 200 || !Array.isArray(body))
    throw new Refusal(
      'invalid',
      'There is no WooCommerce API at this address. Permalinks must not be Plain, and WooCommerce must be 5.8 or newer.',
      'url',
    )
}
