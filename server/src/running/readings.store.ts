import { lastingTrouble } from '../connect/platform/trouble.ts'
import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import type { Warehouse } from '../warehouse/connection.store.ts'
import type { Readings } from './checks.ts'

/** How far a shop's line and history lie behind its log, and who was set aside. */
export async function readLine(
  db: Database,
  shop: ShopId,
): Promise<{
  readonly rows: number
  readonly oldestAt: number | null
  readonly historyBehind: number
  readonly aside: number
}> {
  const [row] = await db<
    { rows: number; oldestAt: number | null; historyBehind: number; aside: number }[]
  >`
    with place as (
      select h.head,
        coalesce((select position from lanes where shop = h.shop and name = 'line'), 0) as line,
        coalesce((select position from lanes where shop = h.shop and name = 'history'), 0) as history
      from log_heads h where h.shop = ${shop}
    )
    select head - line as rows, greatest(line - history, 0) as "historyBehind",
      (select received_at from log where shop = ${shop} and position = place.line + 1) as "oldestAt",
      (select count(*) from line_failures where shop = ${shop} and resolved_at is null) as aside
    from place`
  return row ?? { rows: 0, oldestAt: null, historyBehind: 0, aside: 0 }
}

/** Channels whose waiting messages say that the provider rests or has no money. */
export async function readResting(db: Database, shop: ShopId): Promise<Readings['resting']> {
  return await db<{ channel: string; reason: string; since: number; messages: number }[]>`
    select channel, reason, min(not_before) as since, count(*) as messages
    from outbox
    where shop = ${shop} and state = 'queued' and reason in ('provider_paused', 'no_balance')
    group by 1, 2`
}

/** Platforms that are connected, feeds that are on, servers that are told and standing files, with what keeps each from working. */
export async function readConnectors(
  db: Database,
  shop: ShopId,
  now: number,
): Promise<Readings['connectors']> {
  return [...(await readPlatforms(db, shop, now)), ...(await readOthers(db, shop))]
}

async function readPlatforms(
  db: Database,
  shop: ShopId,
  now: number,
): Promise<Readings['connectors']> {
  type Row = Parameters<typeof lastingTrouble>[0] & {
    readonly name: string
    readonly progress: string
  }
  const rows = await db<Row[]>`
    select c.name, c.state, c.error, c.broken_at as "brokenAt", c.connected_at as "connectedAt",
      coalesce((
        select json_agg(json_build_object('error', p.error, 'watermark', p.watermark))
        from connection_progress p where p.shop = c.shop and p.connection = c.id
      ), '[]')::text as progress
    from connections c where c.shop = ${shop} and c.state in ('connected', 'broken') order by c.id`
  return rows.map(({ name, progress, ...row }) => {
    const own = JSON.parse(progress) as Parameters<typeof lastingTrouble>[1]
    return { name, way: 'in', problem: lastingTrouble(row, own, now)?.kind ?? null }
  })
}

async function readOthers(db: Database, shop: ShopId): Promise<Readings['connectors']> {
  return await db<Readings['connectors'][number][]>`
    select f.name, 'in' as way, case when r.state = 'failed' then coalesce(r.problem, 'failed') end as problem
    from feeds f
    left join lateral (
      select state, problem from feed_runs
      where shop = f.shop and feed = f.id and state <> 'running' order by run desc limit 1
    ) r on true
    where f.shop = ${shop} and f.is_on and f.every_minutes > 0
    union all
    select split_part(split_part(url, '://', 2), '/', 1), 'told', case when paused_at is not null then 'paused' end
    from segment_webhooks where shop = ${shop} and removed_at is null
    union all
    select f.name, 'file', case when r.state = 'failed' then coalesce(r.problem, 'failed') else r.tell_problem end
    from standing_files f
    left join lateral (
      select state, problem, tell_problem from standing_file_runs
      where shop = f.shop and file = f.id and state <> 'running' order by id desc limit 1
    ) r on true
    where f.shop = ${shop} and f.is_on and f.removed_at is null`
}

/** Bytes of this installation's parts on ClickHouse's disk. */
export async function warehouseBytes(warehouse: Warehouse): Promise<number> {
  const [row] = await warehouse.query<{ bytes: number }>(
    `select toUInt64(sum(bytes_on_disk)) as bytes from system.parts where database = {database:String} and active`,
    { database: warehouse.database },
  )
  return row?.bytes ?? 0
}
