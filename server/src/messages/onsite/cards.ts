import { isJsonObject, type Json, type JsonObject } from '../../lib/json.ts'
import { money } from '../filters.ts'
import type { Draft } from '../scope.ts'
import type { OnsitePart } from './content.ts'
import type { CardView } from './view.ts'

type CardsPart = Extract<OnsitePart, { kind: 'cards' }>
type With = {
  readonly write: (text: string) => string
  readonly draft: Draft
  readonly scope: JsonObject
  readonly addressOf: (text: string, draft: Draft) => string | null
}

/** The cards in the order they were chosen in; one whose address leads nowhere is left out. */
export function cardsOf(part: CardsPart, by: With): readonly CardView[] {
  return chosen(part, by).slice(0, part.limit)
}

function chosen(part: CardsPart, by: With): readonly CardView[] {
  switch (part.from.kind) {
    case 'written':
      return part.from.cards.flatMap((card, at) => {
        const url = by.addressOf(by.write(card.url), by.draft)
        if (url === null) return []
        const image = card.image === undefined ? null : by.addressOf(by.write(card.image), by.draft)
        return [
          {
            ...plain,
            key: `c${at + 1}`,
            title: by.write(card.title),
            text: by.write(card.text),
            image,
            alt: by.write(card.alt),
            url,
          },
        ]
      })
    case 'recommended':
      return products(by.scope.recs, part, by)
    case 'cart': {
      const { cart } = by.scope
      return products(isJsonObject(cart) ? cart.items : undefined, part, by)
    }
  }
}

const plain = { text: '', price: null, was: null, rating: null, why: null } as const

/** Products as templates see them: product_id, name, price, sale_price, url, image_url, benefit, rating, review_count, line. */
function products(list: Json | undefined, part: CardsPart, by: With): readonly CardView[] {
  if (!Array.isArray(list)) return []
  return list.flatMap((product) => {
    if (!isJsonObject(product)) return []
    const key = text(product.product_id)
    const title = text(product.name)
    const url = by.addressOf(text(product.url), by.draft)
    if (key === '' || title === '' || url === null) return []
    const { price, sale_price: sale } = product
    const onSale = typeof sale === 'number' && typeof price === 'number' && sale < price
    return [
      {
        key,
        title,
        text: text(product.benefit),
        image: by.addressOf(text(product.image_url), by.draft),
        alt: '',
        url,
        price: amount(onSale ? sale : price, by.draft),
        was: onSale ? amount(price, by.draft) : null,
        rating: ratingWords(product),
        // What stands on a page is short; the numbers behind it are the shop's own business.
        why: part.why ? text(product.line) || text(product.why) || null : null,
      },
    ]
  })
}

function amount(value: Json | undefined, { shop }: Draft): string | null {
  return typeof value === 'number' ? money(value, shop.currency) : null
}

function ratingWords({ rating, review_count: reviews }: JsonObject): string | null {
  if (typeof rating !== 'number' || rating <= 0) return null
  const stars = rating.toFixed(1)
  return typeof reviews === 'number' && reviews > 0
    ? `${stars} (${reviews.toLocaleString('en-US')})`
    : stars
}

function text(value: Json | undefined): string {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : ''
}
