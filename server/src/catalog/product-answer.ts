import { z } from 'zod'
import type { ProductRow } from './products.store.ts'

const units = (amount: number | null) => (amount === null ? null : amount / 10_000)

/** A product as the API answers it: amounts in currency units, times in UTC ms. What it costs the shop is not in it. */
export const ProductAnswer = z.object({
  id: z.string(),
  name: z.string(),
  category: z.string().nullable(),
  categoryPath: z.array(z.string()),
  brand: z.string().nullable(),
  url: z.string().nullable(),
  imageUrl: z.string().nullable(),
  images: z.array(z.string()),
  /** In units of the currency. */
  price: z.number().nullable(),
  salePrice: z.number().nullable(),
  saleFrom: z.number().nullable(),
  saleUntil: z.number().nullable(),
  /** The price in force: the sale's while there is one. */
  currentPrice: z.number().nullable(),
  currency: z.string().nullable(),
  /** null: not tracked. */
  stock: z.number().nullable(),
  sellable: z.boolean(),
  benefit: z.string().nullable(),
  /** Stars, 0 to 5. */
  rating: z.number().nullable(),
  reviewCount: z.number().nullable(),
  review: z.string().nullable(),
  badges: z.array(z.string()),
  delivery: z.string().nullable(),
  /** Kept out of messages off site: its own mark, or else its category's. */
  sensitive: z.boolean(),
  sensitiveSaid: z.boolean().nullable(),
  parentId: z.string().nullable(),
  source: z.string(),
  firstSeenAt: z.number(),
  updatedAt: z.number(),
})

export type ProductAnswer = z.infer<typeof ProductAnswer>

/** The row as the API answers it. */
export function productAnswer(row: ProductRow): ProductAnswer {
  const { parent, categoryPath, images, badges, price, salePrice, currentPrice, ...same } = row
  return {
    ...same,
    categoryPath: [...categoryPath],
    images: [...images],
    badges: [...badges],
    price: units(price),
    salePrice: units(salePrice),
    currentPrice: units(currentPrice),
    parentId: parent,
  }
}
