import type { Database, Tx } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'

export type Block = { readonly first: number; readonly last: number }

/** The next whole turns that belong to no block yet, up to so many positions; at least one turn, or undefined. */
export async function nextBlock(
  db: Database,
  shop: ShopId,
  limit: { readonly positions: number },
): Promise<Block | undefined> {
  const [row] = await db<{ first: number | null; last: number | null }[]>`
    with next as (
      select first_position, last_position, first_value(first_position) over (order by first_position) as start
      from turns where shop = ${shop} and block is null order by first_position limit 2000
    )
    select min(first_position) as first, max(last_position) as last from next
    where last_position < start + ${limit.positions} or first_position = start`
  return row && row.first !== null && row.last !== null
    ? { first: row.first, last: row.last }
    : undefined
}

/** Fixes a block before anything is inserted: it never changes again. */
export async function openBlock(
  tx: Tx,
  shop: ShopId,
  opened: Block & { readonly at: number },
): Promise<void> {
  await tx`
    update turns set block = ${opened.first}
    where shop = ${shop} and first_position between ${opened.first} and ${opened.last}`
  await tx`
    insert into blocks (shop, first_position, last_position, created_at)
    values (${shop}, ${opened.first}, ${opened.last}, ${opened.at})`
}

/** History holds this block since `at`; the first word counts. */
export async function markWritten(
  db: Database,
  shop: ShopId,
  block: { readonly first: number; readonly at: number },
): Promise<void> {
  await db`update blocks set written_at = ${block.at} where shop = ${shop} and first_position = ${block.first} and written_at is null`
}

/** The first 1,000 blocks that history does not hold yet, in order. */
export async function unwrittenBlocks(db: Database, shop: ShopId): Promise<readonly Block[]> {
  return await db<Block[]>`
    select first_position as first, last_position as last from blocks
    where shop = ${shop} and written_at is null order by first_position limit 1000`
}

/** Blocks written since a time, in order. */
export async function writtenBlocks(
  db: Database,
  shop: ShopId,
  since: number,
): Promise<readonly Block[]> {
  return await db<Block[]>`
    select first_position as first, last_position as last from blocks
    where shop = ${shop} and written_at is not null and created_at >= ${since} order by first_position`
}

export type BlockTurn = {
  readonly first: number
  readonly processedAt: number
  readonly customers: readonly number[]
}

/** The turns within a block: from which position, when processed, and whose each event was. */
export async function turnsOf(
  db: Database,
  shop: ShopId,
  block: Block,
): Promise<readonly BlockTurn[]> {
  return await db<BlockTurn[]>`
    select first_position as first, processed_at as "processedAt", customers from turns
    where shop = ${shop} and first_position between ${block.first} and ${block.last} order by first_position`
}

/** Who became whom within a block, and at which position. */
export async function aliasesOf(
  db: Database,
  shop: ShopId,
  block: Block,
): Promise<readonly { readonly from: number; readonly to: number; readonly position: number }[]> {
  return await db<{ from: number; to: number; position: number }[]>`
    select from_customer as "from", to_customer as "to", position from aliases
    where shop = ${shop} and position between ${block.first} and ${block.last}`
}

export type QueuedMirror = {
  readonly position: number
  readonly subject: string
  readonly body: string
}

/** Mirror changes up to a position, oldest first. */
export async function mirrorChangesUpTo(
  db: Database,
  shop: ShopId,
  asked: { readonly position: number; readonly limit: number },
): Promise<readonly QueuedMirror[]> {
  return await db<QueuedMirror[]>`
    select position, subject, body from mirror_changes
    where shop = ${shop} and position <= ${asked.position} order by position, subject limit ${asked.limit}`
}

/** Forgets changes that were written; one that was changed again in the meantime stays. */
export async function forgetMirrorChanges(
  db: Database,
  shop: ShopId,
  written: readonly QueuedMirror[],
): Promise<void> {
  if (written.length === 0) return
  await db`
    delete from mirror_changes m
    using unnest(
      ${written.map((one) => one.position)}::bigint[],
      ${written.map((one) => one.subject)}::text[],
      ${written.map((one) => one.body)}::text[]
    ) as u(position, subject, body)
    where m.shop = ${shop} and m.position = u.position and m.subject = u.subject and m.body = u.body`
}

/** How far history is complete: every position up to this one is a row in ClickHouse. */
export async function completeTo(db: Database, shop: ShopId): Promise<number> {
  const [row] = await db<{ position: number }[]>`
    select coalesce(
      (select min(first_position) - 1 from blocks where shop = ${shop} and written_at is null),
      (select position from lanes where shop = ${shop} and name = 'history'), 0) as position`
  return row?.position ?? 0
}

/** The customers that were merged into this one. */
export async function mergedAway(
  db: Database,
  shop: ShopId,
  customer: number,
): Promise<readonly number[]> {
  const rows = await db<{ id: number }[]>`
    select from_customer as id from aliases where shop = ${shop} and to_customer = ${customer}`
  return rows.map((row) => row.id)
}
