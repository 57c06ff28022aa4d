import type { Database, Tx } from '../../database/connection.store.ts'
import type { ShopId } from '../../lib/brand.ts'
import type { Warehouse } from '../../warehouse/connection.store.ts'
import type { Every, Place, What } from './standing.ts'

export type StandingRow = {
  readonly shop: ShopId
  readonly id: number
  readonly name: string
  readonly what: What
  readonly place: Place
  readonly sealedKey: string | null
  readonly emails: readonly string[]
  readonly every: Every
  readonly isOn: boolean
  readonly nextAt: number
  readonly toldTo: number
  readonly tries: number
}

const columns = (db: Database | Tx) =>
  db`shop, id, name, what::json as what, place::json as place, sealed_key as "sealedKey", emails, every::json as every,
    is_on as "isOn", next_at as "nextAt", told_to as "toldTo", tries`

/** The shop's standing files, oldest first, without the removed. */
export function readFiles(db: Database, shop: ShopId): Promise<readonly StandingRow[]> {
  return db<StandingRow[]>`
    select ${columns(db)} from standing_files where shop = ${shop} and removed_at is null order by id`
}

/** A new standing file: joinings and leavings are told from here on. Gives its id. */
export async function insertFile(
  db: Database,
  made: Omit<StandingRow, 'id' | 'isOn' | 'tries' | 'toldTo'> & {
    readonly at: number
    readonly by: string
  },
): Promise<number> {
  const [row] = await db<{ id: number }[]>`
    insert into standing_files (shop, name, what, place, sealed_key, emails, every, next_at, told_to, made_at, made_by)
    values (${made.shop}, ${made.name}, ${JSON.stringify(made.what)}, ${JSON.stringify(made.place)}, ${made.sealedKey},
      ${[...made.emails]}::text[], ${JSON.stringify(made.every)}, ${made.nextAt},
      coalesce((select head from log_heads where shop = ${made.shop}), 0), ${made.at}, ${made.by})
    returning id`
  return row?.id ?? 0
}

/** Ends a standing file; what was written of it goes too, and so does its key. */
export async function removeFile(
  db: Database,
  shop: ShopId,
  of: { readonly id: number; readonly at: number },
): Promise<boolean> {
  return await db.begin(async (tx) => {
    const gone = await tx`
      update standing_files set removed_at = ${of.at}, sealed_key = null
      where shop = ${shop} and id = ${of.id} and removed_at is null`
    await tx`
      delete from standing_file_lines l using standing_file_runs r
      where l.shop = ${shop} and r.shop = l.shop and r.id = l.run and r.file = ${of.id}`
    return gone.count > 0
  })
}

/** Has a file written now, or switches its times on and off. */
export async function changeFile(
  db: Database,
  shop: ShopId,
  change: { readonly id: number; readonly isOn: boolean; readonly nextAt: number },
): Promise<boolean> {
  const done = await db`
    update standing_files set is_on = ${change.isOn}, next_at = ${change.nextAt}, tries = 0
    where shop = ${shop} and id = ${change.id} and removed_at is null`
  return done.count > 0
}

/** Takes the file that is due longest, for a while; of several workers one gets it. */
export async function claimFile(
  db: Database,
  claim: { readonly now: number; readonly until: number },
): Promise<StandingRow | undefined> {
  const [row] = await db<StandingRow[]>`
    update standing_files set leased_until = ${claim.until}, tries = tries + 1
    where (shop, id) = (
      select shop, id from standing_files
      where is_on and removed_at is null and next_at <= ${claim.now} and leased_until <= ${claim.now}
        and shop not in (select id from shops where restored_at is not null)
      order by next_at limit 1 for update skip locked)
    returning ${columns(db)}`
  return row
}

/** When the file is due next; `toldTo` moves only behind what was written. */
export async function settleFile(
  db: Database,
  of: Pick<StandingRow, 'shop' | 'id' | 'nextAt' | 'toldTo' | 'tries'>,
): Promise<void> {
  await db`
    update standing_files set leased_until = 0, next_at = ${of.nextAt}, told_to = ${of.toldTo}, tries = ${of.tries}
    where shop = ${of.shop} and id = ${of.id}`
}

/** Begins a run; one that a dead worker left is over. */
export async function beginRun(
  db: Database,
  of: { readonly shop: ShopId; readonly file: number; readonly at: number; readonly head: string },
): Promise<number> {
  await db`
    update standing_file_runs set state = 'failed', ended_at = ${of.at}, problem = 'interrupted'
    where shop = ${of.shop} and file = ${of.file} and state = 'running'`
  const [row] = await db<{ id: number }[]>`
    insert into standing_file_runs (shop, file, state, begun_at, head)
    values (${of.shop}, ${of.file}, 'running', ${of.at}, ${of.head}) returning id`
  return row?.id ?? 0
}

/** Ends a run; of a failed one no line is kept. */
export async function endRun(
  db: Database,
  shop: ShopId,
  of: {
    readonly run: number
    readonly at: number
    readonly rows: number
    readonly problem: string | null
    /** Who is to be told of it. */
    readonly untold: readonly string[]
  },
): Promise<void> {
  const tellAt = of.untold.length > 0 ? of.at : null
  await db`
    update standing_file_runs
    set state = ${of.problem === null ? 'done' : 'failed'}, ended_at = ${of.at}, rows = ${of.rows}, problem = ${of.problem},
      untold = ${[...of.untold]}::text[], tell_at = ${tellAt}
    where shop = ${shop} and id = ${of.run}`
  if (of.problem !== null)
    await db`delete from standing_file_lines where shop = ${shop} and run = ${of.run}`
}

