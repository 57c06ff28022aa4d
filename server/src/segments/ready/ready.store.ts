import type { Database } from '../../database/connection.store.ts'
import type { ShopId } from '../../lib/brand.ts'

/** Which ready definitions a shop has made segments of; of several, the first. */
export async function readMade(db: Database, shop: ShopId): Promise<ReadonlyMap<string, number>> {
  const rows = await db<{ ready: string; id: number }[]>`
    select ready, min(id) as id from segments
    where shop = ${shop} and ready is not null and archived_at is null
    group by ready`
  return new Map(rows.map(({ ready, id }) => [ready, id]))
}
