import type { Database, Tx } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import type { Json, JsonObject } from '../lib/json.ts'
import { type Language, Sender, type Shop, type ShopChange } from './shop.ts'

type Row = {
  readonly id: number
  readonly name: string
  readonly url: string | null
  readonly timeZone: string
  readonly currency: string
  readonly language: string
  readonly sender: string
  readonly settings: string
  readonly isDemo: boolean
  readonly createdAt: number
}

const shopOf = (row: Row): Shop => ({
  ...row,
  id: row.id as ShopId,
  url: row.url ?? '',
  language: row.language as Language,
  sender: Sender.parse(JSON.parse(row.sender)),
  settings: JSON.parse(row.settings) as JsonObject,
})

/** One shop; undefined where there is none of this id. */
export async function readShop(db: Database, id: ShopId): Promise<Shop | undefined> {
  const rows = await db<Row[]>`
    select id, name, url, time_zone as "timeZone", currency, language, sender, settings,
      is_demo as "isDemo", created_at as "createdAt"
    from shops where id = ${id}`
  return rows[0] && shopOf(rows[0])
}

/** Every shop of the installation, by id. */
export async function shopIds(db: Database): Promise<readonly ShopId[]> {
  const rows = await db<{ id: number }[]>`select id from shops order by id`
  return rows.map((row) => row.id as ShopId)
}

/** A shop with the rows that its log and its lanes need from the first moment. */
export async function insertShop(
  tx: Tx,
  shop: { readonly name: string; readonly isDemo: boolean; readonly now: number },
): Promise<ShopId> {
  const [row] = await tx<{ id: number }[]>`
    insert into shops (name, is_demo, created_at) values (${shop.name}, ${shop.isDemo}, ${shop.now}) returning id`
  const id = row?.id as ShopId
  await tx`insert into log_heads (shop) values (${id})`
  await tx`insert into lanes (shop, name) values (${id}, 'line'), (${id}, 'history')`
  return id
}

/** Changes what is not undefined. */
export async function changeShop(db: Database, id: ShopId, change: ShopChange): Promise<void> {
  await db`
    update shops set
      name = coalesce(${change.name ?? null}, name),
      url = coalesce(${change.url ?? null}, url),
      time_zone = coalesce(${change.timeZone ?? null}, time_zone),
      currency = coalesce(${change.currency ?? null}, currency),
      language = coalesce(${change.language ?? null}, language),
      sender = coalesce(${change.sender ? JSON.stringify(change.sender) : null}, sender)
    where id = ${id}`
}

/** Replaces one section of the settings under the shop's row lock; null removes it. */
export async function changeSettings(
  db: Database,
  id: ShopId,
  section: { readonly name: string; readonly value: JsonObject | null },
): Promise<void> {
  await updateSettings(db, id, { name: section.name, next: () => section.value })
}

/** Makes a section of what it is under the shop's row lock; null removes it. Answers what it is now. */
export async function updateSettings<T extends JsonObject | null>(
  db: Database,
  id: ShopId,
  section: { readonly name: string; readonly next: (before: Json | undefined) => T },
): Promise<T> {
  const { name, next } = section
  return (await db.begin(async (tx) => {
    const [row] = await tx<
      { settings: string }[]
    >`select settings from shops where id = ${id} for update`
    const { [name]: before, ...rest } = JSON.parse(row?.settings ?? '{}') as JsonObject
    const value = next(before)
    const settings = value === null ? rest : { ...rest, [name]: value }
    await tx`update shops set settings = ${JSON.stringify(settings)} where id = ${id}`
    return value
  })) as T
}
