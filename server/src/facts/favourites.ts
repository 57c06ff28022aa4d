import { type Decimal, formatDecimal } from '../lib/decimal.ts'
import { dayMs } from '../lib/duration.ts'
import type { JsonObject } from '../lib/json.ts'
import { isEffective, type Order, type OrderLine } from '../orders/order.ts'

/** How far favourites look back. */
export const favouriteWindowMs = 365 * dayMs
/** Orders within the window that make a favourite; one order says little. */
const ordersNeeded = 2

/** What the catalogue says of a product, for lines that do not say it themselves. */
export type Described = { readonly category: string | null; readonly brand: string | null }

/** What a person bought most of in the last 365 days, and when (UTC ms) that may change by time alone; null for never. */
export type Favourites = {
  readonly category?: string
  readonly brand?: string
  readonly option?: string
  readonly price_band?: string
  readonly due: number | null
}

type Part = 'category' | 'brand' | 'option' | 'price_band'

/**
 * The largest share of items kept of effective orders in (now - 365 days, now]; of equal shares the one bought last, then the
 * first by its text. An order leaves at the very instant it is 365 days old, so `due` is that of the oldest one.
 */
export function favouritesOf(
  orders: readonly Order[],
  {
    now,
    described,
  }: {
    readonly now: number
    readonly described: (product: string) => Described | undefined
  },
): Favourites {
  const recent = orders.filter(
    (order) =>
      isEffective(order) && order.paidAt !== null && order.paidAt > now - favouriteWindowMs,
  )
  if (recent.length < ordersNeeded) return { due: null }
  const tallies: Record<Part, Map<string, Tally>> = {
    category: new Map(),
    brand: new Map(),
    option: new Map(),
    price_band: new Map(),
  }
  let oldest = Infinity
  for (const order of recent) {
    const at = order.paidAt ?? now
    oldest = Math.min(oldest, at)
    for (const line of order.lines) {
      const items = line.isGoods ? line.quantity - line.refundedQuantity : 0
      if (items <= 0) continue
      for (const [part, value] of partsOf(line, described(line.product)))
        count(tallies[part], value, { items, at })
    }
  }
  const found: { [P in Part]?: string } = {}
  for (const part of ['category', 'brand', 'option', 'price_band'] as const) {
    const best = largest(tallies[part])
    if (best !== undefined) found[part] = best
  }
  return { ...found, due: oldest + favouriteWindowMs }
}

/** `favorite.*`; a part nobody told of is missing. */
export function favouriteFacts(state: Favourites | undefined): JsonObject {
  const { due: _due, ...parts } = state ?? { due: null }
  return parts
}

/**
 * The band of a price of one piece in ten-thousandths, in currency units on the 1-2-5 scale: `10000-20000` holds 10,000 and
 * not 20,000. undefined for what cost nothing.
 */
export function priceBand(price: Decimal): string | undefined {
  if (price <= 0n) return undefined
  let from = 1n
  for (let step = 0; ; step++) {
    const to = step % 3 === 1 ? (from * 5n) / 2n : from * 2n
    if (price < to) return `${formatDecimal(from)}-${formatDecimal(to)}`
    from = to
  }
}

type Tally = { readonly items: number; readonly at: number }

function count(tally: Map<string, Tally>, value: string, more: Tally): void {
  const known = tally.get(value)
  tally.set(value, {
    items: (known?.items ?? 0) + more.items,
    at: Math.max(known?.at ?? more.at, more.at),
  })
}

function largest(tally: ReadonlyMap<string, Tally>): string | undefined {
  let best: readonly [string, Tally] | undefined
  for (const one of tally) if (!best || beats(one, best)) best = one
  return best?.[0]
}

function beats(a: readonly [string, Tally], b: readonly [string, Tally]): boolean {
  if (a[1].items !== b[1].items) return a[1].items > b[1].items
  if (a[1].at !== b[1].at) return a[1].at > b[1].at
  return a[0] < b[0]
}

function partsOf(
  line: OrderLine,
  described: Described | undefined,
): readonly (readonly [Part, string])[] {
  const category = line.category ?? described?.category
  const brand = line.brand ?? described?.brand
  const band = priceBand(line.price)
  return [
    ...(category ? [['category', category] as const] : []),
    ...(brand ? [['brand', brand] as const] : []),
    ...(line.variant ? [['option', line.variant] as const] : []),
    ...(band ? [['price_band', band] as const] : []),
  ]
}
