import type { Tx } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import { hourMs } from '../lib/duration.ts'
import type { ProductChange } from './product.ts'

export type ChangeRow = {
  readonly change: ProductChange
  readonly position: number
  readonly at: number
  /** Who said it: shop, api, feed:<id>, variants; events where it passed by. */
  readonly source: string
}

/** What a product was and is. */
export type Saved = {
  readonly id: string
  readonly position: number
  readonly at: number
  /** Nothing was known of it. */
  readonly fresh: boolean
  readonly parent: string | null
  /** Price in force, ten-thousandths. */
  readonly priceBefore: number | null
  readonly price: number | null
  readonly stockBefore: number | null
  readonly stock: number | null
  readonly availableBefore: boolean
  readonly available: boolean
}

/**
 * Applies what the shop itself said of its products. An older word never overrides a newer one, and what is not said stays.
 * Answers what was written.
 */
export async function saveTold(
  tx: Tx,
  shop: ShopId,
  rows: readonly ChangeRow[],
): Promise<readonly Saved[]> {
  if (rows.length === 0) return []
  const words = JSON.stringify(rows.map(wordOf))
  const fresh = await insertUnknown(tx, shop, words)
  const written = await tx<Omit<Saved, 'fresh'>[]>`
    with word as (
      select w->>'id' as id, (w->>'position')::bigint as position, (w->>'at')::bigint as at, w->>'source' as source,
        w->'said' as s
      from jsonb_array_elements(${words}::text::jsonb) as w
    ), merged as (
      select p.id, word.position, word.at, word.source, p.current_price as price_before, p.stock as stock_before,
        p.sellable and coalesce(p.stock, 1) > 0 as available_before,
        coalesce(s->>'name', p.name) as name,
        case when s ? 'category' then s->>'category' else p.category end as category,
        case when s ? 'category_path' then texts_of(s->'category_path') else p.category_path end as category_path,
        case when s ? 'brand' then s->>'brand' else p.brand end as brand,
        case when s ? 'url' then s->>'url' else p.url end as url,
        case when s ? 'image_url' then s->>'image_url' else p.image_url end as image_url,
        case when s ? 'images' then texts_of(s->'images') else p.images end as images,
        coalesce((s->>'price')::bigint, p.price) as price,
        case when s ? 'sale_price' then (s->>'sale_price')::bigint else p.sale_price end as sale_price,
        case when s ? 'sale_from' then (s->>'sale_from')::bigint else p.sale_from end as sale_from,
        case when s ? 'sale_until' then (s->>'sale_until')::bigint else p.sale_until end as sale_until,
        coalesce(s->>'currency', p.currency) as currency,
        case when s ? 'stock' then (s->>'stock')::int else p.stock end as stock,
        coalesce((s->>'sellable')::boolean, p.sellable) as sellable,
        case when s ? 'benefit' then s->>'benefit' else p.benefit end as benefit,
        case when s ? 'rating' then (s->>'rating')::smallint else p.rating end as rating,
        case when s ? 'review_count' then (s->>'review_count')::int else p.review_count end as review_count,
        case when s ? 'review' then s->>'review' else p.review end as review,
        case when s ? 'badges' then texts_of(s->'badges') else p.badges end as badges,
        case when s ? 'delivery' then s->>'delivery' else p.delivery end as delivery,
        case when s ? 'sensitive' then (s->>'sensitive')::boolean else p.sensitive end as sensitive,
        case when s ? 'parent' then s->>'parent' else p.parent end as parent
      from word join products p on p.shop = ${shop} and p.id = word.id
      where p.position <= word.position
    )
    update products p
    set name = m.name, category = m.category, category_path = m.category_path, brand = m.brand, url = m.url,
        image_url = m.image_url, images = m.images, price = m.price, sale_price = m.sale_price, sale_from = m.sale_from,
        sale_until = m.sale_until, currency = m.currency, stock = m.stock, sellable = m.sellable, benefit = m.benefit,
        rating = m.rating, review_count = m.review_count, review = m.review, badges = m.badges, delivery = m.delivery,
        sensitive = m.sensitive, parent = m.parent,
        current_price = price_in_force(m.price, m.sale_price, m.sale_from, m.sale_until, m.at),
        price_turns_at = price_turns(m.sale_price, m.sale_from, m.sale_until, m.at),
        position = m.position, updated_at = m.at, source = m.source
    from merged m where p.shop = ${shop} and p.id = m.id
    returning p.id, m.position, m.at, p.parent, m.price_before as "priceBefore", p.current_price as price,
      m.stock_before as "stockBefore", p.stock, m.available_before as "availableBefore",
      p.sellable and coalesce(p.stock, 1) > 0 as available`
  return written.map((row) => ({ ...row, fresh: fresh.has(row.id) }))
}

