import type { Coupons } from '../coupons/coupons.service.ts'
import type { Expiring } from '../coupons/expiring.ts'
import type { Database } from '../database/connection.store.ts'
import type { Accept } from '../events/accept.service.ts'
import type { Happening } from '../events/happening.ts'
import type { ShopId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import { dayMs } from '../lib/duration.ts'
import { Refusal } from '../lib/refusal.ts'

/** Coupons told of in one turn. */
const couponsOfTurn = 500

/**
 * Tells the log of coupons that end soon: `Coupon Expiring`, for ordinary triggers of campaigns. Exactly once: the message id is made
 * of the coupon, its end and the days, and the coupon is marked after the log has it; several processes may do it at once.
 */
export function couponExpiring(needs: {
  readonly db: Database
  readonly clock: Clock
  readonly coupons: Pick<Coupons, 'readExpiring' | 'markTold'>
  readonly accept: Pick<Accept, 'accept'>
}) {
  const { db, clock, coupons } = needs

  async function tell(shop: ShopId, all: readonly Expiring[], now: number): Promise<boolean> {
    try {
      await needs.accept.accept(
        shop,
        all.map((one) => happening(one, now)),
      )
    } catch (error) {
      // A line that is pressed hears of it a little later.
      if (error instanceof Refusal && error.code === 'busy') return false
      throw error
    }
    await coupons.markTold(db, shop, all)
    return true
  }

  return {
    /** Whether somebody was told. */
    turn: async (): Promise<boolean> => {
      const now = clock.now()
      const due = await coupons.readExpiring(db, { now, limit: couponsOfTurn })
      let told = false
      for (const [shop, all] of Map.groupBy(due, (one) => one.shop))
        told = (await tell(shop as ShopId, all, now)) || told
      return told
    },
  }
}

function happening(one: Expiring, now: number): Happening {
  return {
    kind: 'derived',
    name: 'Coupon Expiring',
    at: now,
    receivedAt: now,
    messageId: `coupon:${one.id}:${one.expiresAt}:${one.days}`,
    ids: { customer: one.customer, verified: true },
    body: {
      properties: {
        coupon_id: one.id,
        pool_id: one.pool,
        pool_name: one.name,
        expires_at: one.expiresAt,
        // Told late there is less left than was to be told.
        days_left: Math.ceil((one.expiresAt - now) / dayMs),
      },
    },
  }
}
