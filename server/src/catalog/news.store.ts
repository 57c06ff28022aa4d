import type { Database, Tx } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import { dayMs, hourMs, minuteMs } from '../lib/duration.ts'
import type { Saved } from './save-products.store.ts'

/**
 * A price counts as dropped against the lowest one in force during so long before: what was raised and lowered again did not drop
 * (the period that the Fair Trade Commission's notice on unfair labelling and advertising takes for "the former price").
 */
const referenceMs = 20 * dayMs
/** Who was away for less was not away: stock that flutters is no news. */
const awayMs = hourMs
/** News waits so long before anybody is told: what is corrected at once was a slip. */
const settleMs = 10 * minuteMs

/** Notes what of this is news: a price lower than the lowest of late, or something to be had again after being away. */
export async function noteNews(tx: Tx, shop: ShopId, saved: readonly Saved[]): Promise<void> {
  const dropped = saved.filter(
    (row) => row.price !== null && row.priceBefore !== null && row.price < row.priceBefore,
  )
  const back = saved.filter((row) => !row.fresh && row.available && !row.availableBefore)
  if (dropped.length > 0) {
    await tx`
      insert into product_news (shop, product, kind, position, at, price, reference, due_at)
      select ${shop}, d.id, 'price_drop', d.position, d.at, d.price, low.price, d.at + ${settleMs}
      from jsonb_to_recordset(${JSON.stringify(dropped)}::text::jsonb) as d(id text, position bigint, at bigint, price bigint)
      cross join lateral (
        select min(h.price) as price from product_history h
        where h.shop = ${shop} and h.product = d.id and h.position < d.position
          and h.position >= coalesce((
            select max(b.position) from product_history b
            where b.shop = ${shop} and b.product = d.id and b.at <= d.at - ${referenceMs}), 0)
      ) low
      where low.price > d.price
      on conflict do nothing`
  }
  if (back.length > 0) {
    await tx`
      insert into product_news (shop, product, kind, position, at, price, due_at)
      select ${shop}, b.id, 'back_in_stock', b.position, b.at, b.price, b.at + ${settleMs}
      from jsonb_to_recordset(${JSON.stringify(back)}::text::jsonb) as b(id text, position bigint, at bigint, price bigint)
      where b.at - ${awayMs} >= (
        select min(h.at) from product_history h
        where h.shop = ${shop} and h.product = b.id and not h.available and h.position < b.position
          and h.position > coalesce((
            select max(a.position) from product_history a
            where a.shop = ${shop} and a.product = b.id and a.available and a.position < b.position), 0))
      on conflict do nothing`
  }
}

export type NewsKind = 'price_drop' | 'back_in_stock'
export type NewsRow = {
  readonly shop: ShopId
  readonly id: number
  readonly product: string
  readonly kind: NewsKind
  readonly position: number
  readonly at: number
  readonly price: number | null
  readonly reference: number | null
  readonly state: 'settling' | 'telling'
  readonly afterAt: number | null
  readonly afterCustomer: number | null
  readonly people: number
}

/** The news that is to be told next; it stays where it is until its outcome is written. All shops. */
export async function dueNews(db: Database, now: number): Promise<NewsRow | undefined> {
  const [row] = await db<NewsRow[]>`
    select shop, id, product, kind, position, at, price, reference, state, after_at as "afterAt",
           after_customer as "afterCustomer", people
    from product_news where state in ('settling', 'telling') and due_at <= ${now}
    order by due_at, id limit 1`
  return row
}

/**
 * Where a shop lowered more prices at once than it usually would, none of it is told before somebody says so. Answers how many
 * are held now that were not.
 */
export async function holdMany(
  db: Database,
  shop: ShopId,
  { since, most }: { readonly since: number; readonly most: number },
): Promise<number> {
  const held = await db`
    update product_news set state = 'held'
    where shop = ${shop} and kind = 'price_drop' and state = 'settling' and confirmed_at is null
      and (select count(*) from product_news
           where shop = ${shop} and kind = 'price_drop' and at >= ${since} and confirmed_at is null
             and state in ('settling', 'held')) > ${most}`
  return held.count
}

/** Is it still so, and the newest word about it? What is over is told to nobody. */
export async function isNewsTrue(db: Database, news: NewsRow): Promise<boolean> {
  const rows = await db`
    select 1 from products p
    where p.shop = ${news.shop} and p.id = ${news.product} and p.sellable and coalesce(p.stock, 1) > 0
      and (${news.kind === 'back_in_stock'} or p.current_price <= ${news.price})
      and not exists (
        select 1 from product_news n
        where n.shop = p.shop and n.product = p.id and n.kind = ${news.kind} and n.position > ${news.position}
          and n.state in ('settling', 'telling', 'done'))`
  return rows.length > 0
}

/** So far people were told, or it is over. */
export async function moveNews(
  db: Database,
  news: Pick<NewsRow, 'shop' | 'id'>,
  to: {
    readonly state: 'settling' | 'telling' | 'done' | 'over'
    readonly people: number
    readonly dueAt: number
    readonly afterAt: number | null
    readonly afterCustomer: number | null
    readonly endedAt: number | null
  },
): Promise<void> {
  await db`
    update product_news
    set state = ${to.state}, people = ${to.people}, due_at = ${to.dueAt}, after_at = ${to.afterAt},
        after_customer = ${to.afterCustomer}, ended_at = ${to.endedAt}
    where shop = ${news.shop} and id = ${news.id} and state in ('settling', 'telling')`
}

/** How many lowered prices wait for a word. */
export async function heldNews(
  db: Database,
  shop: ShopId,
): Promise<{ readonly held: number; readonly at: number | null }> {
  const [row] = await db<{ held: number; at: number | null }[]>`
    select count(*)::int as held, max(at) as at from product_news where shop = ${shop} and state = 'held'`
  return row ?? { held: 0, at: null }
}

/** The word about what is held: it is told after all, or it is not. */
export async function settleHeld(
  db: Database,
  shop: ShopId,
  word: { readonly tell: boolean; readonly now: number },
): Promise<number> {
  const settled = word.tell
    ? await db`
        update product_news set state = 'settling', due_at = ${word.now}, confirmed_at = ${word.now}
        where shop = ${shop} and state = 'held'`
    : await db`
        update product_news set state = 'declined', ended_at = ${word.now} where shop = ${shop} and state = 'held'`
  return settled.count
}

/** The news of a product, newest first. */
export async function newsOfProduct(
  db: Database,
  shop: ShopId,
  product: string,
): Promise<
  readonly {
    readonly kind: NewsKind
    readonly at: number
    readonly price: number | null
    readonly reference: number | null
    readonly state: string
    readonly people: number
  }[]
> {
  return await db`
    select kind, at, price, reference, state, people from product_news
    where shop = ${shop} and product = ${product} order by position desc limit 20`
}

/** Forgets news that ended before. */
export async function forgetNews(db: Database, before: number): Promise<void> {
  await db`delete from product_news where ended_at < ${before}`
}

/** Products whose price turns by time alone: a sale that begins or ends. All shops. */
export async function turningPrices(
  db: Database,
  asked: { readonly now: number; readonly limit: number },
): Promise<
  readonly {
    readonly shop: ShopId
    readonly id: string
    readonly source: string
    readonly turnsAt: number
  }[]
> {
  return await db`
    select shop, id, source, price_turns_at as "turnsAt" from products
    where price_turns_at <= ${asked.now} order by price_turns_at limit ${asked.limit}`
}
