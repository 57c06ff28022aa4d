import type { Database } from '../../database/connection.store.ts'
import type { ShopId } from '../../lib/brand.ts'
import type { ImportKind } from './row.ts'

export type ImportRow = {
  readonly id: number
  readonly kind: ImportKind
  readonly fileName: string
  readonly state: 'looked_at' | 'applying' | 'done'
  readonly consentsFrom: string
  /** JSON of plan.ts Counts. */
  readonly counts: string
  readonly actor: string
  readonly madeAt: number
  readonly attestedBy: string | null
  readonly sentence: string | null
  readonly appliedAt: number | null
}

export async function insertImport(
  db: Database,
  shop: ShopId,
  made: Pick<ImportRow, 'kind' | 'fileName' | 'consentsFrom' | 'counts' | 'actor' | 'madeAt'> & {
    readonly fileHash: string
    readonly sealedFile: string
    readonly sealedRefused: string | null
  },
): Promise<number> {
  const [row] = await db<{ id: number }[]>`
    insert into consent_imports (shop, kind, file_name, file_hash, consents_from, counts, sealed_file, sealed_refused, actor, made_at)
    values (${shop}, ${made.kind}, ${made.fileName}, ${made.fileHash}, ${made.consentsFrom}, ${made.counts},
            ${made.sealedFile}, ${made.sealedRefused}, ${made.actor}, ${made.madeAt})
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
           attested_by as "attestedBy", sentence, applied_at as "appliedAt"
    from consent_imports
    where shop = ${shop} ${asked.id === undefined ? db`and state <> 'looked_at'` : db`and id = ${asked.id}`}
    order by id desc limit ${asked.limit}`
}

/** The sealed contents of an import: its file while it waits to be applied, and its refused lines. */
export async function readSealed(
  db: Database,
  shop: ShopId,
  id: number,
): Promise<{ readonly file: string | null; readonly refused: string | null } | undefined> {
  const [row] = await db<{ file: string | null; refused: string | null }[]>`
    select sealed_file as file, sealed_refused as refused from consent_imports where shop = ${shop} and id = ${id}`
  return row
}

/** Somebody put their name under it; an import that broke off is attested by whoever goes on. */
export async function attest(
  db: Database,
  shop: ShopId,
  by: { readonly id: number; readonly name: string; readonly sentence: string },
): Promise<void> {
  await db`
    update consent_imports set state = 'applying', attested_by = ${by.name}, sentence = ${by.sentence}
    where shop = ${shop} and id = ${by.id} and state <> 'done'`
}

/** It is done: the file is forgotten, the lines that did nothing are kept. */
export async function finish(
  db: Database,
  shop: ShopId,
  done: { readonly id: number; readonly counts: string; readonly at: number },
): Promise<void> {
  await db`
    update consent_imports set state = 'done', counts = ${done.counts}, applied_at = ${done.at}, sealed_file = null
    where shop = ${shop} and id = ${done.id}`
}

/** Files that were looked at before and never applied are forgotten, and lines that did nothing. All shops. */
export async function forgetRefused(
  db: Database,
  before: { readonly lookedAtBefore: number; readonly refusedBefore: number },
): Promise<void> {
  await db`delete from consent_imports where state = 'looked_at' and made_at < ${before.lookedAtBefore}`
  await db`
    update consent_imports set sealed_refused = null
    where made_at < ${before.refusedBefore} and sealed_refused is not null`
}
