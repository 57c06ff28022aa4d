import type { Database, Tx } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'

export type ContentRow = {
  readonly id: string
  readonly channel: string
  readonly purpose: string
  /** JSON of content.ts CompiledEmail. */
  readonly body: string
  readonly createdAt: number
}

/** Keeps compiled content under the hash that names it; the same content is kept once. */
export async function insertContent(
  db: Database | Tx,
  shop: ShopId,
  row: ContentRow,
): Promise<void> {
  await db`
    insert into contents (shop, id, channel, purpose, body, created_at)
    values (${shop}, ${row.id}, ${row.channel}, ${row.purpose}, ${row.body}, ${row.createdAt})
    on conflict (shop, id) do nothing`
}

/** The bodies of these contents, by id. */
export async function readContents(
  db: Database | Tx,
  shop: ShopId,
  ids: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map()
  const rows = await db<{ id: string; body: string }[]>`
    select id, body from contents where shop = ${shop} and id = any(${[...ids]}::text[])`
  return new Map(rows.map((row) => [row.id, row.body]))
}

/** Whether anything that was ever published holds this text: the key of a picture. */
export async function isPublished(db: Database, shop: ShopId, text: string): Promise<boolean> {
  const [row] = await db<{ held: boolean }[]>`
    select exists (select from contents where shop = ${shop} and strpos(body, ${text}) > 0) as held`
  return row?.held ?? false
}
