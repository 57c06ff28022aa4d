import type { Database } from '../../database/connection.store.ts'
import type { Clock } from '../../lib/clock.ts'
import { dayMs } from '../../lib/duration.ts'
import { forgetRefused } from './imports.store.ts'

/** Lines of files that did nothing hold addresses; after so long nobody mends them any more. */
const refusedKeptMs = 30 * dayMs
/** A file that was looked at and not applied is forgotten after a day. */
const lookedAtKeptMs = dayMs

/** Forgets what files left behind. */
export async function keepConsentFiles(needs: {
  readonly db: Database
  readonly clock: Clock
}): Promise<void> {
  const now = needs.clock.now()
  await forgetRefused(needs.db, {
    lookedAtBefore: now - lookedAtKeptMs,
    refusedBefore: now - refusedKeptMs,
  })
}
