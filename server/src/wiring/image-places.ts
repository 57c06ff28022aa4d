import { campaignsShowing } from '../campaigns/image-users.store.ts'
import type { Database } from '../database/connection.store.ts'
import type { ImagesNeeds } from '../images/images.service.ts'
import { isPublished } from '../messages/contents.store.ts'
import type { Shops } from '../shops/shops.service.ts'

/** Every place in which a picture can stand; a room that shows pictures is asked here. */
export function placesOfImages(needs: {
  readonly db: Database
  readonly shops: Pick<Shops, 'shop'>
}): Pick<ImagesNeeds, 'usesOf' | 'wasPublished'> {
  const { db, shops } = needs
  return {
    usesOf: async (shop, key) => {
      const campaigns = await campaignsShowing(db, shop, key)
      const { brand } = (await shops.shop(shop)).settings
      return [
        ...campaigns.map((one) => ({ kind: 'campaign' as const, ...one })),
        ...(JSON.stringify(brand ?? null).includes(key) ? [{ kind: 'brand' as const }] : []),
      ]
    },
    wasPublished: (shop, key) => isPublished(db, shop, key),
  }
}
