import type { Database } from '../../database/connection.store.ts'
import type { ShopId } from '../../lib/brand.ts'
import type { ImportKind } from './row.ts'

export type ImportRow = {
  readonly id: number
  readonly kind: ImportKind
  readonly fileName: string
  readonly state: 'looking' | 'looked_at' | 'applying' | 'done' | 'failed' | 'cancelled'
  readonly consentsFrom: string
  /** JSON of plan.ts Counts. */
  readonly counts: string
  readonly actor: string
  readonly madeAt: number
  readonly attestedBy: string | null
  readonly sentence: string | null
  readonly appliedAt: number | null
  /** Words written so far, of how many (while it is looked at, of 100); null until the work has begun: `done` is then of 100. */
  readonly done: number
  readonly total: number | null
  /** Why it failed. */
  readonly problem: string | null
}

/** A file of consents, sealed, to be looked at by a worker. Gives its id. */
export async function insertImport(
  db: Database,
  shop: ShopId,
  made: Pick<ImportRow, 'kind' | 'fileName' | 'consentsFrom' | 'actor' | 'madeAt'> & {
    readonly fileHash: string
    readonly sealedFile: string
  },
): Promise<number> {
  const [row] = await db<{ id: number }[]>`
    insert into consent_imports (shop, kind, file_name, file_hash, consents_from, state, counts, sealed_file, actor, made_at)
    values (${shop}, ${made.kind}, ${made.fileName}, ${made.fileHash}, ${made.consentsFrom}, 'looking', '{}',
            ${made.sealedFile}, ${made.actor}, ${made.madeAt})
    returning id`
  return row?.id ?? 0
}

/** Imports of a shop, the newest first; one of them by its id. */
export async function readImports(
  db: Database,
  shop: ShopId,
  asked: { readonly id?: number; readonly limit: number },
): Promise<readonly ImportRow[]> {
  return await db<ImportRow[]>`
    select id, kind, file_name as "fileName", state, consents_from as "consentsFrom", counts, actor, made_at as "madeAt",
           attested_by as "attestedBy", sentence, applied_at as "appliedAt", done, total, problem
    from consent_imports
    where shop = ${shop} ${asked.id === undefined ? db`and (attested_by is not null or state in ('looking', 'looked_at'))` : db`and id = ${asked.id}`}
    order by id desc limit ${asked.limit}`
}

type Sealed = {
  readonly file: string | null
  readonly refused: string | null
  readonly shown: string | null
}

/** The sealed contents of an import: its file while it waits to be applied, its refused lines, and the first of them. */
export async function readSealed(
  db: Database,
  shop: ShopId,
  id: number,
): Promise<Sealed | undefined> {
  const [row] = await db<Sealed[]>`
    select sealed_file as file, sealed_refused as refused, sealed_shown as shown from consent_imports where shop = ${shop} and id = ${id}`
  return row
}

/** Somebody put their name under it: the worker takes it. What is under way or done stays under the first name. */
export async function attest(
  db: Database,
  shop: ShopId,
  by: {
    readonly id: number
    readonly name: string
    readonly sentence: string
    readonly actor: string
    readonly at: number
  },
): Promise<void> {
  await db`
    update consent_imports
    set state = 'applying', attested_by = ${by.name}, sentence = ${by.sentence}, applied_by = ${by.actor},
        begun_at = coalesce(begun_at, ${by.at}), problem = null, leased_until = null
    where shop = ${shop} and id = ${by.id} and (state = 'looked_at' or (state = 'failed' and begun_at is not null))`
}

/** Calls a file off and forgets it; what it has said already stays said. False when it had ended. */
export async function cancelImport(
  db: Database,
  shop: ShopId,
  gone: { readonly id: number; readonly at: number },
): Promise<boolean> {
  const rows = await db`
    update consent_imports
    set state = 'cancelled', applied_at = case when attested_by is null then null else ${gone.at}::bigint end,
        sealed_file = null, leased_until = null
    where shop = ${shop} and id = ${gone.id} and state in ('looking', 'looked_at', 'applying', 'failed')
    returning id`
  return rows.length > 0
}

/** Files that were looked at before and never applied are forgotten, and lines that did nothing. All shops. */
export async function forgetRefused(
  db: Database,
  before: { readonly lookedAtBefore: number; readonly refusedBefore: number },
): Promise<void> {
  await db`delete from consent_imports where attested_by is null and made_at < ${before.lookedAtBefore}`
  await db`
    update consent_imports set sealed_refused = null, sealed_shown = null
    where made_at < ${before.refusedBefore} and sealed_refused is not null`
}
