import type { ShopId } from '../../lib/brand.ts'
import type { Shops } from '../../shops/shops.service.ts'
import type { Actor } from '../../web/route.ts'
import { type JoinPageSettings, joinPageBy, joinPageOf } from './join-page.ts'

/** The page that a shop shows after joining: what new playbooks, plans and forms take for "has joined". Drafts that exist stay as they are. */
export function joinPages({
  shops,
  platformOf,
}: {
  readonly shops: Pick<Shops, 'shop' | 'set' | 'audit'>
  /** `cafe24` ...: the platform that the shop is connected to; undefined: none. */
  readonly platformOf: (shop: ShopId) => Promise<string | undefined>
}) {
  const get = async (shop: ShopId) => {
    const [{ settings }, platform] = await Promise.all([shops.shop(shop), platformOf(shop)])
    const [holds, usual] = [joinPageOf(settings, platform), joinPageBy(platform)]
    return { joined: holds === usual ? null : holds, usual, holds }
  }
  return {
    get,
    /** What its path holds; '': there is no such page. */
    holds: async (shop: ShopId) => (await get(shop)).holds,
    set: async (actor: Actor, settings: JoinPageSettings) => {
      await shops.set(actor.shop, 'pages', settings)
      await shops.audit(actor, 'join_page.changed', {
        object: `shop:${actor.shop}`,
        detail: settings,
      })
      return await get(actor.shop)
    },
  }
}
export type JoinPages = ReturnType<typeof joinPages>
