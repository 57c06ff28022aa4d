import type { Database } from '../database/connection.store.ts'
import type { Accept } from '../events/accept.service.ts'
import { loop } from '../jobs/loop.service.ts'
import type { Clock } from '../lib/clock.ts'
import { markAnnounced, readUnannounced } from './announce.store.ts'
import { receiptsOf } from './receipt.ts'

const batchLimit = 500
const idleMs = 500

/**
 * Turns finished messages into happenings. A crash between the two announces again, under the same message ids, so the
 * log has each receipt once.
 */
export function receipts(needs: {
  readonly db: Database
  readonly clock: Clock
  readonly accept: Accept['accept']
  readonly onError?: (error: unknown) => void
}) {
  const { db, clock } = needs

  async function turn(): Promise<boolean> {
    const finished = await readUnannounced(db, batchLimit)
    for (const [shop, rows] of Map.groupBy(finished, (row) => row.shop)) {
      const now = clock.now()
      await needs.accept(
        shop,
        rows.flatMap((row) => receiptsOf(row, now)),
      )
      await markAnnounced(db, shop, { rows, at: now })
    }
    return finished.length > 0
  }

  const work = loop({ turn, idleMs, ...(needs.onError ? { onError: needs.onError } : {}) })
  return {
    /** Announces everything that is finished now. */
    drain: async (): Promise<void> => {
      while (await turn());
    },
    start: work.start,
    stop: work.stop,
    wake: work.wake,
  }
}
export type Receipts = ReturnType<typeof receipts>
