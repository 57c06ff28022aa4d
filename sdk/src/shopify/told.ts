type Json = { readonly [key: string]: unknown }

/** A standard event of Shopify's Web Pixels, as far as it is read. */
export type PixelEvent = {
  readonly id: string
  readonly name: string
  readonly clientId: string
  readonly timestamp: string
  readonly data?: unknown
}

const inside = (value: unknown, ...path: readonly string[]): unknown =>
  path.reduce<unknown>((at, key) => (at as Json | null | undefined)?.[key], value)
const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : undefined
const amount = (money: unknown): number | undefined => {
  const value = inside(money, 'amount')
  return typeof value === 'number' ? value : undefined
}
const listed = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])
const filled = (properties: Json): Json =>
  Object.fromEntries(Object.entries(properties).filter(([, value]) => value !== undefined))

/** The number at the end of `gid://shopify/Order/12` or of `12`: orders and products are known by it. */
const idOf = (value: unknown): string | undefined => text(value)?.split('/').pop()

function product(variant: unknown, quantity?: unknown): Json {
  return filled({
    product_id: idOf(inside(variant, 'product', 'id')),
    name: text(inside(variant, 'product', 'title')),
    brand: text(inside(variant, 'product', 'vendor')),
    category: text(inside(variant, 'product', 'type')),
    variant: text(inside(variant, 'title')),
    url: text(inside(variant, 'product', 'url')),
    image_url: text(inside(variant, 'image', 'src')),
    price: amount(inside(variant, 'price')),
    currency: text(inside(variant, 'price', 'currencyCode')),
    quantity: typeof quantity === 'number' ? quantity : undefined,
  })
}
const line = (one: unknown): Json => product(inside(one, 'merchandise'), inside(one, 'quantity'))

function checkout(data: unknown): Json {
  const told = inside(data, 'checkout')
  return filled({
    checkout_id: text(inside(told, 'token')),
    order_id: idOf(inside(told, 'order', 'id')),
    currency: text(inside(told, 'currencyCode')),
    value: amount(inside(told, 'totalPrice')),
    revenue: amount(inside(told, 'totalPrice')),
    products: listed(inside(told, 'lineItems')).map((one) =>
      product(inside(one, 'variant'), inside(one, 'quantity')),
    ),
  })
}

const step = (data: unknown, name: string): Json => ({ ...checkout(data), step: name })

/**
 * What an event of Shopify says in the words of the tracking API; undefined: nothing that is told. What an order was worth comes from
 * the shop itself; what the page says of it only ties it to its visitor.
 */
export function toldOf({
  name,
  data,
}: PixelEvent): { readonly event: string; readonly properties: Json } | undefined {
  switch (name) {
    case 'product_viewed':
      return { event: 'Product Viewed', properties: product(inside(data, 'productVariant')) }
    case 'collection_viewed': {
      const collection = inside(data, 'collection')
      const products = listed(inside(collection, 'productVariants')).map((one) => product(one))
      const category = text(inside(collection, 'title'))
      return { event: 'Product List Viewed', properties: filled({ category, products }) }
    }
    case 'search_submitted':
      return {
        event: 'Products Searched',
        properties: filled({ query: text(inside(data, 'searchResult', 'query')) }),
      }
    case 'product_added_to_cart':
      return { event: 'Product Added', properties: line(inside(data, 'cartLine')) }
    case 'product_removed_from_cart':
      return { event: 'Product Removed', properties: line(inside(data, 'cartLine')) }
    case 'cart_viewed':
      return {
        event: 'Cart Viewed',
        properties: { products: listed(inside(data, 'cart', 'lines')).map(line) },
      }
    case 'checkout_started':
      return { event: 'Checkout Started', properties: checkout(data) }
    case 'checkout_contact_info_submitted':
      return { event: 'Checkout Step Completed', properties: step(data, 'contact') }
    case 'checkout_address_info_submitted':
      return { event: 'Checkout Step Completed', properties: step(data, 'address') }
    case 'checkout_shipping_info_submitted':
      return { event: 'Checkout Step Completed', properties: step(data, 'shipping') }
    case 'payment_info_submitted':
      return { event: 'Payment Info Entered', properties: checkout(data) }
    case 'checkout_completed':
      return { event: 'Order Completed', properties: checkout(data) }
    default:
      return undefined
  }
}
