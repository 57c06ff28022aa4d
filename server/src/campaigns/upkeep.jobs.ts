import type { Database } from '../database/connection.store.ts'
import type { Clock } from '../lib/clock.ts'
import { dayMs } from '../lib/duration.ts'
import { pruneConsidered } from './considered.store.ts'

/** Why somebody did not enter a campaign is kept so long after it last happened. */
const consideredKeptMs = 90 * dayMs
/** Rows deleted at a time, so that nobody waits for the table. */
const biteLimit = 10_000

/** Forgets why people did not enter campaigns long ago; safe to run from several processes, hourly. */
export async function keepConsidered(needs: {
  readonly db: Database
  readonly clock: Clock
}): Promise<number> {
  const before = needs.clock.now() - consideredKeptMs
  let forgotten = 0
  for (;;) {
    const bite = await pruneConsidered(needs.db, { before, limit: biteLimit })
    forgotten += bite
    if (bite < biteLimit) return forgotten
  }
}
