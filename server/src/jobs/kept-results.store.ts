import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'

/** Which result: of which report, and the digest of what it was asked. */
export type KeptKey = { readonly report: string; readonly asked: string }

/** A report as it was last worked out (JSON text) and when; undefined where it never was. */
export async function readKept(
  db: Database,
  shop: ShopId,
  key: KeptKey,
): Promise<{ readonly madeAt: number; readonly result: string } | undefined> {
  const [row] = await db<{ madeAt: number; result: string }[]>`
    select made_at as "madeAt", result from kept_results
    where shop = ${shop} and report = ${key.report} and asked = ${key.asked}`
  return row
}

/** Writes a result unless a newer one is there. */
export async function writeKept(
  db: Database,
  shop: ShopId,
  row: KeptKey & { readonly madeAt: number; readonly tookMs: number; readonly result: string },
): Promise<void> {
  await db`
    insert into kept_results (shop, report, asked, made_at, took_ms, result)
    values (${shop}, ${row.report}, ${row.asked}, ${row.madeAt}, ${row.tookMs}, ${row.result})
    on conflict (shop, report, asked) do update set
      made_at = excluded.made_at, took_ms = excluded.took_ms, result = excluded.result
    where kept_results.made_at <= excluded.made_at`
}

/** Forgets what was worked out before `before`, UTC ms. */
export async function deleteKept(db: Database, before: number): Promise<void> {
  await db`delete from kept_results where made_at < ${before}`
}
