import { isJsonObject, type Json, type JsonObject } from '../lib/json.ts'
import type { ParsedMessage } from '../messages/draw.ts'
import type { Recipe } from '../recommendations/recipe.ts'
import type { Shop } from '../shops/shop.ts'

const madeUp = {
  ko: ['핸드메이드 머그컵', '쌀겨 비누', '린넨 앞치마'],
  en: ['Handmade mug', 'Rice bran soap', 'Linen apron'],
} as const

type Looked = {
  readonly context: JsonObject
  /** What its recipe gives (recommended-preview.ts); empty without one. */
  readonly recs: JsonObject
  readonly shop: Pick<Shop, 'language' | 'url'>
}

/** The recipe a message recommends by; a message on the page keeps its own. */
export function recipeIn(content: ParsedMessage): { readonly recommend?: Recipe } {
  const recommend =
    content.channel === 'onsite' ? content.compiled.content.recommend : content.recommend
  return recommend ? { recommend } : {}
}

/** What a message is looked at with, whatever it recommends among it. */
export function withRecs(content: ParsedMessage, looked: Looked): JsonObject {
  return content.channel === 'onsite' ? onPageSample(looked) : { ...looked.context, ...looked.recs }
}

/**
 * What a message on the page is looked at with: where nothing is recommended yet three made-up products stand, and products
 * without an address lead to the shop's front, so that the cards can be seen before the shop has sold anything.
 */
function onPageSample({ context, recs, shop }: Looked): JsonObject {
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
