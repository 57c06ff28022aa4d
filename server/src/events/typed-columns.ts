import { type Decimal, readDecimal } from '../lib/decimal.ts'
import { isJsonObject, type Json, type JsonObject, numberText } from '../lib/json.ts'
import { wellFormed } from '../lib/text.ts'
import type { Happening } from './happening.ts'

/** The properties that segments and reports use most, each in a column of its own. A text that is missing is ''. */
export type TypedColumns = {
  readonly product_id: string
  readonly order_id: string
  readonly value: Decimal | undefined
  readonly quantity: Decimal | undefined
  readonly currency: string
  readonly query: string
  readonly url_path: string
  readonly products: readonly TypedProduct[]
}

export type TypedProduct = {
  readonly product_id: string
  readonly name: string
  readonly category: string
  readonly price: Decimal | undefined
  readonly quantity: Decimal | undefined
}

/** How many entries of `products` are kept in the column. */
const typedProductLimit = 200

const nothing: JsonObject = {}

/**
 * The typed columns of a happening. `value` is the first number among value, revenue and total (Segment's spec v2 has
 * all three; GA4's value arrives as revenue). Ids given as whole numbers count as their text.
 */
export function typedColumns(happening: Pick<Happening, 'body'>): TypedColumns {
  const properties = happening.body.properties ?? nothing
  return {
    product_id: idText(properties.product_id),
    order_id: idText(properties.order_id),
    value:
      readDecimal(properties.value) ??
      readDecimal(properties.revenue) ??
      readDecimal(properties.total),
    quantity: readDecimal(properties.quantity),
    currency: text(properties.currency).toUpperCase().slice(0, 3),
    query: text(properties.query),
    url_path: urlPath(properties, happening.body.context),
    products: productsOf(properties.products),
  }
}

function productsOf(value: Json | undefined): readonly TypedProduct[] {
  if (!Array.isArray(value)) return []
  return value
    .slice(0, typedProductLimit)
    .filter(isJsonObject)
    .map((product) => ({
      product_id: idText(product.product_id),
      name: text(product.name),
      category: text(product.category),
      price: readDecimal(product.price),
      quantity: readDecimal(product.quantity),
    }))
}

function urlPath(properties: JsonObject, context: JsonObject | undefined): string {
  const page = context?.page
  const place = isJsonObject(page) ? page : nothing
  return (
    text(properties.path) ||
    pathOf(text(properties.url)) ||
    text(place.path) ||
    pathOf(text(place.url))
  )
}

function pathOf(url: string): string {
  if (url === '') return ''
  const start = url.indexOf('//')
  const rest = start === -1 ? url : url.slice(start + 2)
  const slash = start === -1 ? 0 : rest.indexOf('/')
  if (slash === -1) return '/'
  return rest.slice(slash).split(/[?#]/, 1)[0] ?? ''
}

function text(value: Json | undefined): string {
  return typeof value === 'string' ? wellFormed(value) : ''
}

function idText(value: Json | undefined): string {
  const digits = numberText(value)
  return digits !== undefined && /^-?\d+$/.test(digits) ? digits : text(value)
}
