import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import type { ListedProduct } from './listed-product.ts'

/** Products a report can name; a shop with more has the ones that came last. */
const listedLimit = 100_000

/** All products and variants of a shop, the newest first. */
export async function listedProducts(
  db: Database,
  shop: ShopId,
): Promise<readonly ListedProduct[]> {
  return await db<ListedProduct[]>`
    select id, name, category, image_url as "imageUrl", parent, sellable as "isSellable" from products
    where shop = ${shop} order by first_seen_at desc, id limit ${listedLimit}`
}
