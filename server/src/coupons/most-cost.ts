import { type Discount, mostOff } from './coupon.ts'

/**
 * The most that coupons for so many people can cost, ten-thousandths of the currency unit: nobody gets more than one here, and no
 * more than remain. `remaining` null: there is no end of them.
 */
export function mostItCosts(
  pool: { readonly discount: Discount; readonly remaining: number | null },
  people: number,
): number {
  const pieces = Math.min(Math.max(0, people), Math.max(0, pool.remaining ?? people))
  return pieces * mostOff(pool.discount)
}
