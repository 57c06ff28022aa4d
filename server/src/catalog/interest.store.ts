import type { ShopId } from '../lib/brand.ts'
import type { Warehouse } from '../warehouse/connection.store.ts'
import { ownPeopleSql, survivorSql } from '../warehouse/survivor.ts'

export type Interest = {
  readonly views: number
  readonly viewers: number
  readonly carts: number
  readonly orders: number
}

/** How often a product was looked at, put into carts and ordered since a time; the shop's own people are left out. */
export async function interestIn(
  warehouse: Warehouse,
  shop: ShopId,
  asked: { readonly product: string; readonly since: number },
): Promise<Interest> {
  const [row] = await warehouse.query<Record<keyof Interest, string | number>>(
    `select countIf(name = 'Product Viewed') as views, uniqExactIf(${survivorSql('customer')}, name = 'Product Viewed') as viewers,
       countIf(name = 'Product Added') as carts, uniqExactIf(order_id, name = 'Order Completed') as orders
     from events
     where shop = {shop:UInt32} and at >= fromUnixTimestamp64Milli({since:Int64})
       and name in ('Product Viewed', 'Product Added', 'Order Completed')
       and (product_id = {product:String} or (name = 'Order Completed' and has(products.product_id, {product:String})))
       and customer not in ${ownPeopleSql}`,
    { shop, product: asked.product, since: asked.since },
  )
  return {
    views: Number(row?.views ?? 0),
    viewers: Number(row?.viewers ?? 0),
    carts: Number(row?.carts ?? 0),
    orders: Number(row?.orders ?? 0),
  }
}
