import { type Decimal, parseDecimal } from '../lib/decimal.ts'
import { isJsonObject, type Json, type JsonObject, numberText } from '../lib/json.ts'
import { countOf, flagOf, idOf, lineOf, linesOf, linkOf, momentOf } from './product-values.ts'

/**
 * What a happening says about one product; undefined is "not said", null "there is none any more". Amounts in ten-thousandths,
 * times in UTC ms.
 */
export type ProductChange = {
  readonly id: string
  readonly name: string | undefined
  /** The path joined by `/`. */
  readonly category: string | null | undefined
  readonly categoryPath: readonly string[] | undefined
  readonly brand: string | null | undefined
  readonly url: string | null | undefined
  readonly imageUrl: string | null | undefined
  /** Pictures beside the first. */
  readonly images: readonly string[] | undefined
  readonly price: Decimal | undefined
  readonly salePrice: Decimal | null | undefined
  readonly saleFrom: number | null | undefined
  readonly saleUntil: number | null | undefined
  readonly currency: string | undefined
  /** null: no longer tracked. */
  readonly stock: number | null | undefined
  readonly sellable: boolean | undefined
  /** Why to buy it, in one line. */
  readonly benefit: string | null | undefined
  /** Hundredths of a star, 0 to 500. */
  readonly rating: number | null | undefined
  readonly reviewCount: number | null | undefined
  /** A sentence of a review. */
  readonly review: string | null | undefined
  readonly badges: readonly string[] | undefined
  /** When it arrives, as the shop promises. */
  readonly delivery: string | null | undefined
  /** null: as its category. */
  readonly sensitive: boolean | null | undefined
  /** The product it is a variant of. */
  readonly parent: string | null | undefined
}

/** Products taken from one happening. */
const productsOfOneLimit = 200
/** Levels of a category and pictures of a product that are kept. */
export const categoryLevels = 8
export const picturesLimit = 10
export const badgesLimit = 10

/** The products a happening tells of: its own `product_id`, and each of `products`. */
export function productsIn(properties: JsonObject | undefined): readonly ProductChange[] {
  if (!properties) return []
  const listed = Array.isArray(properties.products)
    ? properties.products.slice(0, productsOfOneLimit).filter(isJsonObject)
    : []
  return [properties, ...listed].flatMap((one) => productOf(one) ?? [])
}

function productOf(one: JsonObject): ProductChange | undefined {
  const id = idOf(one.product_id)
  if (id === undefined) return undefined
  const stock = one.stock === undefined ? one.inventory : one.stock
  return {
    id,
    ...shownOf(one),
    price: amount(one.price),
    salePrice: orNone(one.sale_price, amount),
    saleFrom: orNone(one.sale_from, momentOf),
    saleUntil: orNone(one.sale_until, momentOf),
    currency: lineOf(one.currency)?.slice(0, 3).toUpperCase(),
    stock: orNone(stock, countOf),
    sellable: flagOf(one.sellable),
    rating: orNone(one.rating, starsOf),
    reviewCount: orNone(one.review_count, (value) => atLeastNone(countOf(value))),
    sensitive: orNone(one.sensitive, flagOf),
    parent: parentOf(one, id),
  }
}

function shownOf(one: JsonObject) {
  const path = linesOf(one.category_path, categoryLevels)
  const category = path?.length === 0 ? null : (path?.join('/') ?? orNone(one.category, lineOf))
  return {
    name: lineOf(one.name),
    category,
    categoryPath: path ?? category?.split('/').slice(0, categoryLevels) ?? undefined,
    brand: orNone(one.brand, lineOf),
    url: orNone(one.url, linkOf),
    imageUrl: orNone(one.image_url, linkOf),
    images: linesOf(one.images, picturesLimit)?.flatMap((address) => linkOf(address) ?? []),
    benefit: orNone(one.benefit, lineOf),
    review: orNone(one.review, lineOf),
    badges: linesOf(one.badges, badgesLimit),
    delivery: orNone(one.delivery, lineOf),
  }
}

function orNone<T>(
  value: Json | undefined,
  read: (value: Json | undefined) => T | undefined,
): T | null | undefined {
  return value === null ? null : read(value)
}

function parentOf(one: JsonObject, id: string): string | null | undefined {
  const parent = orNone(one.parent_id, idOf)
  return parent === id ? null : parent
}

function amount(value: Json | undefined): Decimal | undefined {
  const digits = numberText(value)
  const decimal = digits === undefined ? undefined : parseDecimal(digits)
  return decimal === undefined || decimal < 0n ? undefined : decimal
}

function starsOf(value: Json | undefined): number | undefined {
  return typeof value === 'number' && value >= 0 && value <= 5 ? Math.round(value * 100) : undefined
}

function atLeastNone(count: number | undefined): number | undefined {
  return count === undefined ? undefined : Math.max(0, count)
}
