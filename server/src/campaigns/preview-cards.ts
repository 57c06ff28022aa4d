import { isJsonObject, type Json, type JsonObject } from '../lib/json.ts'
import type { Shop } from '../shops/shop.ts'

const madeUp = {
  ko: ['핸드메이드 머그컵', '쌀겨 비누', '린넨 앞치마'],
  en: ['Handmade mug', 'Rice bran soap', 'Linen apron'],
} as const

/**
 * What a message on the page is looked at with: where nothing is recommended yet three made-up products stand, and products
 * without an address lead to the shop's front, so that the cards can be seen before the shop has sold anything.
 */
export function onPageSample(
  context: JsonObject,
  recs: JsonObject,
  shop: Pick<Shop, 'language' | 'url'>,
): JsonObject {
  const url = /^https?:/i.test(shop.url) ? shop.url : 'https://shop.example'
  const led = (list: Json | undefined) =>
    Array.isArray(list)
      ? list.map((one) => (isJsonObject(one) ? { ...one, url: one.url || url } : one))
      : []
  const shown = led(recs.recs)
  const { cart } = context
  return {
    ...context,
    ...(isJsonObject(cart) ? { cart: { ...cart, items: led(cart.items) } } : {}),
    ...recs,
    recs:
      shown.length > 0
        ? shown
        : madeUp[shop.language].map((name, at) => ({
            product_id: `sample-${at + 1}`,
            name,
            price: 12_000 + at * 3_000,
            url,
          })),
  }
}
