import type { Database } from '../database/connection.store.ts'
import type { Clock } from '../lib/clock.ts'
import { dayMs } from '../lib/duration.ts'
import { undoDays } from './segment.ts'
import { purgeSegments } from './versions.store.ts'
import { failedKeptMs, sentKeptMs } from './webhooks/webhook.ts'
import { pruneDeliveries } from './webhooks/webhooks.store.ts'

/** Forgets what was deleted too long ago to be wanted back, and what was told long ago; safe to run from several processes, hourly. */
export async function keepSegments(needs: {
  readonly db: Database
  readonly clock: Clock
}): Promise<number> {
  const now = needs.clock.now()
  const sent = now - sentKeptMs
  const deliveries = await pruneDeliveries(needs.db, { sent, failed: now - failedKeptMs })
  return deliveries + (await purgeSegments(needs.db, now - undoDays * dayMs))
}
