import { type Decimal, parseDecimal } from '../lib/decimal.ts'
import { isJsonObject, type Json, type JsonObject, numberText } from '../lib/json.ts'

/** What a happening says about one product; undefined is "not said". Amounts in ten-thousandths. */
export type ProductChange = {
  readonly id: string
  readonly name: string | undefined
  readonly category: string | undefined
  readonly brand: string | undefined
  readonly url: string | undefined
  readonly imageUrl: string | undefined
  readonly price: Decimal | undefined
  readonly salePrice: Decimal | undefined
  readonly currency: string | undefined
  /** null: no longer tracked. */
  readonly stock: number | null | undefined
  readonly sellable: boolean | undefined
}

/** Longest text of a product that is kept, in characters. */
const productTextLimit = 1_000
/** Products taken from one happening. */
const productsOfOneLimit = 200

/** The products a happening tells of: its own `product_id`, and each of `products`. */
export function productsIn(properties: JsonObject | undefined): readonly ProductChange[] {
  if (!properties) return []
  const listed = Array.isArray(properties.products)
    ? properties.products.slice(0, productsOfOneLimit).filter(isJsonObject)
    : []
  return [properties, ...listed].flatMap((one) => productOf(one) ?? [])
}

function productOf(one: JsonObject): ProductChange | undefined {
  const id = idText(one.product_id)
  if (id === undefined) return undefined
  const stock = one.stock === undefined ? one.inventory : one.stock
  return {
    id,
    name: text(one.name),
    category: text(one.category),
    brand: text(one.brand),
    url: link(one.url),
    imageUrl: link(one.image_url),
    price: amount(one.price),
    salePrice: amount(one.sale_price),
    currency: text(one.currency)?.slice(0, 3).toUpperCase(),
    stock: stock === null ? null : count(stock),
    sellable: typeof one.sellable === 'boolean' ? one.sellable : undefined,
  }
}

function text(value: Json | undefined): string | undefined {
  if (typeof value !== 'string') return undefined
  const line = value
    .normalize('NFC')
    .replaceAll('\0', '')
    .trim()
    .slice(0, productTextLimit)
    .toWellFormed()
  return line === '' ? undefined : line
}

function idText(value: Json | undefined): string | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value)
    ? String(value)
    : text(value)?.slice(0, 200)
}

/** Only addresses a browser opens safely are shown in pages and mails. */
function link(value: Json | undefined): string | undefined {
  const address = text(value)
  return address !== undefined && /^(https?:\/\/|\/(?!\/))/i.test(address) ? address : undefined
}

function amount(value: Json | undefined): Decimal | undefined {
  const digits = numberText(value)
  const decimal = digits === undefined ? undefined : parseDecimal(digits)
  return decimal === undefined || decimal < 0n ? undefined : decimal
}

function count(value: Json | undefined): number | undefined {
  return typeof value === 'number' && Number.isFinite(value)
    ? Math.max(-1_000_000_000, Math.min(1_000_000_000, Math.trunc(value)))
    : undefined
}
