import { listItemsLimit } from '../events/flatten.ts'
import type { Placed } from '../events/happening.ts'
import { isoTime } from '../events/mirror.ts'
import type { JsonObject } from '../lib/json.ts'
import { type Cart, type CartLine, cartValue, foldCarts, mergeCarts, wholeCart } from './cart.ts'
import { units } from './orders-summary.ts'

/** What the shop itself says of a product now. */
export type ShelfState = {
  /** Price of one in ten-thousandths, the sale's where there is one; null when nobody said it. */
  readonly price: number | null
  /** Out of stock or off sale. */
  readonly gone: boolean
}

/** What is asked of the catalogue about a product in a cart. */
export type Shelf = (product: string) =>
  | {
      readonly category: string | null
      /** undefined when only events spoke of the product: a page's price is a claim. */
      readonly told: ShelfState | undefined
    }
  | undefined

/** A line as facts keep it: product, price (ten-thousandths or null), quantity, time added (UTC ms), category. */
type Line = readonly [string, number | null, number, number, string | null]

/** The carts of a person as facts keep them. */
export type KnownCart = {
  readonly carts: readonly {
    readonly id: string
    readonly lines: readonly Line[]
    readonly changedAt: number
  }[]
  /** When the cart was last told of, UTC ms. */
  readonly asOf: number
  /** The shop's server told the whole cart last, or events changed it since. */
  readonly source: 'events' | 'shop'
  readonly soldOut: boolean
  readonly priceDropped: boolean
}

/** Names of happenings that say something of a cart. */
export const cartEvents: ReadonlySet<string> = new Set([
  'Product Added',
  'Product Removed',
  'Cart Viewed',
  'Order Completed',
])

/**
 * The carts after one happening (facts/cart.ts). `Cart Viewed` with its products from the shop's server is the cart itself;
 * everything else is counted: added, less removed, less ordered. Imported history fills no carts.
 */
export function foldCart(
  state: KnownCart | undefined,
  happening: Placed,
  shelf: Shelf,
): KnownCart | undefined {
  const { kind, name, at, body, importId } = happening
  if (kind !== 'event' || importId !== undefined || !cartEvents.has(name)) return state
  const before = cartsOf(state)
  const after = foldCarts(before, happening)
  const whole = name === 'Cart Viewed' && Array.isArray(body.properties?.products)
  if (after === before && !(whole && state)) return state
  const asOf = Math.max(state?.asOf ?? at, at)
  // A late word about the cart does not tell how the cart is known now.
  const told = whole && !body.browser ? 'shop' : 'events'
  const source = state && at < state.asOf ? state.source : told
  return refreshCart(keptOf(after, { asOf, source }), shelf)
}

/** The same cart looked at anew: what the shop says of its products may have changed. */
export function refreshCart(state: KnownCart, shelf: Shelf): KnownCart {
  const carts = state.carts.map((cart) => ({
    ...cart,
    lines: cart.lines.map(
      ([product, price, quantity, addedAt, category]): Line => [
        product,
        price,
        quantity,
        addedAt,
        category ?? shelf(product)?.category ?? null,
      ],
    ),
  }))
  const flags = linesIn(state).map(({ product, price }) => lineFlags(price, shelf(product)?.told))
  return {
    ...state,
    carts,
    soldOut: flags.some((one) => one.soldOut),
    priceDropped: flags.some((one) => one.priceDropped),
  }
}

/** Two people's carts as one. */
export function mergeKnownCarts(
  a: KnownCart | undefined,
  b: KnownCart | undefined,
): KnownCart | undefined {
  if (!a || !b) return a ?? b
  const newer = b.asOf > a.asOf ? b : a
  return {
    ...keptOf(mergeCarts(cartsOf(a), cartsOf(b)), { asOf: newer.asOf, source: newer.source }),
    soldOut: a.soldOut || b.soldOut,
    priceDropped: a.priceDropped || b.priceDropped,
  }
}

/** `cart.*`; an empty cart has 0 items, worth 0. */
export function cartFacts(state: KnownCart | undefined): JsonObject {
  const whole = wholeCart(cartsOf(state))
  if (!state || !whole) return { items: 0, value: 0, sold_out: false, price_dropped: false }
  const newest = whole.lines.toReversed().slice(0, listItemsLimit)
  const categories = newest.flatMap((line) => line.category ?? [])
  return {
    items: whole.lines.length,
    value: units(BigInt(cartValue(whole))),
    changed_at: isoTime(whole.changedAt),
    products: newest.map((line) => line.productId),
    categories: [...new Set(categories)],
    sold_out: state.soldOut,
    price_dropped: state.priceDropped,
    as_of: isoTime(state.asOf),
    source: state.source,
  }
}

/** The products held, each once, with the price each was added at; for `cart_lines`. */
export function linesIn(
  state: KnownCart | undefined,
): readonly { readonly product: string; readonly price: number | null }[] {
  const whole = wholeCart(cartsOf(state))
  return whole?.lines.map(({ productId, price }) => ({ product: productId, price })) ?? []
}

/** What the shop's word means for one line. */
export function lineFlags(price: number | null, told: ShelfState | undefined) {
  return {
    soldOut: told?.gone ?? false,
    priceDropped: price !== null && typeof told?.price === 'number' && told.price < price,
  }
}

// Names, pictures and addresses stay with campaigns, who write mails about them.
function keptOf(carts: readonly Cart[], known: Pick<KnownCart, 'asOf' | 'source'>): KnownCart {
  return {
    carts: carts.map(({ id, lines, changedAt }) => ({
      id,
      changedAt,
      lines: lines.map(({ productId, price, quantity, addedAt, category }) => [
        productId,
        price,
        quantity,
        addedAt,
        category,
      ]),
    })),
    ...known,
    soldOut: false,
    priceDropped: false,
  }
}

const none: readonly Cart[] = []

function cartsOf(state: KnownCart | undefined): readonly Cart[] {
  if (!state) return none
  return state.carts.map(({ id, lines, changedAt }) => ({
    id,
    currency: null,
    changedAt,
    lines: lines.map(
      ([productId, price, quantity, addedAt, category]): CartLine => ({
        productId,
        name: productId,
        category,
        price,
        quantity,
        image: null,
        url: null,
        addedAt,
      }),
    ),
  }))
}
