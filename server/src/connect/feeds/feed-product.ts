import { linkOf, productIdLimit } from '../../catalog/product-values.ts'
import { parseDecimal } from '../../lib/decimal.ts'
import type { JsonObject } from '../../lib/json.ts'
import type { FeedField, FeedLine, FeedMapping } from './feed-fields.ts'

/** Why a line of a feed says no product. */
export const lineFaults = ['no_id', 'long_id', 'no_name', 'price', 'twice'] as const
export type LineFault = (typeof lineFaults)[number]

export type FeedProduct = {
  readonly id: string
  /** The properties of `Product Updated`; what the file has a column for and leaves empty is null. */
  readonly said: JsonObject
  /** Currency units as text; null: the file has no word about it. */
  readonly cost: string | null
}

/** What a line says of its product, or what is wrong with it. */
export function feedProduct(
  line: FeedLine,
  mapping: FeedMapping,
): FeedProduct | { readonly fault: LineFault; readonly id: string } {
  const value = (field: FeedField) => (line[mapping[field] ?? ''] ?? '').trim()
  const id = value('id').normalize('NFC')
  if (id === '') return { fault: 'no_id', id }
  if (id.length > productIdLimit) return { fault: 'long_id', id: id.slice(0, productIdLimit) }
  const name = value('name')
  if (name === '') return { fault: 'no_name', id }
  const money = pricesOf(value)
  if (money === undefined) return { fault: 'price', id }
  const has = (field: FeedField) => mapping[field] !== undefined
  const text = (field: FeedField, key: string) =>
    has(field) ? { [key]: firstLine(value(field)) || null } : {}
  const cost = priceOf(value('cost'))
  return {
    id,
    cost: cost?.amount ?? null,
    said: {
      product_id: id,
      name: plain(name),
      ...money,
      ...(has('category') ? { category_path: pathOf(line, mapping) } : {}),
      ...text('brand', 'brand'),
      ...text('benefit', 'benefit'),
      ...text('review', 'review'),
      ...text('delivery', 'delivery'),
      ...(has('url') ? { url: linkOf(value('url')) ?? null } : {}),
      ...(has('imageUrl') ? { image_url: linkOf(value('imageUrl')) ?? null } : {}),
      ...(has('images') ? { images: linksOf(value('images')) } : {}),
      ...shelfOf(value, has),
      ...(has('rating') ? { rating: starsOf(value('rating')) } : {}),
      ...(has('reviewCount') ? { review_count: wholeOf(value('reviewCount')) } : {}),
      ...badgesOf(value, has),
      ...(has('parentId') ? { parent_id: value('parentId') || null } : {}),
      // A feed marks; what somebody marked by hand it does not unmark.
      ...(isYes(value('adult')) ? { sensitive: true } : {}),
    },
  }
}

type Value = (field: FeedField) => string

function pricesOf(value: Value): JsonObject | undefined {
  const listed = value('price')
  const asked = value('salePrice')
  const price = priceOf(listed)
  const sale = priceOf(asked)
  if ((listed !== '' && !price) || (asked !== '' && !sale)) return undefined
  const first = price ?? sale
  if (!first) return undefined
  const currency = value('currency') || first.currency || undefined
  const known = currency && /^[a-z]{3}$/i.test(currency) ? { currency: currency.toUpperCase() } : {}
  const [from, until] = datesOf(value('saleDates'))
  const isSale = price && sale && Number(sale.amount) < Number(price.amount)
  // A sale that is no lower is the price itself (Naver: price_pc beside an empty or lower normal_price).
  const listedAt = isSale || !sale ? first : sale
  return {
    price: Number(listedAt.amount),
    sale_price: isSale ? Number(sale.amount) : null,
    sale_from: isSale ? from : null,
    sale_until: isSale ? until : null,
    ...known,
  }
}

