import { isJsonObject, type Json, type JsonObject } from '../lib/json.ts'
import type { MessageIntent } from './intent.ts'

/** What tells which product it is; the rest (quantity, price) tells nobody anything. */
const telling = [
  'name',
  'image_url',
  'url',
  'category',
  'brand',
  'variant',
  'sku',
  'query',
] as const

/** Ids of the products a message off the site could speak of; none for what stands on the shop's own page or goes to its server. */
export function productsSpokenOf(
  intents: readonly Pick<MessageIntent, 'channel' | 'context'>[],
): readonly string[] {
  const ids = new Set<string>()
  for (const { channel, context } of intents)
    if (isOffSite(channel))
      for (const product of productsIn(context)) if (typeof product === 'string') ids.add(product)
  return [...ids]
}

/**
 * The wish without what tells of these products (domain rules E.0): they leave the cart's list, and a happening about one keeps
 * neither its name nor its picture, so that texts fall back to "the product you looked at".
 */
export function discreet(intent: MessageIntent, hidden: ReadonlySet<string>): MessageIntent {
  if (hidden.size === 0 || !isOffSite(intent.channel)) return intent
  const isHidden = (one: Json) =>
    isJsonObject(one) && typeof one.product_id === 'string' && hidden.has(one.product_id)
  const { cart, event } = intent.context
  const context = {
    ...intent.context,
    ...(isJsonObject(cart) && Array.isArray(cart.items)
      ? { cart: { ...cart, items: cart.items.filter((one: Json) => !isHidden(one)) } }
      : {}),
    ...(isJsonObject(event) ? { event: hushed(event, isHidden) } : {}),
  }
  return { ...intent, context }
}

/** Facts of a reader without the names of sensitive categories (parts of names, lower-cased). */
export function hushedFacts(facts: JsonObject, words: readonly string[]): JsonObject {
  const isHidden = (name: Json) =>
    typeof name === 'string' && words.some((word) => name.toLowerCase().includes(word))
  const hush = (known: JsonObject): JsonObject =>
    Object.fromEntries(
      Object.entries(known).flatMap(([key, value]): readonly (readonly [string, Json])[] => {
        if (key === 'category' && isHidden(value)) return []
        if (key === 'categories' && Array.isArray(value))
          return [[key, value.filter((one: Json) => !isHidden(one))]]
        return [[key, isJsonObject(value) ? hush(value) : value]]
      }),
    )
  return hush(facts)
}

function hushed(event: JsonObject, isHidden: (one: Json) => boolean): JsonObject {
  const shown = isHidden(event) ? without(event) : event
  return Array.isArray(shown.products)
    ? { ...shown, products: shown.products.filter((one: Json) => !isHidden(one)) }
    : shown
}

function without(event: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(event).filter(([key]) => !(telling as readonly string[]).includes(key)),
  )
}

function* productsIn(context: JsonObject): Generator<Json | undefined> {
  const { cart, event } = context
  const items = isJsonObject(cart) && Array.isArray(cart.items) ? cart.items : []
  const listed = isJsonObject(event) && Array.isArray(event.products) ? event.products : []
  for (const one of [...items, ...listed, event ?? null])
    if (isJsonObject(one)) yield one.product_id
}

/** Whether a message leaves the shop's own pages and servers. */
export function isOffSite(channel: MessageIntent['channel']): boolean {
  return channel !== 'onsite' && channel !== 'webhook'
}
