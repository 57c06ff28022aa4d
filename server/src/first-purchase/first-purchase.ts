/**
 * Which first products make regulars? For every product: the customers whose first order contained it, and what they
 * ordered afterwards, the same product again or others.
 *
 * Definitions: a line counts when it is of goods, was not sent back whole and brought something (a free gift and the replacement
 * in an exchange did not); an order counts when it is paid, neither cancelled nor refunded, with a line that counts. A
 * customer's first order is the one with the smallest (paid time, sequence, id) over all known history; the period filters
 * on it. Additional orders lie after it, by at least `minGapDays`, and within `horizonDays` where one is given; then only
 * customers followed for the whole horizon count. A variant counts as the product it is a variant of. The table ranks candidates: first
 * products are chosen by customers, not drawn by lot, so nothing here is a cause.
 */
export type FirstPurchaseQuestion = {
  /** First orders paid from here, UTC ms, inclusive. */
  readonly from?: number | undefined
  /** ... until here, exclusive. */
  readonly to?: number | undefined
  /** Facts are taken as of this moment, UTC ms. */
  readonly asOf: number
  /** Undefined: everything known counts, however short a customer has been followed. */
  readonly horizonDays?: number | undefined
  readonly minGapDays: number
  /** fractional: a first order of k products counts 1/k for each. */
  readonly credit: 'full' | 'fractional'
  /** first_time_of_product: customers who bought it for the first time, whatever they bought before. */
  readonly mode: 'first_order' | 'first_time_of_product'
  /** `source / medium` of the visit that brought the first order; '' where none is known. */
  readonly channel?: string | undefined
  /** First orders with a discount only, or only without. */
  readonly discounted?: boolean | undefined
  /** Subscriptions that renew themselves are no additional orders. */
  readonly withoutRenewals: boolean
  /** Customers who joined before this may have ordered before history begins: they are left out. UTC ms. */
  readonly ordersKnownSince?: number | undefined
}

/** Counts of one product. Amounts in currency units. Column sums exceed the customers: an order of two products counts for both. */
export type FirstPurchaseCounts = {
  /** First buyers, with a horizon those followed for all of it. */
  readonly firstBuyers: number
  /** First buyers however short they have been followed. */
  readonly buyersSoFar: number
  /** Additional orders of the first buyers, each once. */
  readonly repeatOrders: number
  readonly repeatSameOrders: number
  readonly repeatOtherOrders: number
  /** Distinct (order, product) pairs: same + other adds up to all additional purchases. */
  readonly repeatSameItems: number
  readonly repeatOtherItems: number
  readonly repeaters: number
  readonly repeatRevenue: number
  readonly firstRevenue: number
  /** Days in which buyers so far could have come back, up to the horizon. */
  readonly exposureDays: number
}

/** The same of the shop as a whole: distinct customers, so it is no sum of the column. */
export type FirstPurchaseTotal = Pick<
  FirstPurchaseCounts,
  | 'firstBuyers'
  | 'buyersSoFar'
  | 'repeatOrders'
  | 'repeaters'
  | 'repeatRevenue'
  | 'firstRevenue'
  | 'exposureDays'
>

/** What the table leaves out, said beside it. */
export type FirstPurchaseNotes = {
  /** Paid orders of nobody known. */
  readonly ordersWithoutCustomer: number
  readonly ordersInOtherCurrency: number
  /** Customers who joined before the shop's orders are known. */
  readonly joinedBefore: number
}

/** The horizon where none is chosen for what needs one, days. */
export const usualHorizonDays = 60
/** Curves are drawn for so many days at least. */
export const curveDays = 365
/** First buyers that make a product's figures worth acting on. */
export const enoughBuyers = 30
