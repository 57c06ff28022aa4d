import type { Tx } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import type { ProductRow } from './products.store.ts'
import type { ChangeRow } from './save-products.store.ts'

type Rolled = Omit<
  ProductRow,
  'currentPrice' | 'sensitive' | 'sensitiveSaid' | 'parent' | 'source' | 'firstSeenAt' | 'updatedAt'
> & { readonly position: number; readonly at: number }

/**
 * What these products are when their variants are taken together: the cheapest that can be bought says the price, their stock is
 * added up. A product the shop itself spoke of says for itself and is left out.
 */
export async function variantsRolledUp(
  tx: Tx,
  shop: ShopId,
  parents: readonly string[],
): Promise<readonly ChangeRow[]> {
  const rows = await tx<Rolled[]>`
    select best.parent as id, every.position, every.at, best.name, best.category, best.category_path as "categoryPath", best.brand,
      best.url, best.image_url as "imageUrl", best.images, best.price, best.sale_price as "salePrice",
      best.sale_from as "saleFrom", best.sale_until as "saleUntil", best.currency, every.stock, every.sellable, best.benefit,
      best.rating, best.review_count as "reviewCount", best.review, best.badges, best.delivery
    from (
      select distinct on (parent) * from products
      where shop = ${shop} and parent = any(${[...parents]}::text[])
      order by parent, (sellable and coalesce(stock, 1) > 0) desc, current_price nulls last, id
    ) best
    join (
      select parent, max(position) as position, max(updated_at) as at, bool_or(sellable) as sellable,
        case when bool_or(sellable and stock is null) then null
          else coalesce(sum(greatest(stock, 0)) filter (where sellable), 0)::int end as stock
      from products where shop = ${shop} and parent = any(${[...parents]}::text[]) group by parent
    ) every using (parent)
    left join products own on own.shop = ${shop} and own.id = best.parent
    where own.id is null or own.source in ('variants', 'events')
    order by 1`
  return rows.map(({ position, at, ...row }) => ({
    position,
    at,
    source: 'variants',
    change: {
      ...row,
      price: row.price === null ? undefined : BigInt(row.price),
      salePrice: row.salePrice === null ? null : BigInt(row.salePrice),
      currency: row.currency ?? undefined,
      sensitive: undefined,
      parent: null,
    },
  }))
}