export type SealedLine = {
  readonly line: number
  readonly customer: number
  readonly sealed: string
}

/** Writes sealed lines of a run. */
export async function addLines(
  db: Database,
  shop: ShopId,
  of: { readonly run: number; readonly lines: readonly SealedLine[] },
): Promise<void> {
  const { run, lines } = of
  await db`
    insert into standing_file_lines (shop, run, line, customer, sealed)
    select ${shop}, ${run}, * from unnest(${lines.map(({ line }) => line)}::integer[],
      ${lines.map(({ customer }) => customer)}::bigint[], ${lines.map(({ sealed }) => sealed)}::text[])`
}

/** The next `limit` sealed lines of a run, after this one; 0 begins. */
export function linesAfter(
  db: Database,
  shop: ShopId,
  of: { readonly run: number; readonly after: number; readonly limit: number },
): Promise<readonly { readonly line: number; readonly sealed: string }[]> {
  return db<{ line: number; sealed: string }[]>`
    select line, sealed from standing_file_lines
    where shop = ${shop} and run = ${of.run} and line > ${of.after} order by line limit ${of.limit}`
}

export type RunRow = {
  readonly id: number
  readonly file: number
  readonly state: 'running' | 'done' | 'failed'
  readonly begunAt: number
  readonly endedAt: number | null
  readonly rows: number
  readonly problem: string | null
  /** Who could not be told of it, why, and when that is tried again. */
  readonly untold: readonly string[]
  readonly tellProblem: string | null
  readonly tellAt: number | null
}

/** The newest runs of every file, some of each. */
export function readRuns(db: Database, shop: ShopId, each: number): Promise<readonly RunRow[]> {
  return db<RunRow[]>`
    select r.id, r.file, r.state, r.begun_at as "begunAt", r.ended_at as "endedAt", r.rows, r.problem,
      r.untold, r.tell_problem as "tellProblem", r.tell_at as "tellAt"
    from standing_files f
    cross join lateral (
      select * from standing_file_runs where shop = f.shop and file = f.id order by id desc limit ${each}) r
    where f.shop = ${shop} and f.removed_at is null order by r.id desc`
}

/** A whole run that may still be fetched, with the name of its file. */
export async function readWhole(
  db: Database,
  shop: ShopId,
  run: number,
): Promise<{ readonly name: string; readonly head: string } | undefined> {
  const [row] = await db<{ name: string; head: string }[]>`
    select f.name, r.head from standing_file_runs r join standing_files f on f.shop = r.shop and f.id = r.file
    where r.shop = ${shop} and r.id = ${run} and r.state = 'done' and f.removed_at is null`
  return row
}

/** Forgets lines of files written before, and runs long over. */
export async function forgetRuns(
  db: Database,
  before: { readonly lines: number; readonly runs: number },
): Promise<void> {
  await db`
    delete from standing_file_lines l using standing_file_runs r
    where r.shop = l.shop and r.id = l.run and r.begun_at < ${before.lines}`
  await db`delete from standing_file_runs where begun_at < ${before.runs}`
}

/** Whoever is forgotten is taken out of files that wait to be fetched. */
export async function eraseLines(
  tx: Tx,
  shop: ShopId,
  customers: readonly number[],
): Promise<void> {
  await tx`
    delete from standing_file_lines where shop = ${shop} and customer = any(${[...customers]}::bigint[])`
}

export type ToldEvent = {
  readonly position: number
  readonly at: string
  readonly name: string
  readonly customer: number
  readonly properties: string
}

/** Events of these names behind a position, in the order of the log. */
export function eventsNamed(
  warehouse: Pick<Warehouse, 'query'>,
  shop: ShopId,
  of: {
    readonly names: readonly string[]
    readonly after: number
    readonly upTo: number
    readonly limit: number
  },
): Promise<readonly ToldEvent[]> {
  return warehouse.query<ToldEvent>(
    `select toUInt64(position) as position, toString(at) as at, name, toUInt64(customer) as customer, properties
     from events
     where shop = {shop:UInt32} and position > {after:UInt64} and position <= {upTo:UInt64} and has({names:Array(String)}, name)
     order by position limit {limit:UInt32}`,
    { shop, ...of, names: [...of.names] },
    { maxMs: 60_000 },
  )
}

/** Of these customers, who they are today, and their own id at the shop; those who were forgotten are not in it. */
export async function livingMembers(
  db: Database,
  shop: ShopId,
  customers: readonly number[],
): Promise<ReadonlyMap<number, { readonly id: number; readonly member: string | null }>> {
  const rows = await db<{ asked: number; id: number; member: string | null }[]>`
    select c.id as asked, coalesce(c.survivor, c.id) as id,
      (select i.value from identities i where i.shop = c.shop and i.customer = coalesce(c.survivor, c.id) and i.kind = 'user'
       order by i.since, i.value limit 1) as member
    from customers c where c.shop = ${shop} and c.id = any(${[...customers]}::bigint[]) and c.erased_at is null`
  return new Map(rows.map(({ asked, id, member }) => [asked, { id, member }]))
}
