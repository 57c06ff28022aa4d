import type { Placed } from '../events/happening.ts'
import { parseDecimal, readDecimal } from '../lib/decimal.ts'
import { minuteMs } from '../lib/duration.ts'
import { isJsonObject, type Json, type JsonObject, numberText } from '../lib/json.ts'

/** One product in a cart; `price` of one piece in ten-thousandths of the currency unit, null when nobody said it. */
export type CartLine = {
  readonly productId: string
  readonly name: string
  /** As it was told when it was added; null when nobody said it. */
  readonly category: string | null
  readonly price: number | null
  readonly quantity: number
  readonly image: string | null
  readonly url: string | null
  readonly addedAt: number
}

/** A cart as events tell it. `id` is the shop's cart_id, '' where the shop has one cart a person. */
export type Cart = {
  readonly id: string
  /** Oldest line first. */
  readonly lines: readonly CartLine[]
  readonly currency: string | null
  readonly changedAt: number
}

/** Bounds of what is remembered of one person's carts; the oldest lines and carts make room. */
export const cartLimits = {
  lines: 100,
  carts: 5,
  textLength: 300,
  urlLength: 1_000,
  quantity: 100_000,
} as const

/** A server's clock may lag a browser's by this much: an order that old still takes the line out of the cart. */
const orderSkewMs = 5 * minuteMs

/**
 * What one happening does to a person's carts (Segment e-commerce v2: Product Added, Product Removed, Cart Viewed,
 * Order Completed). The same array comes back when nothing changed.
 */
export function foldCarts(
  carts: readonly Cart[],
  happening: Pick<Placed, 'name' | 'at' | 'body'>,
): readonly Cart[] {
  const properties = happening.body.properties ?? {}
  switch (happening.name) {
    case 'Product Added':
      return added(carts, properties, happening.at)
    case 'Product Removed':
      return removed(carts, properties, happening.at)
    case 'Cart Viewed':
      return viewed(carts, properties, happening.at)
    case 'Order Completed':
      return ordered(carts, properties, happening.at)
    default:
      return carts
  }
}

/** Every cart of the person as one, for campaigns that speak to the person; undefined when there never was one. */
export function wholeCart(carts: readonly Cart[]): Cart | undefined {
  const [first, ...rest] = carts
  if (!first) return undefined
  return rest.reduce(joined, first)
}

/** Sum of price x quantity, ten-thousandths; lines without a price count nothing. */
export function cartValue(cart: Cart): number {
  return cart.lines.reduce((sum, line) => sum + (line.price ?? 0) * line.quantity, 0)
}

/** The carts of two people who turned out to be one: of the same product the newer cart's quantity counts. */
export function mergeCarts(survivor: readonly Cart[], merged: readonly Cart[]): readonly Cart[] {
  const result = new Map(survivor.map((cart) => [cart.id, cart]))
  for (const cart of merged) {
    const own = result.get(cart.id)
    result.set(cart.id, own ? joined(own, cart) : cart)
  }
  return bounded([...result.values()])
}

function joined(a: Cart, b: Cart): Cart {
  const [older, newer] = a.changedAt <= b.changedAt ? [a, b] : [b, a]
  const inNewer = new Set(newer.lines.map((line) => line.productId))
  const lines = [...older.lines.filter((line) => !inNewer.has(line.productId)), ...newer.lines]
  return {
    id: a.id,
    lines: lines.sort((x, y) => x.addedAt - y.addedAt).slice(-cartLimits.lines),
    currency: newer.currency ?? older.currency,
    changedAt: newer.changedAt,
  }
}

function added(carts: readonly Cart[], properties: JsonObject, at: number): readonly Cart[] {
  // GA4's add_to_cart arrives with its items under `products`; Segment's call carries the product itself.
  const products = productsOf(properties) ?? [properties]
  const lines = products.flatMap((product) => lineOf(product, at) ?? [])
  if (lines.length === 0) return carts
  return changed(carts, { properties, at }, (before) => lines.reduce(withLine, before))
}

function withLine(lines: readonly CartLine[], line: CartLine): readonly CartLine[] {
  const known = lines.find((other) => other.productId === line.productId)
  if (!known) return [...lines, line]
  const quantity = Math.min(known.quantity + line.quantity, cartLimits.quantity)
  return lines.map((other) => (other === known ? { ...filled(line, known), quantity } : other))
}

function removed(carts: readonly Cart[], properties: JsonObject, at: number): readonly Cart[] {
  const products = productsOf(properties) ?? [properties]
  return changed(carts, { properties, at }, (before) =>
    products.reduce<readonly CartLine[]>((all, product) => {
      const id = productIdOf(product)
      if (id === undefined) return all
      // Without a quantity the whole line was taken out.
      const taken = quantityOf(product) ?? Number.POSITIVE_INFINITY
      return all.flatMap((line) => {
        if (line.productId !== id) return [line]
        return line.quantity > taken ? [{ ...line, quantity: line.quantity - taken }] : []
      })
    }, before),
  )
}

