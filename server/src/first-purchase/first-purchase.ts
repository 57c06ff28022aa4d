/**
 * Which first products make regulars? For every product: the customers whose first order contained it, and what they
 * ordered afterwards, the same product again or others.
 *
 * Definitions: an effective line is of goods and was not sent back whole; an effective order is paid, neither cancelled
 * nor refunded, with at least one effective line. A customer's first order is the effective one with the smallest
 * (paid time, sequence, id) over all known history; the period filters on it. Additional orders lie after it, by at
 * least `minGapDays`, and within `horizonDays` where one is given; then only customers followed for the whole horizon count.
 * The table ranks candidates: first products are chosen by customers, not drawn by lot, so nothing here is a cause.
 */
export type FirstPurchaseQuestion = {
  /** First orders paid from here, UTC ms, inclusive. */
  readonly from?: number
  /** ... until here, exclusive. */
  readonly to?: number
  /** Facts are taken as of this moment, UTC ms. */
  readonly asOf: number
  /** Undefined: everything known counts, however short a customer has been followed. */
  readonly horizonDays?: number
  readonly minGapDays: number
  /** The shop's currency; orders in others are left out and counted. */
  readonly currency: string
}

/** One product's row. Amounts in currency units. Column sums exceed the customers: an order of two products counts for both. */
export type FirstPurchaseRow = {
  readonly product: string
  readonly name: string
  readonly category: string
  readonly firstBuyers: number
  /** Additional orders of the first buyers, each once. */
  readonly repeatOrders: number
  readonly repeatSameOrders: number
  readonly repeatOtherOrders: number
  /** Distinct (order, product) pairs: same + other adds up to all additional purchases. */
  readonly repeatSameItems: number
  readonly repeatOtherItems: number
  readonly repeaters: number
  readonly repeatPerBuyer: number
  readonly repurchaseRate: number
  readonly repeatRevenue: number
  readonly repeatRevenuePerBuyer: number
  readonly firstRevenue: number
}

/** The row of all products together: distinct customers, so it is no sum of the column. */
export type FirstPurchaseTotal = Omit<
  FirstPurchaseRow,
  | 'product'
  | 'name'
  | 'category'
  | 'repeatSameOrders'
  | 'repeatOtherOrders'
  | 'repeatSameItems'
  | 'repeatOtherItems'
>

/** What the table leaves out, said beside it. */
export type FirstPurchaseNotes = {
  /** Paid orders of nobody known. */
  readonly ordersWithoutCustomer: number
  readonly ordersInOtherCurrency: number
}
