import { isJsonObject, type Json, type JsonObject } from '../lib/json.ts'

/** An event's name and properties in Segment's e-commerce spec v2. */
export type Named = { readonly name: string; readonly properties: JsonObject }

/** How many items of one GA4 event are read. */
export const itemLimit = 200

type Rule = {
  readonly name: string
  /** GA4 parameter -> Segment property; the others keep their names. */
  readonly rename?: { readonly [parameter: string]: string }
  /** one: an event about one product, one happening an item; list: `items` becomes `products`. */
  readonly items?: 'one' | 'list'
  readonly add?: JsonObject
}

const value = { items: 'one' } as const

/**
 * GA4's recommended events (developers.google.com/analytics, reference/events) and their names in Segment's e-commerce
 * spec v2. What is not listed is a custom event and passes untouched.
 */
const rules: ReadonlyMap<string, Rule> = new Map(
  Object.entries({
    page_view: {
      name: 'Page Viewed',
      rename: { page_location: 'url', page_title: 'title', page_referrer: 'referrer' },
    },
    sign_up: { name: 'Signed Up' },
    login: { name: 'Signed In' },
    search: { name: 'Products Searched', rename: { search_term: 'query' } },
    view_search_results: {
      name: 'Products Searched',
      rename: { search_term: 'query' },
      items: 'list',
    },
    view_item_list: {
      name: 'Product List Viewed',
      rename: { item_list_id: 'list_id', item_list_name: 'category' },
      items: 'list',
    },
    select_item: {
      name: 'Product Clicked',
      rename: { item_list_id: 'list_id', item_list_name: 'list_name' },
      ...value,
    },
    view_promotion: { name: 'Promotion Viewed', rename: promotionNames(), items: 'list' },
    select_promotion: { name: 'Promotion Clicked', rename: promotionNames(), items: 'list' },
    view_item: { name: 'Product Viewed', ...value },
    add_to_wishlist: { name: 'Product Added to Wishlist', ...value },
    add_to_cart: { name: 'Product Added', ...value },
    remove_from_cart: { name: 'Product Removed', ...value },
    view_cart: { name: 'Cart Viewed', items: 'list' },
    begin_checkout: { name: 'Checkout Started', items: 'list' },
    add_shipping_info: {
      name: 'Checkout Step Completed',
      rename: { shipping_tier: 'shipping_method' },
      items: 'list',
      add: { step: 'shipping' },
    },
    add_payment_info: {
      name: 'Payment Info Entered',
      rename: { payment_type: 'payment_method' },
      items: 'list',
    },
    purchase: {
      name: 'Order Completed',
      rename: { transaction_id: 'order_id', value: 'revenue' },
      items: 'list',
    },
    refund: {
      name: 'Order Refunded',
      rename: { transaction_id: 'order_id', value: 'total' },
      items: 'list',
    },
  } satisfies Record<string, Rule>),
)

function promotionNames() {
  return { promotion_name: 'name', creative_name: 'creative', creative_slot: 'position' }
}

const itemNames: { readonly [parameter: string]: string } = {
  item_id: 'product_id',
  item_name: 'name',
  item_brand: 'brand',
  item_variant: 'variant',
  item_list_id: 'list_id',
  item_list_name: 'list_name',
  index: 'position',
}
const categoryKeys = [
  'item_category',
  'item_category2',
  'item_category3',
  'item_category4',
  'item_category5',
]
const amounts: ReadonlySet<string> = new Set(
  'price quantity value revenue total tax shipping discount'.split(' '),
)

/**
 * A GA4 event in Segment's words; an event about one product that lists several becomes one for each. Every other event
 * is returned as it came: Segment's own names are never touched.
 */
export function translate(name: string, properties: JsonObject): readonly Named[] {
  const rule = rules.get(name)
  if (!rule) return [{ name, properties }]
  const parameters = parametersOf(properties)
  const { items, ...rest } = parameters
  const translated = { ...renamed(rest, rule.rename ?? {}), ...rule.add }
  const products = Array.isArray(items)
    ? items.slice(0, itemLimit).filter(isJsonObject).map(product)
    : []
  const named = (more: JsonObject): Named => ({
    name: rule.name,
    properties: withQuery({ ...translated, ...more }),
  })
  if (rule.items !== 'one') return [named(products.length > 0 ? { products } : {})]
  if (products.length <= 1) return [named(products[0] ?? {})]
  // `value` was the sum of all of them; each has its own price and quantity.
  const { value: _sum, ...shared } = translated
  return products.map((one) => ({ name: rule.name, properties: withQuery({ ...shared, ...one }) }))
}

/** The GA4 names under which a page may tell of an event in Segment's words. */
export function layerNamesOf(name: string): readonly string[] {
  return [...rules].flatMap(([layer, rule]) => (rule.name === name ? [layer] : []))
}

// In a dataLayer entry the commerce parameters lie under `ecommerce`, the others beside it.
function parametersOf(properties: JsonObject): JsonObject {
  const { ecommerce, ...rest } = properties
  return isJsonObject(ecommerce) ? { ...rest, ...ecommerce } : properties
}

function renamed(
  parameters: JsonObject,
  names: { readonly [parameter: string]: string },
): JsonObject {
  return Object.fromEntries(
    Object.entries(parameters).map(([key, member]) => {
      const kept = Object.hasOwn(names, key) ? (names[key] ?? key) : key
      return [kept, amounts.has(kept) ? amount(member) : member]
    }),
  )
}

function product(item: JsonObject): JsonObject {
  const categories = categoryKeys
    .map((key) => item[key])
    .filter((one) => typeof one === 'string' && one !== '')
  const rest = Object.entries(item).filter(([key]) => !categoryKeys.includes(key))
  const made = renamed(Object.fromEntries(rest), itemNames)
  return {
    ...made,
    ...(categories.length > 0 ? { category: categories.join('/') } : {}),
    quantity: made.quantity ?? 1,
  }
}

// Many shops write amounts as text ("12000"); a number is meant.
function amount(member: Json): Json {
  return typeof member === 'string' && /^-?\d{1,12}(?:\.\d{1,4})?$/.test(member)
    ? Number(member)
    : member
}

function withQuery(properties: JsonObject): JsonObject {
  const { query } = properties
  return typeof query === 'string'
    ? { ...properties, query: query.trim().toLowerCase() }
    : properties
}

/**
 * What one entry of a page's dataLayer says: `{event, ecommerce: {...}}`, or gtag's arguments `['event', name, params]`,
 * which JSON writes as `{"0":"event","1":name,"2":params}`. undefined for entries that are not events (`{ecommerce: null}`,
 * `gtm.*`, config).
 */
export function readDataLayer(entry: Json): Named | undefined {
  if (Array.isArray(entry)) return fromArguments(entry[0], entry[1], entry[2])
  if (!isJsonObject(entry)) return undefined
  if (entry[0] !== undefined) return fromArguments(entry[0], entry[1], entry[2])
  const { event, ...rest } = entry
  if (typeof event !== 'string' || event.startsWith('gtm.')) return undefined
  const {
    'gtm.uniqueEventId': _id,
    eventCallback: _callback,
    eventTimeout: _timeout,
    ...properties
  } = rest
  return { name: event, properties }
}

function fromArguments(
  command: Json | undefined,
  name: Json | undefined,
  parameters: Json | undefined,
): Named | undefined {
  if (command !== 'event' || typeof name !== 'string') return undefined
  const {
    send_to: _to,
    event_callback: _callback,
    ...properties
  } = isJsonObject(parameters) ? parameters : {}
  return { name, properties }
}
