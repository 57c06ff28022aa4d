import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'

/** Entries of the audit log looked through; far more than a shop writes in a day. */
const lookedThrough = 5_000

/** Tests sent to phone numbers since a time (UTC ms). */
export async function countPhoneTests(db: Database, shop: ShopId, since: number): Promise<number> {
  const [row] = await db<{ tests: number }[]>`
    select count(*) as tests from (
      select at, act, object from audit_log where shop = ${shop} order by id desc limit ${lookedThrough}
    ) latest
    where at > ${since} and act = 'message.test-sent' and object like 'phone:%'`
  return row?.tests ?? 0
}
