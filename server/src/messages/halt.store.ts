import type { Database, Tx } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import type { MessageChannel } from './intent.ts'

/** When and by whom a shop's sending was stopped; `by` is `member:12` or `key:3`. */
export type Halt = { readonly at: number; readonly by: string; readonly name: string | null }

/** Whether nothing may leave the shop at this moment. */
export async function isHalted(db: Database | Tx, shop: ShopId): Promise<boolean> {
  const rows = await db`select 1 from shops where id = ${shop} and halted_at is not null`
  return rows.length > 0
}

/** The halt with its author's name; undefined while messages leave. */
export async function readHalt(db: Database, shop: ShopId): Promise<Halt | undefined> {
  const [row] = await db<Halt[]>`
    select s.halted_at as at, s.halted_by as by, m.name
    from shops s left join members m on m.shop = s.id and 'member:' || m.id = s.halted_by
    where s.id = ${shop} and s.halted_at is not null`
  return row
}

/** Since when the shop stands in a restored copy that nobody has called the one yet, UTC ms; null in the one. */
export async function copiedSince(db: Database, shop: ShopId): Promise<number | null> {
  const [row] = await db<{ at: number | null }[]>`
    select restored_at as at from shops where id = ${shop}`
  return row?.at ?? null
}

/** This copy is the one from now on: what the restore stopped goes on, what a person stopped stays. Answers whether it was a copy. */
export async function takeOver(db: Database, shop: ShopId): Promise<boolean> {
  const taken = await db`
    update shops set restored_at = null,
      halted_at = case when halted_by = 'restore' then null else halted_at end,
      halted_by = nullif(halted_by, 'restore')
    where id = ${shop} and restored_at is not null`
  return taken.count > 0
}

/** Stops or lets go; null lets go. Answers whether that was a change. */
export async function setHalt(
  db: Database,
  shop: ShopId,
  halt: { readonly at: number; readonly by: string } | null,
): Promise<boolean> {
  const changed = await db`
    update shops set halted_at = ${halt?.at ?? null}, halted_by = ${halt?.by ?? null}
    where id = ${shop} and restored_at is null and (halted_at is null) <> (${halt === null ? 1 : 0} <> 0)`
  return changed.count > 0
}

/** How many messages wait on each channel. */
export async function countQueued(
  db: Database,
  shop: ShopId,
): Promise<readonly { readonly channel: MessageChannel; readonly messages: number }[]> {
  return await db<{ channel: MessageChannel; messages: number }[]>`
    select channel, count(*)::int as messages from outbox
    where shop = ${shop} and state = 'queued' group by channel order by channel`
}
