import type { Database, Tx } from '../database/connection.store.ts'
import type { CustomerId, ShopId } from '../lib/brand.ts'
import type { LogRow } from './logged.ts'

export type Lane = { readonly position: number; readonly epoch: number }

/** Takes or keeps a lane: the cursor is the lease. Undefined while another worker holds it. */
export async function takeLane(
  db: Database,
  lane: {
    readonly shop: ShopId
    readonly name: string
    readonly owner: string
    readonly now: number
    readonly until: number
  },
): Promise<Lane | undefined> {
  await db`insert into lanes (shop, name) values (${lane.shop}, ${lane.name}) on conflict do nothing`
  const [taken] = await db<Lane[]>`
    update lanes set owner = ${lane.owner}, epoch = epoch + 1, until = ${lane.until}
    where shop = ${lane.shop} and name = ${lane.name} and (until < ${lane.now} or owner = ${lane.owner} or owner is null)
    returning position, epoch`
  return taken
}

/** Lets others take the lane at once. */
export async function leaveLane(
  db: Database,
  shop: ShopId,
  lane: { name: string; owner: string },
): Promise<void> {
  await db`update lanes set owner = null, until = 0 where shop = ${shop} and name = ${lane.name} and owner = ${lane.owner}`
}

export type Moved = {
  readonly processedAt: number
  readonly timeZone: string
  readonly currency: string
}

/**
 * The first statement of every turn: moves the cursor if this worker still holds the lane, and locks it until the commit, so
 * that a worker that lost its lease writes nothing. processed_at never goes back.
 */
export async function moveCursor(
  tx: Tx,
  lane: {
    readonly shop: ShopId
    readonly name: string
    readonly epoch: number
    readonly from: number
    readonly to: number
    readonly now: number
    readonly until: number
  },
): Promise<Moved | undefined> {
  const [moved] = await tx<Moved[]>`
    update lanes l set position = ${lane.to}, processed_at = greatest(l.processed_at, ${lane.now}), until = ${lane.until}
    from shops s
    where l.shop = ${lane.shop} and l.name = ${lane.name} and l.position = ${lane.from} and l.epoch = ${lane.epoch} and s.id = l.shop
    returning l.processed_at as "processedAt", s.time_zone as "timeZone", s.currency`
  return moved
}

export type PositionedRow = LogRow & { readonly position: number }

/** The next rows of the log. They never change once they are visible, so they may be read before the turn begins. */
export async function readLog(
  db: Database | Tx,
  shop: ShopId,
  range: { readonly after: number; readonly limit: number },
): Promise<readonly PositionedRow[]> {
  return await db<PositionedRow[]>`
    select position, kind, name, at, received_at as "receivedAt", ids, body, import_id as "importId"
    from log where shop = ${shop} and position > ${range.after} order by position limit ${range.limit}`
}

/** People whose wake time has come, earliest first; those set aside wait for a hand. */
export async function dueCustomers(
  db: Database,
  shop: ShopId,
  asked: { readonly now: number; readonly limit: number },
): Promise<readonly CustomerId[]> {
  const rows = await db<{ customer: CustomerId }[]>`
    with woken as (
      (select customer, at from due where shop = ${shop} and at <= ${asked.now} order by at limit ${asked.limit})
      union all
      (select customer, due from timers where shop = ${shop} and due <= ${asked.now} order by due limit ${asked.limit})
    )
    select customer from woken
    where not exists (
      select 1 from line_failures f where f.shop = ${shop} and f.customer = woken.customer and f.resolved_at is null)
    group by customer order by min(at), customer limit ${asked.limit}`
  return rows.map((row) => row.customer)
}

/** When the next person of the shop wants to be woken, UTC ms; null for never. */
export async function nextDueAt(db: Database, shop: ShopId): Promise<number | null> {
  const [row] = await db<{ at: number | null }[]>`
    select least(
      (select min(d.at) from due d where d.shop = ${shop} and not exists (
        select 1 from line_failures f where f.shop = d.shop and f.customer = d.customer and f.resolved_at is null)),
      (select min(t.due) from timers t where t.shop = ${shop} and not exists (
        select 1 from line_failures f where f.shop = t.shop and f.customer = t.customer and f.resolved_at is null))
    ) as at`
  return row?.at ?? null
}

/** Notes what the line took in one turn and whose each event was (`owners`, in the order of positions); listeners wake at commit. */
export async function saveTurn(
  tx: Tx,
  shop: ShopId,
  turn: {
    readonly first: number
    readonly last: number
    readonly processedAt: number
    readonly owners: readonly number[]
  },
): Promise<void> {
  await tx`
    insert into turns (shop, first_position, last_position, processed_at, customers)
    values (${shop}, ${turn.first}, ${turn.last}, ${turn.processedAt}, ${[...turn.owners]}::bigint[])
    returning pg_notify('danggol_turns', shop::text)`
}

/**
 * When people want to be woken. `exact` replaces (the person was woken: all rooms have spoken); otherwise a time is only moved
 * earlier, and a vain wake costs less than a write an event. Infinity in `exact` is never.
 */
