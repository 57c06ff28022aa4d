import type { StrategyName } from './recipe.ts'
import { bestFirstProducts } from './strategies/best-first-products.ts'
import { boughtTogether } from './strategies/bought-together.ts'
import { chosen } from './strategies/chosen.ts'
import { newArrivals } from './strategies/new-arrivals.ts'
import { nextAfter } from './strategies/next-after.ts'
import { onSale } from './strategies/on-sale.ts'
import { popular } from './strategies/popular.ts'
import { popularInSegment } from './strategies/popular-in-segment.ts'
import { recentlyViewed } from './strategies/recently-viewed.ts'
import { repurchase } from './strategies/repurchase.ts'
import { searched } from './strategies/searched.ts'
import { similar } from './strategies/similar.ts'
import { viewedTogether } from './strategies/viewed-together.ts'
import type { Way } from './way.ts'

/** Every way of choosing. */
export const ways = {
  best_first_products: bestFirstProducts,
  viewed_together: viewedTogether,
  bought_together: boughtTogether,
  next_after: nextAfter,
  similar,
  recently_viewed: recentlyViewed,
  new_arrivals: newArrivals,
  on_sale: onSale,
  popular,
  popular_in_segment: popularInSegment,
  searched,
  repurchase,
  chosen,
} as const satisfies Record<StrategyName, Way>
