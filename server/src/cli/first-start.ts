import type { Config } from '../config.ts'
import type { ShopId } from '../lib/brand.ts'
import type { House } from '../wiring.ts'

/** What a start finds or makes: the first shop, its key for pages, and the link for its first owner while there is none. */
export type FirstStart = { readonly shop: ShopId; readonly ownerLink: string | undefined }

/** Makes the first shop when there is none; an installation without anybody who can sign in gets a one-time link. */
export async function firstStart(
  house: House,
  config: Config,
  isDemo: boolean,
): Promise<FirstStart> {
  const [known] = await house.shops.ids()
  const shop = known ?? (await house.shops.create(isDemo ? '온유상점 (데모)' : '내 상점', isDemo))
  if (!isDemo) await pageKey(house, shop)
  if (isDemo || (await house.members.list(shop)).length > 0) return { shop, ownerLink: undefined }
  const token = await house.members.invite(shop, 'owner')
  return { shop, ownerLink: `${config.publicUrl}/welcome#${token}` }
}

/** The key that the set-up page puts into its snippet; made when the shop has none that is valid. */
export async function pageKey(house: House, shop: ShopId): Promise<void> {
  const keys = await house.keys.list(shop)
  const isThere = keys.some((key) => key.scope === 'browser' && key.revokedAt === null)
  if (!isThere) await house.keys.create(shop, '사이트', 'browser')
}
