import type { Database, Tx } from '../../database/connection.store.ts'
import type { ShopId } from '../../lib/brand.ts'
import type { ListChangeKind } from './list.ts'

/** A file, as its worker sees it. */
export type WorkRow = {
  readonly shop: ShopId
  readonly id: number
  readonly state: 'looking' | 'applying'
  readonly round: number
  readonly list: number | null
  readonly change: ListChangeKind
  readonly actor: string
  /** Lines applied already. */
  readonly done: number
}
type Work = Pick<WorkRow, 'shop' | 'id' | 'state' | 'round'>
export type Lease = { readonly by: string; readonly now: number; readonly until: number }

/** Takes the oldest file that nobody works on, or that this worker holds already. All shops. */
export async function takeUpload(db: Database, lease: Lease): Promise<WorkRow | undefined> {
  const [row] = await db<WorkRow[]>`
    update list_uploads set leased_by = ${lease.by}, leased_until = ${lease.until}
    where (shop, id) = (
      select shop, id from list_uploads
      where state in ('looking', 'applying') and (leased_until is null or leased_until <= ${lease.now} or leased_by = ${lease.by})
      order by id limit 1 for update skip locked
    )
    returning shop, id, state, round, list, change, actor, done`
  return row
}

/** The uploaded file, sealed; undefined once it was thrown away. */
export async function sealedFile(db: Database, work: Work): Promise<string | undefined> {
  const [row] = await db<{ file: string | null }[]>`
    select sealed_file as file from list_uploads where shop = ${work.shop} and id = ${work.id}`
  return row?.file ?? undefined
}

/** Notes how far it came and keeps the lease; false when it was called off, asked anew, or is with another worker. */
export async function noteUpload(
  db: Database | Tx,
  work: Work,
  at: Lease & { readonly done: number; readonly total: number; readonly changed: number },
): Promise<boolean> {
  const rows = await db`
    update list_uploads
    set done = ${at.done}, total = ${at.total}, changed = changed + ${at.changed}, leased_until = ${at.until}
    where shop = ${work.shop} and id = ${work.id} and leased_by = ${at.by} and state = ${work.state} and round = ${work.round}
    returning id`
  return rows.length > 0
}

/** It has been looked at: it waits for a word. */
export async function endLook(
  db: Database,
  work: Work,
  found: { readonly answer: string; readonly sealedRefused: string },
): Promise<void> {
  await db`
    update list_uploads
    set state = 'looked_at', answer = ${found.answer}, sealed_refused = ${found.sealedRefused}, leased_until = null
    where shop = ${work.shop} and id = ${work.id} and state = 'looking' and round = ${work.round}`
}

/** It is done, and the file is forgotten. Answers whom it changed; undefined when it was called off meanwhile. */
export async function endApplying(
  db: Database,
  work: Work,
  at: number,
): Promise<number | undefined> {
  const [row] = await db<{ changed: number }[]>`
    update list_uploads set state = 'done', ended_at = ${at}, sealed_file = null, leased_until = null
    where shop = ${work.shop} and id = ${work.id} and state = 'applying' returning changed`
  return row?.changed
}

/** It cannot be done. What broke off while it was applied may be tried again. */
export async function failUpload(
  db: Database,
  work: Work,
  told: { readonly problem: string; readonly at: number },
): Promise<void> {
  await db`
    update list_uploads set state = 'failed', problem = ${told.problem}, ended_at = ${told.at}, leased_until = null
    where shop = ${work.shop} and id = ${work.id} and state = ${work.state} and round = ${work.round}`
}