export async function saveDue(
  tx: Tx,
  shop: ShopId,
  due: {
    readonly exact: readonly { readonly customer: number; readonly at: number }[]
    readonly earlier: readonly { readonly customer: number; readonly at: number }[]
  },
): Promise<void> {
  const never = due.exact.filter((one) => one.at === Infinity).map((one) => one.customer)
  const exact = due.exact.filter((one) => one.at !== Infinity)
  const earlier = due.earlier.filter((one) => one.at !== Infinity)
  const statements: Promise<unknown>[] = []
  if (never.length > 0) {
    statements.push(tx`delete from due where shop = ${shop} and customer = any(${never}::bigint[])`)
  }
  if (exact.length > 0) {
    statements.push(tx`
      insert into due (shop, customer, at)
      select ${shop}, u.customer, u.at
      from unnest(${exact.map((one) => one.customer)}::bigint[], ${exact.map((one) => one.at)}::bigint[]) as u(customer, at)
      on conflict (shop, customer) do update set at = excluded.at where due.at <> excluded.at`)
  }
  if (earlier.length > 0) {
    statements.push(tx`
      insert into due (shop, customer, at)
      select ${shop}, u.customer, u.at
      from unnest(${earlier.map((one) => one.customer)}::bigint[], ${earlier.map((one) => one.at)}::bigint[]) as u(customer, at)
      on conflict (shop, customer) do update set at = excluded.at where due.at > excluded.at`)
  }
  await Promise.all(statements)
}

export type MirrorChange = {
  readonly position: number
  readonly subject: string
  readonly body: string
}

/** What history is to be told beside the events, as JSON text; a second word of one position and subject replaces the first. */
export async function saveMirrorChanges(
  tx: Tx,
  shop: ShopId,
  changes: readonly MirrorChange[],
): Promise<void> {
  if (changes.length === 0) return
  await tx`
    insert into mirror_changes (shop, position, subject, body)
    select ${shop}, u.position, u.subject, u.body
    from unnest(
      ${changes.map((one) => one.position)}::bigint[],
      ${changes.map((one) => one.subject)}::text[],
      ${changes.map((one) => one.body)}::text[]
    ) as u(position, subject, body)
    on conflict (shop, position, subject) do update set body = excluded.body`
}

/** Shops whose log is ahead of their line, or whose people are due. */
export async function shopsToTurn(db: Database, now: number): Promise<readonly ShopId[]> {
  const rows = await db<{ shop: ShopId }[]>`
    select s.id as shop from shops s
    left join log_heads h on h.shop = s.id
    left join lanes l on l.shop = s.id and l.name = 'line'
    where coalesce(h.head, 0) > coalesce(l.position, 0)
      or exists (select 1 from due d where d.shop = s.id and d.at <= ${now})
      or exists (select 1 from timers t where t.shop = s.id and t.due <= ${now})
    order by s.id`
  return rows.map((row) => row.shop)
}

/** Shops with turns that no block of history holds yet, blocks that are not written, or mirror rows that wait for none. */
export async function shopsToWrite(db: Database): Promise<readonly ShopId[]> {
  const rows = await db<{ shop: ShopId }[]>`
    select shop from turns where block is null group by shop
    union select shop from blocks where written_at is null
    union select m.shop from mirror_changes m
      join lanes l on l.shop = m.shop and l.name = 'history' and m.position <= l.position`
  return rows.map((row) => row.shop)
}

/** Every shop of the installation, by id. */
export async function allShops(db: Database): Promise<readonly ShopId[]> {
  const rows = await db<{ id: ShopId }[]>`select id from shops order by id`
  return rows.map((row) => row.id)
}

/** Empties the log's rows of these customers, and of positions whose turn is not written yet. Ids and bodies go; places stay. */
export async function scrubLog(
  tx: Tx,
  shop: ShopId,
  scrubbed: { readonly customers: readonly number[]; readonly positions: readonly number[] },
): Promise<void> {
  await tx`
    with gone as (
      select id from customers where shop = ${shop}
        and (id = any(${[...scrubbed.customers]}::bigint[]) or survivor = any(${[...scrubbed.customers]}::bigint[]))
    ), places as (
      select t.first_position + u.ordinal - 1 as position
      from turns t, unnest(t.customers) with ordinality as u(customer, ordinal)
      where t.shop = ${shop} and t.customers && (select array_agg(id) from gone) and u.customer in (select id from gone)
      union select unnest(${[...scrubbed.positions]}::bigint[])
    )
    update log l set ids = '{"messageId":"erased","verified":false}', body = '{}'
    from places where l.shop = ${shop} and l.position = places.position
      and not (l.kind = 'edit' and l.name = 'Customer Erased')`
  await tx`
    delete from mirror_changes where shop = ${shop}
      and subject in (select 'customer:' || u.id from unnest(${[...scrubbed.customers]}::bigint[]) as u(id))`
}

/** Locks the line's lane for a piece of work beside the turns: the line waits for it. */
export async function lockLine(
  tx: Tx,
  shop: ShopId,
  now: number,
): Promise<(Moved & { readonly position: number }) | undefined> {
  const [locked] = await tx<(Moved & { position: number })[]>`
    select l.position, greatest(l.processed_at, ${now}) as "processedAt", s.time_zone as "timeZone", s.currency
    from lanes l join shops s on s.id = l.shop where l.shop = ${shop} and l.name = 'line' for update of l`
  return locked
}

/** Rows of the log at these positions that are still kept. */
export async function readPositions(
  tx: Tx,
  shop: ShopId,
  positions: readonly number[],
): Promise<readonly PositionedRow[]> {
  if (positions.length === 0) return []
  return await tx<PositionedRow[]>`
    select position, kind, name, at, received_at as "receivedAt", ids, body, import_id as "importId"
    from log where shop = ${shop} and position = any(${[...positions]}::bigint[]) order by position`
}
