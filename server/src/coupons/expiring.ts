/** So many days before the end of a coupon that was not used the log is told, the furthest first. */
export const tellDays = [7, 3, 1] as const

/** A coupon that ends soon and was not used. */
export type Expiring = {
  readonly shop: number
  readonly id: number
  readonly pool: number
  readonly name: string
  readonly customer: number
  /** UTC ms. */
  readonly expiresAt: number
  /** Which of `tellDays` has come. */
  readonly days: number
}
