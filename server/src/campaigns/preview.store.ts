import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'

/** A customer's name, null when they have not said it; undefined when there is no such customer. */
export async function nameOf(
  db: Database,
  shop: ShopId,
  customer: number,
): Promise<string | null | undefined> {
  const [row] = await db<{ name: string | null }[]>`
    select name from customers where shop = ${shop} and id = ${customer} and erased_at is null`
  return row?.name
}

/** A few products that can be bought, those with a picture first, as lines of a sample cart. */
export async function sampleProducts(
  db: Database,
  shop: ShopId,
  limit: number,
): Promise<
  readonly {
    readonly productId: string
    readonly name: string
    readonly category: string | null
    readonly price: number | null
    readonly image: string | null
    readonly url: string | null
  }[]
> {
  return await db<
    {
      productId: string
      name: string
      category: string | null
      price: number | null
      image: string | null
      url: string | null
    }[]
  >`
    select id as "productId", name, category, coalesce(sale_price, price) as price, image_url as image, url
    from products where shop = ${shop} and sellable and (stock is null or stock > 0)
    order by image_url is null, updated_at desc, id limit ${limit}`
}
