import type { Database } from '../database/connection.store.ts'
import type { Clock } from '../lib/clock.ts'
import { dayMs } from '../lib/duration.ts'
import { undoDays } from './segment.ts'
import { purgeSegments } from './versions.store.ts'

/** Forgets what was deleted too long ago to be wanted back; safe to run from several processes, hourly. */
export async function keepSegments(needs: {
  readonly db: Database
  readonly clock: Clock
}): Promise<number> {
  return purgeSegments(needs.db, needs.clock.now() - undoDays * dayMs)
}
