import type { Database, Tx } from '../../database/connection.store.ts'
import type { ShopId } from '../../lib/brand.ts'
import { bare, sameOrderMs } from '../platform/platform-records.store.ts'
import type { FileKind } from './headings.ts'
import type { FileLayout } from './layout.ts'

export type FileImportState = 'looking' | 'looked_at' | 'applying' | 'done' | 'failed' | 'cancelled'

export type FileImportRow = {
  readonly shop: ShopId
  readonly id: number
  readonly fileName: string
  /** null before it was looked at, as the next. */
  readonly kind: FileKind | null
  readonly layout: FileLayout | null
  readonly state: FileImportState
  readonly round: number
  /** JSON of Chosen; null: nobody chose. */
  readonly chosen: string | null
  /** JSON of understood.ts Understood; `{}` before it was looked at. */
  readonly answer: string
  readonly actor: string
  readonly madeAt: number
  readonly endedAt: number | null
  readonly total: number | null
  readonly done: number
  readonly problem: string | null
}
type Key = Pick<FileImportRow, 'shop' | 'id'>
export type Lease = { readonly by: string; readonly now: number; readonly until: number }

const columns = (db: Database | Tx) => db`
  shop, id, file_name as "fileName", kind, layout, state, round, chosen, answer, actor, made_at as "madeAt",
  ended_at as "endedAt", total, done, problem`

/** A dropped file, sealed, to be looked at by a worker. Gives its id. */
export async function insertFile(
  db: Database,
  shop: ShopId,
  made: Pick<FileImportRow, 'fileName' | 'actor' | 'madeAt'> & { readonly sealedFile: string },
): Promise<number> {
  const [row] = await db<{ id: number }[]>`
    insert into file_imports (shop, file_name, actor, made_at, sealed_file)
    values (${shop}, ${made.fileName}, ${made.actor}, ${made.madeAt}, ${made.sealedFile})
    returning id`
  return row?.id ?? 0
}

/** Files of a shop, the newest first; one of them by its id. Those called off are left out of the list. */
export async function readFiles(
  db: Database,
  shop: ShopId,
  asked: { readonly id?: number; readonly limit: number },
): Promise<readonly FileImportRow[]> {
  return await db<FileImportRow[]>`
    select ${columns(db)} from file_imports
    where shop = ${shop} ${asked.id === undefined ? db`and state <> 'cancelled'` : db`and id = ${asked.id}`}
    order by id desc limit ${asked.limit}`
}

type Sealed = {
  readonly file: string | null
  readonly shown: string | null
  readonly refused: string | null
}

/** The file, what was shown of it and its refused lines, each sealed or null; undefined where there is no such file. */
export async function readSealedFile(db: Database, { shop, id }: Key): Promise<Sealed | undefined> {
  const [row] = await db<Sealed[]>`
    select sealed_file as file, sealed_shown as shown, sealed_refused as refused from file_imports
    where shop = ${shop} and id = ${id}`
  return row
}

/** Takes the oldest file that nobody works on, or that this worker holds already. All shops. */
export async function takeFile(db: Database, lease: Lease): Promise<FileImportRow | undefined> {
  const [row] = await db<FileImportRow[]>`
    update file_imports set leased_by = ${lease.by}, leased_until = ${lease.until}
    where (shop, id) = (
      select shop, id from file_imports
      where state in ('looking', 'applying') and (leased_until is null or leased_until <= ${lease.now} or leased_by = ${lease.by})
      order by id limit 1 for update skip locked
    )
    returning ${columns(db)}`
  return row
}

/** It has been looked at; false when it was called off or asked anew meanwhile. */
export async function endFileLook(
  db: Database,
  work: Key & Pick<FileImportRow, 'round'>,
  found: {
    readonly kind: FileKind
    readonly layout: FileLayout
    readonly answer: string
    readonly sealedShown: string
    readonly sealedRefused: string | null
    readonly total: number
  },
): Promise<boolean> {
  const rows = await db`
    update file_imports
    set state = 'looked_at', kind = ${found.kind}, layout = ${found.layout}, answer = ${found.answer}, problem = null,
        sealed_shown = ${found.sealedShown}, sealed_refused = ${found.sealedRefused}, done = 0, total = ${found.total},
        leased_until = null
    where shop = ${work.shop} and id = ${work.id} and state = 'looking' and round = ${work.round}
    returning id`
  return rows.length > 0
}

/** Notes how far it came and keeps the lease; false when it was called off or another worker has it by now. */
export async function noteFile(
  db: Database | Tx,
  work: Key & Pick<FileImportRow, 'round'>,
  progress: Lease & { readonly done: number; readonly total: number; readonly answer?: string },
): Promise<boolean> {
  const rows = await db`
    update file_imports
    set done = ${progress.done}, total = ${progress.total}, leased_until = ${progress.until},
        answer = coalesce(${progress.answer ?? null}, answer)
    where shop = ${work.shop} and id = ${work.id} and leased_by = ${progress.by} and round = ${work.round}
      and state in ('looking', 'applying')
    returning id`
  return rows.length > 0
}

