import { listItemsLimit } from '../events/flatten.ts'
import { isoTime } from '../events/mirror.ts'
import { formatDecimal } from '../lib/decimal.ts'
import type { JsonObject } from '../lib/json.ts'
import { isEffective, type Order } from '../orders/order.ts'
import { type Described, type Favourites, favouritesOf } from './favourites.ts'

/** Orders of one person that facts look at: the newest ones. */
export const ordersLimit = 1_000

/** What a person's effective orders add up to; times UTC ms, amounts ten-thousandths as digits. */
export type Bought = {
  readonly count: number
  /** Net of refunds; only orders in the shop's currency. */
  readonly revenue: string
  /** How many orders the revenue is of. */
  readonly counted: number
  readonly firstAt: number
  readonly lastAt: number
  readonly firstProducts: readonly string[]
  /** Newest first. */
  readonly products: readonly string[]
  readonly categories: readonly string[]
  readonly favourites: Favourites
}

/** Adds up effective orders (paid, not cancelled, something kept); undefined when there is none. */
export function boughtIn(
  orders: readonly Order[],
  shop: {
    readonly now: number
    readonly currency: string
    readonly described: (product: string) => Described | undefined
  },
): Bought | undefined {
  const counting = orders.filter(isEffective).sort(byPayment)
  const [first] = counting
  const last = counting.at(-1)
  if (!first || !last) return undefined
  const paid = counting.filter((order) => order.currency === shop.currency)
  const newest = counting.toReversed()
  return {
    count: counting.length,
    revenue: String(paid.reduce((sum, order) => sum + order.gross - order.refunded, 0n)),
    counted: paid.length,
    firstAt: first.paidAt ?? 0,
    lastAt: last.paidAt ?? 0,
    firstProducts: distinct(keptLines(first).map((line) => line.product)),
    products: distinct(newest.flatMap((order) => keptLines(order).map((line) => line.product))),
    categories: distinct(
      newest.flatMap((order) =>
        keptLines(order).flatMap(
          (line) => line.category ?? shop.described(line.product)?.category ?? [],
        ),
      ),
    ),
    favourites: favouritesOf(counting, shop),
  }
}

/** `orders.*`; counts and revenue are 0 for who never bought. */
export function orderFacts(state: Bought | undefined): JsonObject {
  if (!state) return { count: 0, revenue: 0 }
  const revenue = BigInt(state.revenue)
  return {
    count: state.count,
    revenue: units(revenue),
    ...(state.counted > 0 ? { average: units(averageOf(revenue, state.counted)) } : {}),
    first_at: isoTime(state.firstAt),
    last_at: isoTime(state.lastAt),
    first_products: state.firstProducts,
    products: state.products,
    categories: state.categories,
  }
}

/** An amount of ten-thousandths in currency units, as JSON shows money. */
export function units(amount: bigint): number {
  return Number(formatDecimal(amount))
}

// Half away from zero, as everywhere an amount is rounded.
function averageOf(sum: bigint, count: number): bigint {
  const n = BigInt(count)
  return sum < 0n ? -((-sum * 2n + n) / (2n * n)) : (sum * 2n + n) / (2n * n)
}

function byPayment(a: Order, b: Order): number {
  return (a.paidAt ?? 0) - (b.paidAt ?? 0) || a.sequence - b.sequence || (a.id < b.id ? -1 : 1)
}

function keptLines(order: Order): Order['lines'] {
  return order.lines.filter((line) => line.isGoods && line.quantity > line.refundedQuantity)
}

function distinct(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].slice(0, listItemsLimit)
}
