import { stepsOf } from '../campaigns/flow-map.ts'
import type { Coupons } from '../coupons/coupons.service.ts'
import { sampleCoupon } from '../coupons/drawn.ts'
import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import { secondMs } from '../lib/duration.ts'
import type { JsonObject } from '../lib/json.ts'
import type { Shop } from '../shops/shop.ts'
import type { Live } from './live.service.ts'

/** How long the number of coupons left is trusted; taking one is exact whatever was shown. */
const trustMs = secondMs

/** What messages may say of their coupons now, by pool; pools of which none is left are missing. */
export type CouponsOnPage = ReturnType<typeof couponsOnPage>

export function couponsOnPage(needs: {
  readonly db: Database
  readonly clock: Clock
  readonly coupons: Pick<Coupons, 'pools' | 'left'>
}) {
  const known = new Map<
    ShopId,
    { readonly at: number; readonly words: Promise<ReadonlyMap<number, JsonObject>> }
  >()
  async function read(shop: Shop, pools: readonly number[], now: number) {
    const [found, left] = await Promise.all([
      needs.coupons.pools(needs.db, shop.id, pools),
      needs.coupons.left(needs.db, shop.id, pools),
    ])
    return new Map(
      found.flatMap((pool) =>
        (left.get(pool.id) ?? 1) > 0 ? [[pool.id, sampleCoupon(pool, now, shop)] as const] : [],
      ),
    )
  }
  return async (shop: Shop, live: Live): Promise<ReadonlyMap<number, JsonObject>> => {
    const pools = live.campaigns.flatMap(({ flow }) =>
      stepsOf(flow).flatMap((step) => (step.kind === 'message' ? (step.coupon ?? []) : [])),
    )
    if (pools.length === 0) return new Map()
    const now = needs.clock.now()
    const held = known.get(shop.id)
    if (held && Math.abs(now - held.at) < trustMs) return await held.words
    const words = read(shop, pools, now)
    known.set(shop.id, { at: now, words })
    words.catch(() => known.delete(shop.id))
    return await words
  }
}
