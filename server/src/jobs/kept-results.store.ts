import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'

/** Which result: of which report, and the digest of what it was asked. */
export type KeptKey = { readonly report: string; readonly asked: string }
type KeptRow = { readonly madeAt: number; readonly result: string; readonly outgrown: boolean }

/** Happenings of a shop that history holds by now: what a report can know. */
const known = (db: Database, shop: ShopId) =>
  db`coalesce((select position from lanes where shop = ${shop} and name = 'history'), 0)`

/** The same as a number. */
export async function readKnown(db: Database, shop: ShopId): Promise<number> {
  const [row] = await db<[{ position: number }]>`select ${known(db, shop)} as position`
  return row.position
}

/**
 * A report as it was last worked out (JSON text) and when; undefined where it never was. `outgrown`: a tenth and a hundred
 * more has happened since, as after an import.
 */
export async function readKept(
  db: Database,
  shop: ShopId,
  key: KeptKey,
): Promise<KeptRow | undefined> {
  const [row] = await db<KeptRow[]>`
    select made_at as "madeAt", result, ${known(db, shop)} > position * 1.1 + 100 as outgrown from kept_results
    where shop = ${shop} and report = ${key.report} and asked = ${key.asked}`
  return row
}

/** Writes a result unless a newer one is there. */
export async function writeKept(
  db: Database,
  shop: ShopId,
  row: KeptKey & {
    readonly madeAt: number
    readonly tookMs: number
    readonly result: string
    /** Happenings that history held when the work began. */
    readonly position: number
  },
): Promise<void> {
  await db`
    insert into kept_results (shop, report, asked, made_at, took_ms, result, position)
    values (${shop}, ${row.report}, ${row.asked}, ${row.madeAt}, ${row.tookMs}, ${row.result}, ${row.position})
    on conflict (shop, report, asked) do update set
      made_at = excluded.made_at, took_ms = excluded.took_ms, result = excluded.result, position = excluded.position
    where kept_results.made_at <= excluded.made_at`
}

/** Forgets what was worked out before `before`, UTC ms. */
export async function deleteKept(db: Database, before: number): Promise<void> {
  await db`delete from kept_results where made_at < ${before}`
}
