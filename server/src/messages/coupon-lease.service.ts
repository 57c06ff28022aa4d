import type { Coupons } from '../coupons/coupons.service.ts'
import { couponScope } from '../coupons/drawn.ts'
import type { Tx } from '../database/connection.store.ts'
import type { Shop } from '../shops/shop.ts'
import { type ClaimRow, saveCodes } from './claim.store.ts'
import { readKept } from './kept.ts'

/** Messages about to leave, with their coupons: the real code is in what is kept of them. */
export type WithCoupons = {
  /** By message; what goes without a coupon is not here. */
  readonly kept: ReadonlyMap<number, string>
  /** Messages whose coupon cannot be given any more: they must not leave without it. */
  readonly gone: ReadonlySet<number>
}

/** Issues the coupons of messages that passed everything else, in the transaction that leases them. */
export async function issueCoupons(
  tx: Tx,
  needs: { readonly coupons: Pick<Coupons, 'issue'> },
  batch: {
    readonly shop: Shop
    readonly rows: readonly Pick<ClaimRow, 'id' | 'coupon' | 'kept'>[]
    readonly now: number
  },
): Promise<WithCoupons> {
  const { shop, now } = batch
  const carrying = batch.rows.flatMap(({ id, coupon, kept }) =>
    coupon === null ? [] : [{ id, coupon, kept }],
  )
  const issued = await needs.coupons.issue(tx, shop.id, {
    coupons: carrying.map(({ id, coupon }) => ({ id: coupon, message: id })),
    now,
  })
  const saved = carrying.flatMap(({ id, coupon, kept }) => {
    const own = issued.get(coupon)
    if (!own) return []
    const drawn = { ...readKept(kept), coupon: couponScope(own.pool, own, shop) }
    return [{ id, code: own.code, kept: JSON.stringify(drawn) }]
  })
  await saveCodes(tx, shop.id, saved)
  const given = new Set(saved.map(({ id }) => id))
  return {
    kept: new Map(saved.map(({ id, kept }) => [id, kept])),
    gone: new Set(carrying.flatMap(({ id }) => (given.has(id) ? [] : id))),
  }
}
