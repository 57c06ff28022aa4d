import type { Database, Tx } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import type { GoodsSpan } from './goods-days.ts'

/** What was last counted of the shop's goods. */
export async function readGoodsSpans(
  source: Database | Tx,
  shop: ShopId,
): Promise<readonly GoodsSpan[]> {
  return await source<GoodsSpan[]>`
    select kind, key, days from repurchase_spans where shop = ${shop} order by kind, key`
}

/** When the shop's goods were last counted, UTC ms; null: never. */
export async function goodsCountedAt(db: Database, shop: ShopId): Promise<number | null> {
  const [row] = await db<{ at: number | null }[]>`
    select max(counted_at) as at from repurchase_spans where shop = ${shop}`
  return row?.at ?? null
}

/** Puts a new count in the place of the one before. */
export async function saveGoodsSpans(
  tx: Tx,
  shop: ShopId,
  counted: { readonly spans: readonly GoodsSpan[]; readonly now: number },
): Promise<void> {
  const { spans, now } = counted
  await tx`delete from repurchase_spans where shop = ${shop}`
  await tx`
    insert into repurchase_spans (shop, kind, key, days, counted_at)
    select ${shop}, u.kind, u.key, u.days, ${now}
    from unnest(
      ${spans.map(({ kind }) => kind)}::text[], ${spans.map(({ key }) => key)}::text[],
      ${spans.map(({ days }) => days)}::int[]
    ) as u(kind, key, days)`
}

/** Shops with campaigns that people are on. */
export async function shopsUnderWay(db: Database): Promise<readonly ShopId[]> {
  const rows = await db<{ shop: ShopId }[]>`
    select distinct shop from campaigns where state in ('live', 'paused', 'draining') order by shop`
  return rows.map((row) => row.shop)
}
