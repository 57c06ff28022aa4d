import type { Database, Tx } from '../../database/connection.store.ts'
import type { ShopId } from '../../lib/brand.ts'
import type { ListChangeKind, UploadState } from './list.ts'

export type UploadRow = {
  readonly id: number
  /** null while the list is still to be made. */
  readonly list: number | null
  readonly listName: string | null
  readonly change: ListChangeKind
  readonly fileName: string
  readonly state: UploadState
  /** JSON: what the file says and would do; '{}' until it has been looked at. */
  readonly answer: string
  readonly actor: string
  readonly madeAt: number
  readonly endedAt: number | null
  /** Lines of the file; null before it was opened. */
  readonly total: number | null
  /** Lines looked at, or applied. */
  readonly done: number
  /** People put on the list or taken off it so far. */
  readonly changed: number
  /** Code of the refusal. */
  readonly problem: string | null
}

type NewUpload = Pick<UploadRow, 'list' | 'change' | 'fileName' | 'actor' | 'madeAt'> & {
  readonly sealedFile: string
}

/** A file of people, sealed, to be looked at by a worker. Gives its id. */
export async function insertUpload(db: Database, shop: ShopId, made: NewUpload): Promise<number> {
  const [row] = await db<{ id: number }[]>`
    insert into list_uploads (shop, list, change, file_name, sealed_file, actor, made_at)
    values (${shop}, ${made.list}, ${made.change}, ${made.fileName}, ${made.sealedFile}, ${made.actor}, ${made.madeAt})
    returning id`
  return row?.id ?? 0
}

/** Uploads of a shop, the newest first, those called off left out; one of them by its id. */
export function readUploads(
  db: Database,
  shop: ShopId,
  asked: { readonly id?: number; readonly limit: number },
): Promise<readonly UploadRow[]> {
  const { id } = asked
  return db<UploadRow[]>`
    select u.id, u.list, l.name as "listName", u.change, u.file_name as "fileName", u.state, u.answer, u.actor,
           u.made_at as "madeAt", u.ended_at as "endedAt", u.total, u.done, u.changed, u.problem
    from list_uploads u left join lists l on l.shop = u.shop and l.id = u.list
    where u.shop = ${shop} ${id === undefined ? db`and u.state <> 'cancelled'` : db`and u.id = ${id}`}
    order by u.id desc limit ${asked.limit}`
}

/** JSON of the lines that do nothing, sealed. */
export async function readRefused(
  db: Database,
  shop: ShopId,
  id: number,
): Promise<string | undefined> {
  const [row] = await db<{ refused: string | null }[]>`
    select sealed_refused as refused from list_uploads where shop = ${shop} and id = ${id}`
  return row?.refused ?? undefined
}

/** Has it looked at anew; false when it is past that, or forgotten. */
export async function lookAgain(
  db: Database,
  shop: ShopId,
  to: { readonly id: number; readonly list: number | null; readonly change: ListChangeKind },
): Promise<boolean> {
  const rows = await db`
    update list_uploads
    set state = 'looking', list = ${to.list}, change = ${to.change}, round = round + 1, done = 0, answer = '{}', leased_until = null
    where shop = ${shop} and id = ${to.id} and state in ('looking', 'looked_at') and sealed_file is not null
    returning id`
  return rows.length > 0
}

/** Locks an upload that waits for a word or broke off; its list, or undefined when there is none such. */
export async function lockUpload(
  tx: Tx,
  shop: ShopId,
  id: number,
): Promise<{ readonly list: number | null } | undefined> {
  const [row] = await tx<{ list: number | null }[]>`
    select list from list_uploads
    where shop = ${shop} and id = ${id} and sealed_file is not null
      and (state = 'looked_at' or (state = 'failed' and answer <> '{}'))
    for update`
  return row
}

/** Sends an upload on to be applied; one that failed on the way goes on where it was. */
export async function beginApplying(
  tx: Tx,
  shop: ShopId,
  to: { readonly id: number; readonly list: number; readonly actor: string },
): Promise<void> {
  await tx`
    update list_uploads
    set done = case state when 'failed' then done else 0 end, state = 'applying', list = ${to.list}, actor = ${to.actor},
        problem = null, leased_until = null
    where shop = ${shop} and id = ${to.id}`
}

/** Calls it off and forgets the file; whom it has put on the list already stays there. False when it had ended. */
export async function cancelUpload(
  db: Database,
  shop: ShopId,
  gone: { readonly id: number; readonly at: number },
): Promise<boolean> {
  const rows = await db`
    update list_uploads
    set state = 'cancelled', ended_at = ${gone.at}, sealed_file = null, sealed_refused = null, leased_until = null
    where shop = ${shop} and id = ${gone.id} and state in ('looking', 'looked_at', 'applying', 'failed')
    returning id`
  return rows.length > 0
}

/** Files that wait for nobody are forgotten, later the lines that did nothing too. All shops. */
export async function forgetUploads(
  db: Database,
  before: { readonly waiting: number; readonly ended: number },
): Promise<void> {
  await db`delete from list_uploads where state in ('looked_at', 'failed', 'cancelled') and made_at < ${before.waiting}`
  await db`delete from list_uploads where state = 'done' and made_at < ${before.ended}`
}
