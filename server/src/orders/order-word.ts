import { type Decimal, formatDecimal, parseDecimal } from '../lib/decimal.ts'
import { isJsonObject, type Json, type JsonObject, numberText } from '../lib/json.ts'
import type { OrderLine, OrderSource, OrderWord, WholeWord } from './order.ts'

/** Lines of one order that are kept: an event of 32 KB holds fewer, an imported order may be longer. */
const orderLineLimit = 2_000

const acts: Readonly<Record<string, OrderWord['act']>> = {
  'Order Created': 'created',
  'Order Completed': 'paid',
  'Order Paid': 'paid',
  'Order Updated': 'updated',
  'Order Cancelled': 'cancelled',
  'Order Refunded': 'refunded',
}

/** The names of happenings that change orders. */
export const orderEvents: readonly string[] = Object.keys(acts)

/**
 * What a happening says of an order, or undefined when it names no order. Numbers that are no numbers count as absent;
 * prices are in currency units, as Segment's spec has them.
 */
export function orderWord(happening: {
  readonly name: string
  readonly at: number
  readonly properties: JsonObject
  readonly source: OrderSource
  readonly currency: string
}): OrderWord | undefined {
  const { properties } = happening
  const act = acts[happening.name]
  const id = idText(properties.order_id)
  if (!act || id === '') return undefined
  const products = Array.isArray(properties.products)
    ? properties.products.filter(isJsonObject)
    : []
  return {
    id,
    act,
    at: happening.at,
    source: happening.source,
    currency:
      typeof properties.currency === 'string'
        ? properties.currency.toUpperCase().slice(0, 3)
        : happening.currency,
    sequence: wholeNumber(properties.sequence) ?? 0,
    coupon: couponsIn([properties, ...products]),
    renewal: properties.renewal === true,
    lines: products.slice(0, orderLineLimit).flatMap(lineOf),
    discount: amount(properties.discount) ?? 0n,
    total: amount(properties.total) ?? amount(properties.revenue) ?? amount(properties.value),
    back: happening.source === 'browser' ? undefined : amount(properties.refund_amount),
    whole: happening.source === 'browser' ? undefined : wholeOf(properties, happening.at),
  }
}

/** A platform's last word of an order (connect/platform/order-changes.ts): `restated`. */
function wholeOf(properties: JsonObject, at: number): WholeWord | undefined {
  if (properties.restated !== true) return undefined
  const refunds = Array.isArray(properties.refunds) ? properties.refunds.filter(isJsonObject) : []
  const time = (value: Json | undefined) => (typeof value === 'number' ? value : null)
  return {
    createdAt: time(properties.ordered_at) ?? at,
    paidAt: time(properties.paid_at),
    isCancelled: time(properties.cancelled_at) !== null,
    refunds: refunds.map((refund) => ({
      lines: Array.isArray(refund.products)
        ? refund.products.filter(isJsonObject).flatMap(lineOf)
        : [],
      back: amount(refund.refund_amount) ?? 0n,
    })),
  }
}

/** Longest text of an order's codes. */
const couponCharsLimit = 500

/** Segment's `coupon`, of the order and of its products: one code, or several as a list. */
function couponsIn(told: readonly JsonObject[]): string | null {
  const codes = told
    .flatMap(({ coupon }) => (Array.isArray(coupon) ? coupon : [coupon]))
    .filter((code) => typeof code === 'string' && code !== '')
  return codes.length === 0 ? null : [...new Set(codes)].join(',').slice(0, couponCharsLimit)
}

function lineOf(product: JsonObject): readonly OrderLine[] {
  const id = idText(product.product_id)
  if (id === '') return []
  const quantity = wholeNumber(product.quantity) ?? 1
  const price = amount(product.price) ?? 0n
  if (quantity <= 0) return []
  return [
    {
      product: id,
      name: typeof product.name === 'string' ? product.name : id,
      category: textOf(product.category),
      brand: textOf(product.brand),
      variant: textOf(product.variant),
      quantity,
      refundedQuantity: 0,
      price,
      net: atLeastZero(price * BigInt(quantity) - (amount(product.discount) ?? 0n)),
      isGoods: product.is_goods !== false,
    },
  ]
}

function amount(value: Json | undefined): Decimal | undefined {
  const text = value === undefined ? undefined : numberText(value)
  return text === undefined ? undefined : parseDecimal(text)
}

const atLeastZero = (value: Decimal): Decimal => (value < 0n ? 0n : value)

function wholeNumber(value: Json | undefined): number | undefined {
  const number = amount(value)
  if (number === undefined || number % 10_000n !== 0n) return undefined
  return Number(number / 10_000n)
}

function textOf(value: Json | undefined): string | null {
  return typeof value === 'string' && value !== '' ? value : null
}

function idText(value: Json | undefined): string {
  if (typeof value === 'string') return value.slice(0, 200)
  const number = amount(value)
  return number === undefined ? '' : formatDecimal(number)
}
