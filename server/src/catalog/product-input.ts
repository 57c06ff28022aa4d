import { z } from 'zod'
import type { JsonObject } from '../lib/json.ts'
import { badgesLimit, categoryLevels, picturesLimit } from './product.ts'
import { linkOf, momentOf, productIdLimit } from './product-values.ts'

/** Products of one call. */
const productsLimit = 1_000

const Line = z.string().trim().max(1_000).nullable()
const Id = z.string().trim().min(1).max(productIdLimit)
const Link = z
  .string()
  .trim()
  .max(1_000)
  .refine((address) => linkOf(address) !== undefined, 'an address beginning with https:// or /')
const Amount = z.number().min(0).max(90_000_000_000)
const Time = z
  .union([z.number().int(), z.string()])
  .refine(
    (time) => momentOf(time) !== undefined,
    'UTC milliseconds, or a time with its zone such as 2026-11-22T09:00:00+09:00',
  )

/** Everything a shop may say of a product; what is left out stays as it is, null takes it away. Amounts in currency units. */
const said = {
  name: z.string().trim().min(1).max(1_000),
  /** `뷰티/스킨케어`, or the levels in a list where a name has a `/` of its own. */
  category: z.union([Line, z.array(z.string().trim().min(1).max(200)).max(categoryLevels)]),
  brand: Line,
  url: Link.nullable(),
  imageUrl: Link.nullable(),
  images: z.array(Link).max(picturesLimit),
  price: Amount,
  salePrice: Amount.nullable(),
  saleFrom: Time.nullable(),
  saleUntil: Time.nullable(),
  currency: z.string().regex(/^[A-Z]{3}$/, 'a currency code such as KRW'),
  /** null: not tracked. */
  stock: z.number().int().min(-1_000_000_000).max(1_000_000_000).nullable(),
  sellable: z.boolean(),
  benefit: z.string().trim().max(200).nullable(),
  rating: z.number().min(0).max(5).nullable(),
  reviewCount: z.number().int().min(0).max(1_000_000_000).nullable(),
  review: Line,
  badges: z.array(z.string().trim().min(1).max(40)).max(badgesLimit),
  delivery: z.string().trim().max(200).nullable(),
  /** null: as its category. */
  sensitive: z.boolean().nullable(),
  /** The product it is a variant of. */
  parentId: Id.nullable(),
  /** What the shop pays for one; kept for profit and answered by no route that lists products. */
  cost: Amount.nullable(),
}

/** What is said of a product whose id stands elsewhere. */
export const ProductEdit = z.strictObject(said).partial()
export type ProductEdit = z.infer<typeof ProductEdit>

/** A product of a call. */
const ProductInput = ProductEdit.extend({ id: Id })

/** `{ products: [...] }`, at most 1,000, each id once. */
export const ProductsInput = z.strictObject({
  products: z
    .array(ProductInput)
    .min(1)
    .max(productsLimit)
    .superRefine((products, context) => {
      const seen = new Set<string>()
      for (const [index, { id }] of products.entries()) {
        if (seen.has(id)) {
          context.addIssue({ code: 'custom', path: [index, 'id'], message: 'it is there twice' })
          return
        }
        seen.add(id)
      }
    }),
})

/** What was said as the properties of `Product Updated`; the cost is left out, it has a place of its own. */
export function propertiesOf(id: string, edit: ProductEdit): JsonObject {
  const { category, imageUrl, salePrice, saleFrom, saleUntil, reviewCount, parentId, ...rest } =
    edit
  const { cost: _, ...same } = rest
  const all = {
    product_id: id,
    ...same,
    ...(Array.isArray(category) ? { category_path: category } : { category }),
    image_url: imageUrl,
    sale_price: salePrice,
    sale_from: saleFrom,
    sale_until: saleUntil,
    review_count: reviewCount,
    parent_id: parentId,
  }
  return Object.fromEntries(
    Object.entries(all).filter((entry) => entry[1] !== undefined),
  ) as JsonObject
}
