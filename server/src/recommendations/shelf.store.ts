import type { Database, Tx } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import type { Shelved } from './tables.ts'

/** A product as it is stored; which are sensitive is the catalogue's to say. */
export type ShelfRow = Omit<Shelved, 'isSensitive'>

/** Products of a shop, those that came last first. */
export async function readShelf(
  db: Database,
  shop: ShopId,
  limit: number,
): Promise<readonly ShelfRow[]> {
  return await db<ShelfRow[]>`
    select id, name, category, brand, url, image_url as "imageUrl", price / 10000.0::float8 as price,
      case when current_price < price then current_price / 10000.0::float8 end as "salePrice", currency,
      sellable and coalesce(stock, 1) > 0 as "isBuyable", stock, rating / 100.0::float8 as rating, review_count as reviews, benefit,
      parent, first_seen_at as "firstSeenAt"
    from products where shop = ${shop}
    order by first_seen_at desc, id limit ${limit}`
}

/** When each of these people last bought each product, newest first: kept pieces of paid orders. */
export async function readBought(
  db: Database | Tx,
  shop: ShopId,
  { customers, limit }: { readonly customers: readonly number[]; readonly limit: number },
): Promise<
  readonly { readonly customer: number; readonly product: string; readonly at: number }[]
> {
  if (customers.length === 0) return []
  return await db`
    select customer, product, at from (
      select o.customer, l.product, max(o.paid_at) as at,
        row_number() over (partition by o.customer order by max(o.paid_at) desc, l.product) as place
      from orders o join order_lines l on l.shop = o.shop and l.order_id = o.id
      where o.shop = ${shop} and o.customer = any(${[...customers]}::bigint[]) and o.status = 'paid' and o.paid_at is not null
        and l.is_goods and l.quantity > l.refunded_quantity
      group by o.customer, l.product
    ) as one where place <= ${limit} order by customer, at desc, product`
}

/** The stored section `facts` of a person, as JSON text; undefined where there is none. */
export async function readSections(
  db: Database | Tx,
  shop: ShopId,
  customer: number,
): Promise<string | undefined> {
  const [row] = await db<{ sections: string }[]>`
    select sections from customer_state where shop = ${shop} and customer = ${customer}`
  return row?.sections
}
