import type { ShopId } from '../lib/brand.ts'
import type { Warehouse } from '../warehouse/connection.store.ts'
import { survivorSql } from '../warehouse/survivor.ts'
import type { Interested } from './product-news.ts'

type Row = {
  readonly who: string
  readonly seen: string
  readonly viewed: string
  readonly wished: string
  readonly carted: string
  readonly requested: string
}

/**
 * People who did something with a product since a time, those who did it last first, after a cursor. Left out: who ordered it
 * since, and who was told the same of it within the quiet time (or, having asked, since they asked).
 */
export async function interestedIn(
  warehouse: Warehouse,
  shop: ShopId,
  asked: {
    readonly product: string
    readonly told: 'Price Dropped' | 'Back In Stock'
    /** UTC ms. */
    readonly since: number
    readonly until: number
    readonly quietSince: number
    readonly after: { readonly at: number; readonly customer: number } | undefined
    readonly limit: number
  },
): Promise<readonly Interested[]> {
  const back = asked.told === 'Back In Stock'
  const rows = await warehouse.query<Row>(
    `select toString(person) as who, toString(toUnixTimestamp64Milli(greatest(viewed_at, wished_at, carted_at, requested_at))) as seen,
       toString(toUnixTimestamp64Milli(viewed_at)) as viewed, toString(toUnixTimestamp64Milli(wished_at)) as wished,
       toString(toUnixTimestamp64Milli(carted_at)) as carted, toString(toUnixTimestamp64Milli(if(requested_at > told_at, requested_at, toDateTime64(0, 3, 'UTC')))) as requested
     from (
       select ${survivorSql('customer')} as person,
         maxIf(at, name = 'Product Viewed') as viewed_at,
         maxIf(at, name = 'Product Added to Wishlist') as wished_at,
         maxIf(at, name = 'Product Added') as carted_at,
         maxIf(at, name = 'Back In Stock Requested' and {back:Bool}) as requested_at,
         maxIf(at, name = 'Order Completed') as ordered_at,
         maxIf(at, name = {told:String}) as told_at
       from events
       where shop = {shop:UInt32} and customer <> 0 and at > fromUnixTimestamp64Milli({since:Int64})
         and position <= {until:UInt64}
         and name in ('Product Viewed', 'Product Added to Wishlist', 'Product Added', 'Back In Stock Requested', 'Order Completed', {told:String})
         and (product_id = {product:String} or (name = 'Order Completed' and has(products.product_id, {product:String})))
       group by person
     )
     where greatest(viewed_at, wished_at, carted_at, requested_at) > greatest(ordered_at, toDateTime64(0, 3, 'UTC'))
       and (requested_at > told_at
         or (told_at <= fromUnixTimestamp64Milli({quiet:Int64}) and greatest(viewed_at, wished_at, carted_at) > told_at))
       and (toUnixTimestamp64Milli(greatest(viewed_at, wished_at, carted_at, requested_at)), person)
         < ({afterAt:Int64}, {afterCustomer:UInt64})
     order by toUnixTimestamp64Milli(greatest(viewed_at, wished_at, carted_at, requested_at)) desc, person desc
     limit {limit:UInt32}`,
    {
      shop,
      product: asked.product,
      told: asked.told,
      back,
      since: asked.since,
      until: asked.until,
      quiet: asked.quietSince,
      afterAt: asked.after?.at ?? Number.MAX_SAFE_INTEGER,
      afterCustomer: asked.after?.customer ?? Number.MAX_SAFE_INTEGER,
      limit: asked.limit,
    },
  )
  return rows.map((row) => ({
    customer: Number(row.who),
    at: Number(row.seen),
    because: becauseOf(row),
  }))
}

/** The strongest of what they did: asking, then the cart, then a wish. */
function becauseOf(row: Row): Interested['because'] {
  if (Number(row.requested) > 0) return 'requested'
  if (Number(row.carted) > 0) return 'carted'
  return Number(row.wished) > 0 ? 'wished' : 'viewed'
}
