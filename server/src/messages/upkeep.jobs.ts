import type { Database } from '../database/connection.store.ts'
import type { Clock } from '../lib/clock.ts'
import { dayMs, epochMonth } from '../lib/duration.ts'
import { createDecisionMonth } from './upkeep.store.ts'

/** Partitions are made so long before the first decision of their month. */
const aheadMs = 40 * dayMs

/** Makes this month's and the next month's partition of the decisions. Safe from several processes; hourly. */
export async function keepDecisions(needs: {
  readonly db: Database
  readonly clock: Clock
}): Promise<readonly number[]> {
  const now = needs.clock.now()
  const made: number[] = []
  for (const month of new Set([epochMonth(now), epochMonth(now + aheadMs)])) {
    if (await createDecisionMonth(needs.db, month)) made.push(month)
  }
  return made
}
