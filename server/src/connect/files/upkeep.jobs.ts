import type { Database } from '../../database/connection.store.ts'
import type { Clock } from '../../lib/clock.ts'
import { dayMs } from '../../lib/duration.ts'
import { forgetFiles } from './file-imports.store.ts'

/** A file that nobody let in within a day is forgotten, as are lines that were left out after thirty. */
export async function keepFiles({
  db,
  clock,
}: {
  readonly db: Database
  readonly clock: Clock
}): Promise<void> {
  const now = clock.now()
  await forgetFiles(db, { waitingSince: now - dayMs, refusedSince: now - 30 * dayMs })
}
