import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'

/** The last position of a shop's log; 0 for an empty one. */
export async function headOf(db: Database, shop: ShopId): Promise<number> {
  const rows = await db<{ head: number }[]>`select head from log_heads where shop = ${shop}`
  return rows[0]?.head ?? 0
}

/** How far each shop's followers lie behind its log, and what waits in the outbox; labels are shop ids and states only. */
export async function lineReadings(db: Database) {
  const lanes = await db<{ shop: number; name: string; behind: number }[]>`
    select l.shop, l.name, h.head - l.position as behind from lanes l join log_heads h on h.shop = l.shop`
  const waiting = await db<{ shop: number; state: string; count: number }[]>`
    select shop, state, count(*) as count from outbox where state in ('queued', 'sending', 'unconfirmed') group by 1, 2`
  const failures = await db<{ shop: number; count: number }[]>`
    select shop, count(*) as count from line_failures where resolved_at is null group by 1`
  return [
    ...lanes.map((one) => ({
      name: 'danggol_lane_behind_positions',
      help: 'Log positions a lane has not processed yet.',
      labels: { shop: `${one.shop}`, lane: one.name },
      value: one.behind,
    })),
    ...waiting.map((one) => ({
      name: 'danggol_outbox_messages',
      help: 'Messages by state that is not final.',
      labels: { shop: `${one.shop}`, state: one.state },
      value: one.count,
    })),
    ...failures.map((one) => ({
      name: 'danggol_line_failures',
      help: 'People set aside because their rules threw.',
      labels: { shop: `${one.shop}` },
      value: one.count,
    })),
  ]
}
