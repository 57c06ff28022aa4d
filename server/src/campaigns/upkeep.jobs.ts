import type { Database } from '../database/connection.store.ts'
import type { Clock } from '../lib/clock.ts'
import { dayMs } from '../lib/duration.ts'
import { consideredSince, pruneConsidered } from './considered.store.ts'

/** Why somebody did not enter a campaign is kept so long after it last happened. */
const consideredKeptMs = 90 * dayMs
/** Most rows of all shops: people times campaigns has no end, these are a gigabyte and a half. Of more the oldest go earlier. */
const consideredRows = 5_000_000
/** Rows deleted at a time, so that nobody waits for the table. */
const biteLimit = 10_000

/** Forgets why people did not enter campaigns long ago; safe to run from several processes, hourly. */
export async function keepConsidered(needs: {
  readonly db: Database
  readonly clock: Clock
  /** Tests make it small. */
  readonly most?: number
}): Promise<number> {
  const { db, most = consideredRows } = needs
  const since = await consideredSince(db, most)
  const before = Math.max(needs.clock.now() - consideredKeptMs, since ?? 0)
  let forgotten = 0
  for (;;) {
    const bite = await pruneConsidered(db, { before, limit: biteLimit })
    forgotten += bite
    if (bite < biteLimit) return forgotten
  }
}
