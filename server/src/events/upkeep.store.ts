import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'

/** Days (epoch days, UTC) that have a partition of the log of their own. */
export async function logDays(db: Database): Promise<readonly number[]> {
  const rows = await db<{ name: string }[]>`
    select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
    where i.inhparent = 'log'::regclass`
  return rows.flatMap(({ name }) => {
    const match = /^log_(\d+)$/.exec(name)
    return match ? [Number(match[1])] : []
  })
}

/** Makes the partition of a day; false when the rest holds rows of that day already, which then stay there. */
export async function createLogDay(db: Database, day: number): Promise<boolean> {
  return await db.begin(async (tx) => {
    await tx`select pg_advisory_xact_lock(4700, 1)`
    const [there] = await tx`select 1 from pg_class where relname = ${`log_${day}`}`
    if (there) return true
    const [held] = await tx`select 1 from log_rest where day = ${day} limit 1`
    if (held) return false
    // DDL takes no parameters; the day is an integer of our own making.
    await tx.unsafe(
      `create table log_${Math.trunc(day)} partition of log for values from (${Math.trunc(day)}) to (${Math.trunc(day) + 1})`,
    )
    return true
  })
}

/** Whether some shop's history has not come past every row of a day. */
export async function isDayNeeded(db: Database, day: number): Promise<boolean> {
  const [needed] = await db`
    select 1 from (select shop, max(position) as last from log where day = ${day} group by shop) d
    left join lanes l on l.shop = d.shop and l.name = 'history'
    where coalesce((select min(b.first_position) - 1 from blocks b where b.shop = d.shop and b.written_at is null), l.position, 0) < d.last
    limit 1`
  return needed !== undefined
}

/** Lets go of one day of the log; `day` counts days since 1970. */
export async function dropLogDay(db: Database, day: number): Promise<void> {
  await db.unsafe(`drop table if exists log_${Math.trunc(day)}`)
}

/** Deletes rows of the rest partition before a day that history has written; answers how many. */
export async function deleteRest(
  db: Database,
  asked: { readonly beforeDay: number; readonly limit: number },
): Promise<number> {
  const gone = await db`
    delete from log_rest where (shop, position, day) in (
      select r.shop, r.position, r.day from log_rest r join lanes l on l.shop = r.shop and l.name = 'history'
      where r.day < ${asked.beforeDay}
        and r.position <= coalesce((select min(b.first_position) - 1 from blocks b where b.shop = r.shop and b.written_at is null), l.position)
      limit ${asked.limit})`
  return gone.count
}

/** Forgets message ids received before a day, some at a time; answers how many. */
export async function deleteMessageIds(
  db: Database,
  asked: { readonly beforeDay: number; readonly limit: number },
): Promise<number> {
  const gone = await db`
    delete from message_ids where (shop, id_hash) in (
      select shop, id_hash from message_ids where received_day < ${asked.beforeDay} limit ${asked.limit})`
  return gone.count
}

/** Forgets turns and blocks that were written before a time, some at a time; answers how many turns. */
export async function deleteOldTurns(
  db: Database,
  shop: ShopId,
  asked: { readonly before: number; readonly limit: number },
): Promise<number> {
  const [oldest] = await db<{ last: number | null }[]>`
    select max(last_position) as last from blocks
    where shop = ${shop} and written_at < ${asked.before}
      and last_position < coalesce((select min(first_position) from blocks where shop = ${shop} and written_at is null), 9007199254740991)`
  if (!oldest?.last) return 0
  const gone = await db`
    delete from turns where shop = ${shop} and first_position in (
      select first_position from turns where shop = ${shop} and last_position <= ${oldest.last}
      order by first_position limit ${asked.limit})`
  if (gone.count === 0) {
    await db`delete from blocks where shop = ${shop} and last_position <= ${oldest.last} and written_at < ${asked.before}`
  }
  return gone.count
}