/** It is brought: the file is forgotten, the lines that were left out are kept. */
export async function finishFile(db: Database, work: Key, at: number): Promise<void> {
  await db`
    update file_imports set state = 'done', ended_at = ${at}, sealed_file = null, sealed_shown = null, leased_until = null
    where shop = ${work.shop} and id = ${work.id} and state = 'applying'`
}

/** Ends the work on a file with its reason; one that ended meanwhile is left as it is. */
export async function failFile(
  db: Database,
  work: Key,
  why: { readonly problem: string; readonly at: number },
): Promise<void> {
  await db`
    update file_imports set state = 'failed', problem = ${why.problem}, ended_at = ${why.at}, leased_until = null
    where shop = ${work.shop} and id = ${work.id} and state in ('looking', 'applying')`
}

/** Lets it be looked at anew, with columns that somebody chose. False when it has gone on. */
export async function chooseFile(db: Database, work: Key, chosen: string): Promise<boolean> {
  const rows = await db`
    update file_imports set state = 'looking', round = round + 1, chosen = ${chosen}, problem = null, ended_at = null,
      done = 0, total = null, leased_until = null
    where shop = ${work.shop} and id = ${work.id} and state in ('looking', 'looked_at', 'failed') and sealed_file is not null
    returning id`
  return rows.length > 0
}

/** Sends a file on to be brought in, from its first line; false where it was not looked at, is at work or was thrown away. */
export async function applyFile(db: Database, work: Key): Promise<boolean> {
  const rows = await db`
    update file_imports set state = 'applying', done = 0, problem = null, ended_at = null, leased_until = null
    where shop = ${work.shop} and id = ${work.id} and sealed_file is not null
      and (state = 'looked_at' or (state = 'failed' and total is not null))
    returning id`
  return rows.length > 0
}

/** Calls a file off and forgets it; what was brought already stays. */
export async function cancelFile(db: Database, work: Key, at: number): Promise<boolean> {
  const rows = await db`
    update file_imports
    set state = 'cancelled', ended_at = ${at}, sealed_file = null, sealed_shown = null, sealed_refused = null, leased_until = null
    where shop = ${work.shop} and id = ${work.id} and state in ('looking', 'looked_at', 'applying', 'failed')
    returning id`
  return rows.length > 0
}

/** Files that nobody let in are forgotten, and lines that were left out. All shops. */
export async function forgetFiles(
  db: Database,
  before: { readonly waitingSince: number; readonly refusedSince: number },
): Promise<void> {
  await db`delete from file_imports where state in ('looked_at', 'failed', 'cancelled') and made_at < ${before.waitingSince}`
  await db`
    update file_imports set sealed_refused = null
    where made_at < ${before.refusedSince} and sealed_refused is not null`
}

/** What somebody chose for files with these headings: JSON of Chosen. */
export async function readMapping(
  db: Database,
  shop: ShopId,
  headings: string,
): Promise<string | undefined> {
  const [row] = await db<{ chosen: string }[]>`
    select chosen from file_mappings where shop = ${shop} and headings = ${headings}`
  return row?.chosen
}

/** Remembers which columns mean what (`chosen`, JSON text) for files with these headings; the last word counts. */
export async function keepMapping(
  db: Database,
  shop: ShopId,
  said: { readonly headings: string; readonly chosen: string; readonly at: number },
): Promise<void> {
  await db`
    insert into file_mappings (shop, headings, chosen, said_at)
    values (${shop}, ${said.headings}, ${said.chosen}, ${said.at})
    on conflict (shop, headings) do update set chosen = excluded.chosen, said_at = excluded.said_at`
}

/** Which of these objects a connected platform told of: its word comes before a file's. */
/** The same of orders by the number that customers read (`platform-records.store.ts`, `toldByNumber`). */
export async function numbersKnownToPlatforms(
  db: Database,
  shop: ShopId,
  orders: readonly { readonly id: string; readonly orderedAt: number }[],
): Promise<readonly string[]> {
  if (orders.length === 0) return []
  const rows = await db<{ id: string }[]>`
    select distinct u.id
    from unnest(${orders.map(({ id }) => id)}::text[], ${orders.map(({ id }) => bare(id))}::text[],
      ${orders.map(({ orderedAt }) => orderedAt)}::bigint[]) as u(id, number, at)
    join platform_records p on p.shop = ${shop} and p.resource = 'orders' and p.state = 'here'
      and ltrim(substring(p.row from '"number":"([^"]*)"'), '#') = u.number and abs(p.at - u.at) < ${sameOrderMs}
    join connections c on c.shop = p.shop and c.id = p.connection
    where c.kind <> 'files' and c.state in ('connected', 'broken')`
  return rows.map(({ id }) => id)
}

/** Those of `ids` that a connected platform brought itself: a file does not speak for them. */
export async function knownToPlatforms(
  db: Database,
  shop: ShopId,
  asked: { readonly resource: string; readonly ids: readonly string[] },
): Promise<readonly string[]> {
  const rows = await db<{ id: string }[]>`
    select distinct p.external_id as id from connections c
    join platform_records p on p.shop = c.shop and p.connection = c.id
    where c.shop = ${shop} and c.kind <> 'files' and c.state in ('connected', 'broken') and p.resource = ${asked.resource}
      and p.state = 'here' and p.external_id = any(${[...asked.ids]}::text[])`
  return rows.map(({ id }) => id)
}
