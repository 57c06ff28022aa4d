import { formatDecimal } from '../lib/decimal.ts'
import { dayMs } from '../lib/duration.ts'
import { type JsonObject, rawNumber } from '../lib/json.ts'

/** Somebody who looked at a product: what they did with it last that counts most. */
export type Interested = {
  readonly customer: number
  /** When they last did something with it, UTC ms. */
  readonly at: number
  readonly because: 'viewed' | 'wished' | 'carted' | 'requested'
}

/** The price in force from a time on, ten-thousandths. */
export type PriceFrom = { readonly at: number; readonly price: number | null }

/** What is told of a product. */
export type ToldProduct = {
  readonly id: string
  readonly name: string
  readonly category: string | null
  readonly brand: string | null
  readonly url: string | null
  readonly imageUrl: string | null
  readonly price: number | null
  readonly currency: string | null
  readonly stock: number | null
}

/** The price in force at a time by its history, oldest first; undefined before anything was known. */
export function priceAt(history: readonly PriceFrom[], at: number): number | undefined {
  return history.findLast((one) => one.at <= at)?.price ?? undefined
}

/**
 * What `Price Dropped` says to one person, or undefined where it is no drop for them: they saw it as cheap as it is now. The old
 * price is the lower of what they saw and of the lowest price in force of the 20 days before, so that no drop is told larger than it is.
 */
export function priceDropFor(
  person: Interested,
  product: ToldProduct,
  prices: {
    readonly history: readonly PriceFrom[]
    readonly reference: number | null
    readonly now: number
  },
): JsonObject | undefined {
  const seen = priceAt(prices.history, person.at)
  const old = Math.min(
    seen ?? Number.POSITIVE_INFINITY,
    prices.reference ?? Number.POSITIVE_INFINITY,
  )
  const { price } = product
  if (price === null || !Number.isFinite(old) || price >= old) return undefined
  return {
    ...productWords(product),
    old_price: units(old),
    dropped_by: units(old - price),
    // Rounded down: a drop of 9.9 % is not "10 %".
    percent: Math.floor(((old - price) / old) * 100),
    ...because(person, prices.now),
  }
}

/** What `Back In Stock` says to one person. `requested`: they asked to be told, so telling them is no advertisement. */
export function backInStockFor(person: Interested, product: ToldProduct, now: number): JsonObject {
  return {
    ...productWords(product),
    ...(product.stock === null ? {} : { stock: product.stock }),
    requested: person.because === 'requested',
    ...because(person, now),
  }
}

function because(person: Interested, now: number): JsonObject {
  return {
    because: person.because,
    days_since: Math.max(0, Math.floor((now - person.at) / dayMs)),
  }
}

function productWords(product: ToldProduct): JsonObject {
  const { id, name, category, brand, url, imageUrl, price, currency } = product
  return {
    product_id: id,
    name,
    ...(category === null ? {} : { category }),
    ...(brand === null ? {} : { brand }),
    ...(url === null ? {} : { url }),
    ...(imageUrl === null ? {} : { image_url: imageUrl }),
    ...(price === null ? {} : { price: units(price) }),
    ...(currency === null ? {} : { currency }),
  }
}

const units = (amount: number) => rawNumber(formatDecimal(BigInt(amount)))
