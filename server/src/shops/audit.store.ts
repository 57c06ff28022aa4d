import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import type { JsonObject } from '../lib/json.ts'

export type AuditEntry = {
  readonly id: number
  readonly at: number
  readonly actor: string
  readonly act: string
  readonly object: string
  readonly detail: JsonObject
}

/** Notes who did what to what, and when. */
export async function writeAudit(
  db: Database,
  shop: ShopId,
  entry: Omit<AuditEntry, 'id'>,
): Promise<void> {
  await db`
    insert into audit_log (shop, at, actor, act, object, detail)
    values (${shop}, ${entry.at}, ${entry.actor}, ${entry.act}, ${entry.object}, ${JSON.stringify(entry.detail)})`
}

/** Newest first; `before` is the id of the last entry of the page before. */
export async function readAudit(
  db: Database,
  shop: ShopId,
  page: { readonly before: number | undefined; readonly limit: number },
): Promise<readonly AuditEntry[]> {
  const rows = await db<(Omit<AuditEntry, 'detail'> & { detail: string })[]>`
    select id, at, actor, act, object, detail from audit_log
    where shop = ${shop} and (${page.before ?? null}::bigint is null or id < ${page.before ?? null})
    order by id desc limit ${page.limit}`
  return rows.map((row) => ({ ...row, detail: JSON.parse(row.detail) as JsonObject }))
}
