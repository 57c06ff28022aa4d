import type { Database, Tx } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import type { ProductChange } from './product.ts'

export type ChangeRow = {
  readonly change: ProductChange
  readonly position: number
  readonly at: number
}

/**
 * Applies what the shop itself said of its products (`told`), or what was seen passing by in events. What passed by never
 * overrides what the shop said; an older word never overrides a newer one. What is not said stays.
 */
export async function saveProducts(
  tx: Tx,
  shop: ShopId,
  saved: { readonly rows: readonly ChangeRow[]; readonly told: boolean },
): Promise<void> {
  const { rows, told } = saved
  if (rows.length === 0) return
  const money = (value: bigint | undefined) => (value === undefined ? null : Number(value))
  await tx`
    insert into products as p (shop, id, name, category, brand, url, image_url, price, sale_price, currency, stock, sellable, position, updated_at)
    select ${shop}, u.id, coalesce(u.name, u.id), u.category, u.brand, u.url, u.image_url, u.price, u.sale_price, u.currency,
           u.stock, coalesce(u.sellable, 1) <> 0, u.position, u.at
    from unnest(
      ${rows.map((row) => row.change.id)}::text[],
      ${rows.map((row) => row.change.name ?? null)}::text[],
      ${rows.map((row) => row.change.category ?? null)}::text[],
      ${rows.map((row) => row.change.brand ?? null)}::text[],
      ${rows.map((row) => row.change.url ?? null)}::text[],
      ${rows.map((row) => row.change.imageUrl ?? null)}::text[],
      ${rows.map((row) => money(row.change.price))}::bigint[],
      ${rows.map((row) => money(row.change.salePrice))}::bigint[],
      ${rows.map((row) => row.change.currency ?? null)}::text[],
      ${rows.map((row) => row.change.stock ?? null)}::int[],
      ${rows.map((row) => (row.change.sellable === undefined ? null : row.change.sellable ? 1 : 0))}::int[],
      ${rows.map((row) => (told ? row.position : 0))}::bigint[],
      ${rows.map((row) => row.at)}::bigint[]
    ) as u(id, name, category, brand, url, image_url, price, sale_price, currency, stock, sellable, position, at)
    on conflict (shop, id) do update
    set name = case when excluded.name = excluded.id then p.name else excluded.name end,
        category = coalesce(excluded.category, p.category), brand = coalesce(excluded.brand, p.brand),
        url = coalesce(excluded.url, p.url), image_url = coalesce(excluded.image_url, p.image_url),
        price = coalesce(excluded.price, p.price), sale_price = coalesce(excluded.sale_price, p.sale_price),
        currency = coalesce(excluded.currency, p.currency), position = excluded.position, updated_at = excluded.updated_at
    where p.position < excluded.position or (p.position = 0 and excluded.position = 0)`
  if (told) await saveStock(tx, shop, rows)
}

/** Stock and whether it may be sold only ever come from the shop itself; null stock means no longer tracked. */
async function saveStock(tx: Tx, shop: ShopId, rows: readonly ChangeRow[]): Promise<void> {
  const said = rows.filter(
    (row) => row.change.stock !== undefined || row.change.sellable !== undefined,
  )
  if (said.length === 0) return
  await tx`
    update products p
    set stock = case when u.stock_said = 1 then u.stock else p.stock end, sellable = coalesce(u.sellable <> 0, p.sellable)
    from unnest(
      ${said.map((row) => row.change.id)}::text[],
      ${said.map((row) => (row.change.stock === undefined ? 0 : 1))}::int[],
      ${said.map((row) => row.change.stock ?? null)}::int[],
      ${said.map((row) => (row.change.sellable === undefined ? null : row.change.sellable ? 1 : 0))}::int[],
      ${said.map((row) => row.position)}::bigint[]
    ) as u(id, stock_said, stock, sellable, position)
    where p.shop = ${shop} and p.id = u.id and p.position <= u.position`
}

export type ProductRow = {
  readonly id: string
  readonly name: string
  readonly category: string | null
  readonly brand: string | null
  readonly url: string | null
  readonly imageUrl: string | null
  /** Ten-thousandths of the currency unit. */
  readonly price: number | null
  readonly salePrice: number | null
  readonly currency: string | null
  readonly stock: number | null
  readonly sellable: boolean
  readonly updatedAt: number
}

/** Products by name, those after a key; `search` is part of a name or an id. */
export async function listProducts(
  db: Database,
  shop: ShopId,
  page: {
    readonly search: string | undefined
    readonly after: { readonly name: string; readonly id: string } | undefined
    readonly limit: number
  },
): Promise<readonly ProductRow[]> {
  const like = page.search === undefined ? undefined : `%${page.search.replace(/[\\%_]/g, '\\$&')}%`
  return await db<ProductRow[]>`
    select id, name, category, brand, url, image_url as "imageUrl", price, sale_price as "salePrice", currency, stock, sellable,
           updated_at as "updatedAt"
    from products
    where shop = ${shop}
      ${like === undefined ? db`` : db`and (name ilike ${like} or id = ${page.search ?? ''})`}
      ${page.after === undefined ? db`` : db`and (name, id) > (${page.after.name}, ${page.after.id})`}
    order by name, id limit ${page.limit}`
}

/** The products with these ids. */
export async function findProducts(
  db: Database | Tx,
  shop: ShopId,
  ids: readonly string[],
): Promise<readonly ProductRow[]> {
  if (ids.length === 0) return []
  return await db<ProductRow[]>`
    select id, name, category, brand, url, image_url as "imageUrl", price, sale_price as "salePrice", currency, stock, sellable,
           updated_at as "updatedAt"
    from products where shop = ${shop} and id = any(${[...ids]}::text[])`
}
