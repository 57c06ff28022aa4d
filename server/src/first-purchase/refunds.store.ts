import type { ShopId } from '../lib/brand.ts'
import type { Warehouse } from '../warehouse/connection.store.ts'
import { ownPeopleSql } from '../warehouse/survivor.ts'
import { type Asked, livesParams, newestLivesSql } from './buys.store.ts'

/** Share of the first orders anybody paid for from which a product was sent back or cancelled, by product; in the period. */
export async function refundsOf(
  warehouse: Warehouse,
  shop: ShopId,
  asked: Asked,
): Promise<ReadonlyMap<string, number>> {
  const rows = await warehouse.query<{ code: string; rate: number }>(
    `select toString(product) as code, avg(back) as rate
     from ${newestLivesSql(asked)}
     array join tried_products as product, tried_back as back
     where tried_at >= {from:Int64} and tried_at < {to:Int64}
       and tried_at <= {asOf:Int64} and customer not in ${ownPeopleSql}
     group by product`,
    livesParams(shop, asked),
  )
  return new Map(rows.map(({ code, rate }) => [code, rate]))
}
