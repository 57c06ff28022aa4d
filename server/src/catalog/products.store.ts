import type { Database, Tx } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import { usualSensitiveCategories } from './sensitive.ts'

export type ProductRow = {
  readonly id: string
  readonly name: string
  /** The path joined by `/`. */
  readonly category: string | null
  readonly categoryPath: readonly string[]
  readonly brand: string | null
  readonly url: string | null
  readonly imageUrl: string | null
  /** Beside the first. */
  readonly images: readonly string[]
  /** Ten-thousandths of the currency unit. */
  readonly price: number | null
  readonly salePrice: number | null
  /** UTC ms; null: no such bound. */
  readonly saleFrom: number | null
  readonly saleUntil: number | null
  /** The price in force: the sale's while there is one. Ten-thousandths. */
  readonly currentPrice: number | null
  readonly currency: string | null
  readonly stock: number | null
  readonly sellable: boolean
  readonly benefit: string | null
  /** Stars, 0 to 5. */
  readonly rating: number | null
  readonly reviewCount: number | null
  readonly review: string | null
  readonly badges: readonly string[]
  readonly delivery: string | null
  /** May not appear in a message off site: its own mark, or its category's. */
  readonly sensitive: boolean
  /** What was said of it itself; null: it is as its category. */
  readonly sensitiveSaid: boolean | null
  /** The product it is a variant of. */
  readonly parent: string | null
  /** events, shop, api, variants or feed:<id>. */
  readonly source: string
  readonly firstSeenAt: number
  readonly updatedAt: number
}

const columns = (db: Database | Tx, shop: ShopId) => db`
  id, name, category, category_path as "categoryPath", brand, url, image_url as "imageUrl", images, price,
  sale_price as "salePrice", sale_from as "saleFrom", sale_until as "saleUntil", current_price as "currentPrice", currency,
  stock, sellable, benefit, rating / 100.0::float8 as rating, review_count as "reviewCount", review, badges, delivery,
  ${isSensitive(db, shop)} as sensitive, sensitive as "sensitiveSaid", parent, source, first_seen_at as "firstSeenAt",
  updated_at as "updatedAt"`

/** The one place that says which products may not appear off site: of a row of `products`. */
function isSensitive(db: Database | Tx, shop: ShopId) {
  return db`coalesce(products.sensitive, exists (
    select 1 from unnest(products.category_path) as part, unnest((
      select coalesce(
        texts_of(shops.settings::jsonb #> '{catalog,sensitiveCategories}'), ${[...usualSensitiveCategories]}::text[])
      from shops where shops.id = ${shop})) as word
    where strpos(lower(part), lower(word)) > 0))`
}

/** Which of these products may not appear in a message off site. */
export async function sensitiveOf(
  db: Database | Tx,
  shop: ShopId,
  ids: readonly string[],
): Promise<ReadonlySet<string>> {
  if (ids.length === 0) return new Set()
  const rows = await db<{ id: string }[]>`
    select id from products
    where shop = ${shop} and id = any(${[...ids]}::text[]) and ${isSensitive(db, shop)}`
  return new Set(rows.map((row) => row.id))
}

/** What a list of products is narrowed by; undefined is not asked. */
export type ProductsAsked = {
  /** Part of a name, or a whole id. */
  readonly search?: string | undefined
  /** A category and all below it. */
  readonly category?: string | undefined
  readonly source?: string | undefined
  readonly state?: 'available' | 'sold_out' | 'off_sale' | 'on_sale' | 'sensitive' | undefined
  /** Variants of this product; without it variants of others are left out. */
  readonly parent?: string | undefined
}

/** Products by name, those after a key. */
export async function listProducts(
  db: Database,
  shop: ShopId,
  page: ProductsAsked & {
    readonly after: { readonly name: string; readonly id: string } | undefined
    readonly limit: number
  },
): Promise<readonly ProductRow[]> {
  const { search, category, source, parent, after } = page
  return await db<ProductRow[]>`
    select ${columns(db, shop)} from products
    where shop = ${shop}
      ${search === undefined ? db`` : db`and (name ilike ${`%${asLike(search)}%`} or id = ${search})`}
      ${category === undefined ? db`` : db`and (category = ${category} or category like ${`${asLike(category)}/%`})`}
      ${source === undefined ? db`` : db`and source = ${source}`}
      ${parent === undefined ? db`and (parent is null or id = ${search ?? ''})` : db`and parent = ${parent}`}
      ${stateOf(db, shop, page.state)}
      ${after === undefined ? db`` : db`and (name, id) > (${after.name}, ${after.id})`}
    order by name, id limit ${page.limit}`
}

const asLike = (text: string) => text.replace(/[\\%_]/g, '\\$&')

function stateOf(db: Database, shop: ShopId, state: ProductsAsked['state']) {
  switch (state) {
    case 'available':
      return db`and sellable and coalesce(stock, 1) > 0`
    case 'sold_out':
      return db`and sellable and stock <= 0`
    case 'off_sale':
      return db`and not sellable`
    case 'on_sale':
      return db`and current_price < price`
    case 'sensitive':
      return db`and ${isSensitive(db, shop)}`
    default:
      return db``
  }
}

/** The products with these ids. */
export async function findProducts(
  db: Database | Tx,
  shop: ShopId,
  ids: readonly string[],
): Promise<readonly ProductRow[]> {
  if (ids.length === 0) return []
  return await db<ProductRow[]>`
    select ${columns(db, shop)} from products where shop = ${shop} and id = any(${[...ids]}::text[])`
}

/** Of what categories and from where the shop's products are, the largest first. */
export async function shelvesOf(
  db: Database,
  shop: ShopId,
): Promise<{
  readonly categories: readonly { readonly name: string; readonly products: number }[]
  readonly sources: readonly { readonly name: string; readonly products: number }[]
}> {
  const [categories, sources] = await Promise.all([
    db<{ name: string; products: number }[]>`
      select category as name, count(*)::int as products from products
      where shop = ${shop} and parent is null and category is not null group by category order by 2 desc, 1 limit 300`,
    db<{ name: string; products: number }[]>`
      select source as name, count(*)::int as products from products
      where shop = ${shop} and parent is null group by source order by 2 desc, 1 limit 50`,
  ])
  return { categories, sources }
}
