import type { PreviewNeeds } from '../campaigns/preview.service.ts'
import type { Coupons } from '../coupons/coupons.service.ts'
import { sampleCoupon } from '../coupons/drawn.ts'
import type { Database } from '../database/connection.store.ts'
import type { CustomerId, ShopId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import type { Messages } from '../messages/messages.service.ts'
import type { Recipe } from '../recommendations/recipe.ts'
import type { Recommendations } from '../recommendations/recommendations.service.ts'
import { unknownOnlooker } from '../recommendations/recommended.ts'
import type { Shop } from '../shops/shop.ts'
import type { Shops } from '../shops/shops.service.ts'

export type DrawingNeeds = {
  readonly db: Database
  readonly clock: Clock
  readonly tenants: Shops
  readonly message: Messages
  readonly coupon: Coupons
  readonly recommended: Recommendations
  readonly config: { readonly publicUrl: string }
}

/** What messages are drawn with before they go. */
export function drawingOf(needs: DrawingNeeds) {
  const { db, clock, tenants, coupon, recommended } = needs
  return {
    db,
    clock,
    shops: tenants,
    compile: needs.message.compile,
    publicUrl: needs.config.publicUrl,
    recommend: async (shop: ShopId, recipe: Recipe, customer: number | undefined) => {
      const person =
        customer === undefined
          ? unknownOnlooker
          : await recommended.onlooker(shop, customer as CustomerId)
      return recommended.pick(shop, { recipe, person, isOffSite: true })
    },
    couponOf: async (shop: Shop, id: number, at: number) => {
      const [pool] = await coupon.pools(db, shop.id, [id])
      return pool && sampleCoupon(pool, at, shop)
    },
  } satisfies PreviewNeeds
}