/** A price as people and programs write it: `15000`, `15,000원`, `12.50 USD`, `1.234,56 EUR`; undefined when it is none. */
export function priceOf(
  text: string,
): { readonly amount: string; readonly currency: string | undefined } | undefined {
  const currency = /\b([A-Z]{3})\b/.exec(text)?.[1] ?? (/[₩원]/.test(text) ? 'KRW' : undefined)
  const digits = text.replaceAll(/[\s₩원$€£¥]|\b[A-Za-z]{3}\b/g, '')
  const european = /^\d{1,3}(\.\d{3})+(,\d{1,4})?$/.test(digits) && digits.includes(',')
  const plainDigits = european
    ? digits.replaceAll('.', '').replace(',', '.')
    : digits.replaceAll(',', '')
  if (!/^\d{1,14}(\.\d{1,10})?$/.test(plainDigits)) return undefined
  const decimal = parseDecimal(plainDigits)
  return decimal === undefined ? undefined : { amount: plainDigits, currency }
}

/** Google's `from/until`, RFC 3339 with an offset that may lack its colon. */
function datesOf(text: string): readonly [string | null, string | null] {
  const [from = '', until = ''] = text.split('/').map((one) => one.trim())
  return [momentText(from), momentText(until)]
}

function momentText(text: string): string | null {
  const match = /^(\d{4}-\d{2}-\d{2})(T\d{2}:\d{2}(?::\d{2})?)?(Z|[+-]\d{2}:?\d{2})?$/.exec(text)
  if (!match) return null
  const zone = (match[3] ?? 'Z').replace(/^([+-]\d{2})(\d{2})$/, '$1:$2')
  return `${match[1]}${match[2] ?? 'T00:00'}${zone}`
}

function pathOf(line: FeedLine, mapping: FeedMapping): readonly string[] {
  const column = mapping.category ?? ''
  if (column === 'category_name1') {
    return [1, 2, 3, 4].flatMap((level) => plain(line[`category_name${level}`] ?? '') || [])
  }
  const text = firstLine(line[column] ?? '')
  const sign = text.includes('>') ? '>' : text.includes('|') ? '|' : '/'
  return text.split(sign).flatMap((part) => plain(part) || [])
}

const soldOut = /^(out[ _]of[ _]stock|sold ?out|품절|일시품절|unavailable)$/i
const offSale = /^(d|discontinued|판매중지|판매종료|단종)$/i

function shelfOf(value: Value, has: (field: FeedField) => boolean): JsonObject {
  const said = value('availability')
  const stock = wholeOf(value('stock'))
  const shelf = offSale.test(said) ? { sellable: false } : { sellable: true }
  if (soldOut.test(said)) return { ...shelf, stock: 0 }
  // A file that says neither leaves stock as it is.
  if (stock !== null) return { ...shelf, stock }
  return has('availability') || has('stock') ? { ...shelf, stock: null } : shelf
}

function badgesOf(value: Value, has: (field: FeedField) => boolean): JsonObject {
  if (!has('badges') && !has('shipping')) return {}
  const own = value('badges')
    .split(/[\n,|^]/)
    .flatMap((one) => plain(one) || [])
  return { badges: value('shipping') === '0' ? [...own, '무료배송'] : own }
}

function linksOf(text: string): readonly string[] {
  return text.split(/[\n|]|,(?=\s*https?:)/i).flatMap((one) => linkOf(one) ?? [])
}

function starsOf(text: string): number | null {
  const stars = Number(text)
  return text !== '' && stars >= 0 && stars <= 5 ? stars : null
}

function wholeOf(text: string): number | null {
  const digits = text.replaceAll(',', '')
  return /^-?\d{1,9}(\.0+)?$/.test(digits) ? Math.trunc(Number(digits)) : null
}

function isYes(text: string): boolean {
  return /^(y|yes|true|1|예|성인)$/i.test(text)
}

const firstLine = (text: string) => plain(text.split('\n', 1)[0] ?? '')

/** Without tags (feeds carry `<b>` in names), in one line. */
function plain(text: string): string {
  return text
    .replaceAll(/<\/?[a-z][^<>]*>/gi, ' ')
    .replaceAll(/\s+/g, ' ')
    .trim()
}
