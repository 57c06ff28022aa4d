import type { Database } from '../database/connection.store.ts'

/**
 * Makes the partition of a month of decisions (`yyyymm`). False when it is there already, or when the rest partition holds
 * rows of that month, which then stay there. Its name is made of digits only, so nothing can be slipped into it.
 */
export async function createDecisionMonth(db: Database, month: number): Promise<boolean> {
  const name = `decisions_${Math.trunc(month)}`
  return await db.begin(async (tx) => {
    const [there] = await tx`select to_regclass(${name}) is not null as is_there`
    if (there?.is_there) return false
    // Rows of the month may come in between; the lock keeps the answer true until the partition stands.
    await tx`lock table decisions in share row exclusive mode`
    const rows = await tx`select 1 from decisions_rest where month = ${month} limit 1`
    if (rows.length > 0) return false
    await tx.unsafe(
      `create table if not exists ${name} partition of decisions for values from (${Math.trunc(month)}) to (${Math.trunc(month) + 1})`,
    )
    return true
  })
}