async function insertUnknown(tx: Tx, shop: ShopId, words: string): Promise<ReadonlySet<string>> {
  const rows = await tx<{ id: string }[]>`
    insert into products (shop, id, name, source, updated_at, first_seen_at)
    select ${shop}, w->>'id', w->>'id', w->>'source', (w->>'at')::bigint, (w->>'at')::bigint
    from jsonb_array_elements(${words}::text::jsonb) as w
    on conflict (shop, id) do nothing returning id`
  return new Set(rows.map((row) => row.id))
}

/** Only what was said is named, so that the statement can tell it from "none any more". */
function wordOf({ change, position, at, source }: ChangeRow) {
  const money = (value: bigint | null | undefined) =>
    typeof value === 'bigint' ? Number(value) : value
  const said = {
    name: change.name,
    category: change.category,
    category_path: change.category === null ? [] : change.categoryPath,
    brand: change.brand,
    url: change.url,
    image_url: change.imageUrl,
    images: change.images,
    price: money(change.price),
    sale_price: money(change.salePrice),
    sale_from: change.saleFrom,
    sale_until: change.saleUntil,
    currency: change.currency,
    stock: change.stock,
    sellable: change.sellable,
    benefit: change.benefit,
    rating: change.rating,
    review_count: change.reviewCount,
    review: change.review,
    badges: change.badges,
    delivery: change.delivery,
    sensitive: change.sensitive,
    parent: change.parent,
  }
  return { id: change.id, position, at, source, said }
}

/**
 * Keeps what was seen of products passing by in events: never over what the shop said, and nothing of their stock. Every look at a
 * product comes through here, so it is one lean statement.
 */
export async function saveSeen(
  tx: Tx,
  shop: ShopId,
  rows: readonly Pick<ChangeRow, 'change' | 'at'>[],
): Promise<void> {
  if (rows.length === 0) return
  const money = (value: bigint | null | undefined) =>
    typeof value === 'bigint' ? Number(value) : null
  await tx`
    insert into products as p (shop, id, name, category, category_path, brand, url, image_url, price, sale_price, current_price,
                               currency, source, updated_at, first_seen_at)
    select ${shop}, u.id, coalesce(u.name, u.id), u.category, coalesce(string_to_array(u.category, '/'), '{}'), u.brand, u.url,
           u.image_url, u.price, u.sale_price, least(u.price, u.sale_price), u.currency, 'events', u.at, u.at
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
      ${rows.map((row) => row.at)}::bigint[]
    ) as u(id, name, category, brand, url, image_url, price, sale_price, currency, at)
    on conflict (shop, id) do update
    set name = case when excluded.name = excluded.id then p.name else excluded.name end,
        category = coalesce(excluded.category, p.category),
        category_path = case when excluded.category is null then p.category_path else excluded.category_path end,
        brand = coalesce(excluded.brand, p.brand), url = coalesce(excluded.url, p.url),
        image_url = coalesce(excluded.image_url, p.image_url), price = coalesce(excluded.price, p.price),
        sale_price = coalesce(excluded.sale_price, p.sale_price),
        current_price = least(coalesce(excluded.price, p.price), coalesce(excluded.sale_price, p.sale_price)),
        currency = coalesce(excluded.currency, p.currency), updated_at = excluded.updated_at
    where p.position = 0`
}

/** Adds to the history what turned; a change of the count alone once an hour. */
export async function keepHistory(tx: Tx, shop: ShopId, turned: readonly Saved[]): Promise<void> {
  if (turned.length === 0) return
  await tx`
    insert into product_history (shop, product, position, at, price, stock, available)
    select ${shop}, t->>'id', (t->>'position')::bigint, (t->>'at')::bigint, (t->>'price')::bigint, (t->>'stock')::int,
           (t->>'available')::boolean
    from jsonb_array_elements(${JSON.stringify(turned)}::text::jsonb) as t
    where (t->>'fresh')::boolean or t->'price' is distinct from t->'priceBefore' or t->'available' is distinct from t->'availableBefore'
      or not exists (
        select 1 from product_history h
        where h.shop = ${shop} and h.product = t->>'id' and h.at > (t->>'at')::bigint - ${hourMs})
    on conflict (shop, product, position) do nothing`
}