function viewed(carts: readonly Cart[], properties: JsonObject, at: number): readonly Cart[] {
  const products = productsOf(properties)
  if (!products) return carts
  const own = carts.find((cart) => cart.id === cartIdOf(properties))
  // A snapshot that arrives late must not undo what was changed after it.
  if (own && at < own.changedAt) return carts
  const fresh = changed(carts, { properties, at }, (before) =>
    products.flatMap((product) => {
      const line = lineOf(product, at)
      if (!line) return []
      const known = before.find((other) => other.productId === line.productId)
      return [known ? filled(line, known) : line]
    }),
  )
  const after = fresh.find((cart) => cart.id === cartIdOf(properties))
  // Looking at an unchanged cart is not a change.
  if (own && after && sameLines(own.lines, after.lines)) return carts
  return !own && after?.lines.length === 0 ? carts : fresh
}

function ordered(carts: readonly Cart[], properties: JsonObject, at: number): readonly Cart[] {
  const products = productsOf(properties)
  const bought = products && new Set(products.map((product) => productIdOf(product)))
  let touched = false
  const after = carts.map((cart) => {
    const lines = cart.lines.filter(
      (line) =>
        line.addedAt > at + orderSkewMs ||
        (bought && bought.size > 0 && !bought.has(line.productId)),
    )
    if (lines.length === cart.lines.length) return cart
    touched = true
    return { ...cart, lines, changedAt: Math.max(cart.changedAt, at) }
  })
  return touched ? after : carts
}

function changed(
  carts: readonly Cart[],
  told: { readonly properties: JsonObject; readonly at: number },
  change: (lines: readonly CartLine[]) => readonly CartLine[],
): readonly Cart[] {
  const { properties, at } = told
  const id = cartIdOf(properties)
  const own = carts.find((cart) => cart.id === id)
  const next: Cart = {
    id,
    lines: change(own?.lines ?? []).slice(-cartLimits.lines),
    currency: textOf(properties.currency) ?? own?.currency ?? null,
    changedAt: Math.max(own?.changedAt ?? at, at),
  }
  return bounded(own ? carts.map((cart) => (cart === own ? next : cart)) : [...carts, next])
}

function bounded(carts: readonly Cart[]): readonly Cart[] {
  if (carts.length <= cartLimits.carts) return carts
  return [...carts].sort((a, b) => a.changedAt - b.changedAt).slice(-cartLimits.carts)
}

function sameLines(a: readonly CartLine[], b: readonly CartLine[]): boolean {
  if (a.length !== b.length) return false
  return a.every((line, at) => {
    const other = b[at]
    return (
      other !== undefined && line.productId === other.productId && line.quantity === other.quantity
    )
  })
}

/** The newer telling of a line, with what it leaves out taken from the older one. */
function filled(line: CartLine, known: CartLine): CartLine {
  return {
    ...line,
    name: line.name === line.productId ? known.name : line.name,
    // Carts kept before categories were have none.
    category: line.category ?? known.category ?? null,
    price: line.price ?? known.price,
    image: line.image ?? known.image,
    url: line.url ?? known.url,
    addedAt: known.addedAt,
  }
}

function lineOf(product: JsonObject, at: number): CartLine | undefined {
  const productId = productIdOf(product)
  if (productId === undefined) return undefined
  return {
    productId,
    name: textOf(product.name) ?? productId,
    category: textOf(product.category) ?? null,
    price: amountOf(product.price),
    quantity: quantityOf(product) ?? 1,
    image: urlOf(product.image_url),
    url: urlOf(product.url),
    addedAt: at,
  }
}

function productsOf(properties: JsonObject): readonly JsonObject[] | undefined {
  if (!Array.isArray(properties.products)) return undefined
  return properties.products.filter(isJsonObject).slice(0, cartLimits.lines)
}

/** The id the shop gave the product; its sku where there is none. */
function productIdOf(product: JsonObject): string | undefined {
  return textOf(product.product_id) ?? textOf(product.sku)
}

function cartIdOf(properties: JsonObject): string {
  return textOf(properties.cart_id) ?? ''
}

function quantityOf(product: JsonObject): number | undefined {
  const quantity = Number(numberText(product.quantity))
  if (!(quantity > 0)) return undefined
  return Math.min(quantity, cartLimits.quantity)
}

function amountOf(value: Json | undefined): number | null {
  const amount = typeof value === 'string' ? parseDecimal(value) : readDecimal(value)
  return amount === undefined || amount < 0n || amount > 2n ** 52n ? null : Number(amount)
}

function textOf(value: Json | undefined): string | undefined {
  const text = (typeof value === 'string' ? value : (numberText(value) ?? '')).trim()
  return text === '' ? undefined : text.slice(0, cartLimits.textLength)
}

/** Only addresses that a mail client may follow: http and https. */
// Shops name a page by its path as often as by its address.
function urlOf(value: Json | undefined): string | null {
  if (typeof value !== 'string' || value.length > cartLimits.urlLength) return null
  if (/^\/(?![/\\])/.test(value)) return URL.canParse(value, 'https://shop.invalid') ? value : null
  return /^https?:\/\//i.test(value) && URL.canParse(value) ? value : null
}
