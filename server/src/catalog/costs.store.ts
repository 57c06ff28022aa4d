import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'

/** Says what products cost the shop, ten-thousandths; null forgets it. */
export async function saveCosts(
  db: Database,
  shop: ShopId,
  said: {
    readonly costs: readonly { readonly product: string; readonly cost: number | null }[]
    readonly at: number
  },
): Promise<void> {
  if (said.costs.length === 0) return
  const costs = said.costs.toSorted((a, b) => (a.product < b.product ? -1 : 1))
  const known = costs.filter(({ cost }) => cost !== null)
  await db.begin(async (tx) => {
    await tx`
      insert into product_costs (shop, product, cost, updated_at)
      select ${shop}, u.product, u.cost, ${said.at}
      from unnest(${known.map(({ product }) => product)}::text[], ${known.map(({ cost }) => cost)}::bigint[]) as u(product, cost)
      on conflict (shop, product) do update set cost = excluded.cost, updated_at = excluded.updated_at`
    const gone = costs.flatMap(({ product, cost }) => (cost === null ? [product] : []))
    if (gone.length > 0)
      await tx`delete from product_costs where shop = ${shop} and product = any(${gone}::text[])`
  })
}

/** Whether the shop said what this product costs it. */
export async function isCostKnown(db: Database, shop: ShopId, product: string): Promise<boolean> {
  const rows = await db`select 1 from product_costs where shop = ${shop} and product = ${product}`
  return rows.length > 0
}
