import type { Database } from '../../database/connection.store.ts'
import type { ShopId } from '../../lib/brand.ts'
import type { ImportKind } from './row.ts'

/** A file, as its worker sees it. */
export type WorkRow = {
  readonly shop: ShopId
  readonly id: number
  readonly state: 'looking' | 'applying'
  readonly kind: ImportKind
  readonly consentsFrom: string
  /** Empty, as the next two, and 0 while it is only looked at. */
  readonly attestedBy: string
  readonly sentence: string
  readonly appliedBy: string
  readonly begunAt: number
  /** null before the work has begun. */
  readonly total: number | null
}
export type Lease = { readonly by: string; readonly now: number; readonly until: number }

/** Takes the oldest file that nobody works on, or that this worker holds already. All shops. */
export async function takeWork(db: Database, lease: Lease): Promise<WorkRow | undefined> {
  const [row] = await db<WorkRow[]>`
    update consent_imports set leased_by = ${lease.by}, leased_until = ${lease.until}
    where (shop, id) = (
      select shop, id from consent_imports
      where state in ('looking', 'applying') and (leased_until is null or leased_until <= ${lease.now} or leased_by = ${lease.by})
      order by id limit 1 for update skip locked
    )
    returning shop, id, state, kind, consents_from as "consentsFrom", coalesce(attested_by, '') as "attestedBy",
              coalesce(sentence, '') as sentence, coalesce(applied_by, '') as "appliedBy",
              coalesce(begun_at, 0) as "begunAt", total`
  return row
}

/** What a file does. `counts` is JSON of plan.ts Counts. */
type Found = {
  readonly counts: string
  readonly sealedRefused: string | null
  readonly sealedShown: string
}

/** It has been looked at: somebody may answer for it. */
export async function lookedAt(
  db: Database,
  work: Pick<WorkRow, 'shop' | 'id'>,
  found: Found,
): Promise<void> {
  await db`
    update consent_imports
    set state = 'looked_at', counts = ${found.counts}, sealed_refused = ${found.sealedRefused},
        sealed_shown = ${found.sealedShown}, done = 0, total = null, leased_until = null
    where shop = ${work.shop} and id = ${work.id} and state = 'looking'`
}

/** The work begins: what the file does is fixed, as it is told from now on. False when it was called off meanwhile. */
export async function beginWork(
  db: Database,
  work: Pick<WorkRow, 'shop' | 'id'>,
  found: Found & { readonly total: number },
): Promise<boolean> {
  const rows = await db`
    update consent_imports
    set done = 0, total = ${found.total}, counts = ${found.counts}, sealed_refused = ${found.sealedRefused},
        sealed_shown = ${found.sealedShown}
    where shop = ${work.shop} and id = ${work.id} and state = 'applying'
    returning id`
  return rows.length > 0
}

/** Notes how far it came and keeps the lease; false when another worker has it by now. */
export async function noteWork(
  db: Database,
  work: Pick<WorkRow, 'shop' | 'id'>,
  progress: Lease & { readonly done?: number; readonly total?: number },
): Promise<boolean> {
  const rows = await db`
    update consent_imports set done = coalesce(${progress.done ?? null}, done), total = coalesce(${progress.total ?? null}, total), leased_until = ${progress.until}
    where shop = ${work.shop} and id = ${work.id} and leased_by = ${progress.by} and state in ('looking', 'applying')
    returning id`
  return rows.length > 0
}

/** It is done: the file is forgotten, the lines that did nothing are kept. Answers what it did: JSON of plan.ts Counts; undefined when it was called off. */
export async function finishWork(
  db: Database,
  work: Pick<WorkRow, 'shop' | 'id'>,
  at: number,
): Promise<string | undefined> {
  const [row] = await db<{ counts: string }[]>`
    update consent_imports set state = 'done', applied_at = ${at}, sealed_file = null, leased_until = null
    where shop = ${work.shop} and id = ${work.id} and state = 'applying' returning counts`
  return row?.counts
}

/** It cannot be done; whoever answers for it may try again. */
export async function failWork(
  db: Database,
  work: Pick<WorkRow, 'shop' | 'id'>,
  problem: string,
): Promise<void> {
  await db`
    update consent_imports set state = 'failed', problem = ${problem}, leased_until = null
    where shop = ${work.shop} and id = ${work.id} and state in ('looking', 'applying')`
}
