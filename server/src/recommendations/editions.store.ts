import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import { About, type StoredList, writeItems } from './edition.ts'

/** Rows written in one statement. */
const rowsAtOnce = 2_000

/** Keeps an edition whole, makes it the current one and forgets all but the one before it; in one transaction. */
export async function keepEdition(
  db: Database,
  shop: ShopId,
  edition: {
    readonly position: number
    readonly computedAt: number
    readonly tookMs: number
    readonly about: About
    readonly lists: readonly StoredList[]
    /** The lease under which it was counted; a worker that lost it keeps nothing. */
    readonly epoch: number
  },
): Promise<number | undefined> {
  return await db.begin(async (tx) => {
    const held = await tx`
      select 1 from recommendation_work where shop = ${shop} and epoch = ${edition.epoch} for update`
    if (held.length === 0) return undefined
    const [row] = await tx<{ id: number }[]>`
      insert into recommendation_editions (shop, position, computed_at, took_ms, about)
      values (${shop}, ${edition.position}, ${edition.computedAt}, ${edition.tookMs}, ${JSON.stringify(edition.about)})
      returning id`
    const id = row?.id ?? 0
    for (let from = 0; from < edition.lists.length; from += rowsAtOnce) {
      const part = edition.lists.slice(from, from + rowsAtOnce)
      await tx`
        insert into recommendation_lists (shop, edition, kind, key, items)
        select ${shop}, ${id}, * from unnest(
          ${part.map((one) => one.kind)}::text[], ${part.map((one) => one.key)}::text[],
          ${part.map((one) => writeItems(one.items))}::text[])`
    }
    await tx`
      delete from recommendation_editions where shop = ${shop} and id < (
        select max(id) from recommendation_editions where shop = ${shop} and id < ${id})`
    return id
  })
}

export type EditionRow = {
  readonly id: number
  readonly position: number
  readonly computedAt: number
  readonly tookMs: number
  readonly about: About
}

/** The current edition; undefined before the first. */
export async function currentEdition(db: Database, shop: ShopId): Promise<EditionRow | undefined> {
  const [row] = await db<(Omit<EditionRow, 'about'> & { readonly about: string })[]>`
    select id, position, computed_at as "computedAt", took_ms as "tookMs", about
    from recommendation_editions where shop = ${shop} order by id desc limit 1`
  return row && { ...row, about: About.parse(JSON.parse(row.about)) }
}

/** The lists of the current edition in one statement: one edition's, whole, whatever is written meanwhile. */
export async function currentLists(
  db: Database,
  shop: ShopId,
): Promise<
  readonly {
    readonly edition: number
    readonly kind: string
    readonly key: string
    readonly items: string
  }[]
> {
  return await db`
    select edition, kind, key, items from recommendation_lists
    where shop = ${shop} and edition = (select max(id) from recommendation_editions where shop = ${shop})`
}

/** Takes the shop that has waited longest; undefined when none is due. */
export async function claimShop(
  db: Database,
  { now, until }: { readonly now: number; readonly until: number },
): Promise<{ readonly shop: ShopId; readonly epoch: number } | undefined> {
  await db`
    insert into recommendation_work (shop) select id from shops on conflict do nothing`
  const [row] = await db<{ shop: ShopId; epoch: number }[]>`
    update recommendation_work set lease_until = ${until}, epoch = epoch + 1
    where shop = (
      select shop from recommendation_work where due_at <= ${now} and lease_until <= ${now}
      order by due_at, shop limit 1 for update skip locked)
    returning shop, epoch`
  return row
}

/** Gives the shop back, to be counted again at `dueAt` (UTC ms). */
export async function releaseShop(
  db: Database,
  { shop, epoch, dueAt }: { readonly shop: ShopId; readonly epoch: number; readonly dueAt: number },
): Promise<void> {
  await db`
    update recommendation_work set lease_until = 0, due_at = ${dueAt} where shop = ${shop} and epoch = ${epoch}`
}

/** Asks for the shop to be counted as soon as a worker is free. */
export async function askToCount(db: Database, shop: ShopId): Promise<void> {
  await db`
    insert into recommendation_work (shop) values (${shop}) on conflict (shop) do update set due_at = 0`
}

/** Lists of a kind in the current edition: those under this key, or those whose first product has most cases. */
export async function strongestLists(
  db: Database,
  shop: ShopId,
  asked: { readonly kind: string; readonly key: string | undefined; readonly limit: number },
): Promise<readonly { readonly key: string; readonly items: string }[]> {
  return await db`
    select key, items from recommendation_lists
    where shop = ${shop} and edition = (select max(id) from recommendation_editions where shop = ${shop})
      and kind = ${asked.kind} ${asked.key === undefined ? db`` : db`and key = ${asked.key}`}
    order by (items::jsonb #>> '{0,2}')::float8 desc, key limit ${asked.limit}`
}
