import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import { Flow } from './campaign.ts'
import { flowsInUse } from './segment-users.store.ts'
import { segmentsUsed } from './segments-used.ts'

/** The campaigns, not stopped, that need a segment: as they run or as they are being written. */
export async function campaignsUsing(
  db: Database,
  shop: ShopId,
  segment: number,
): Promise<readonly { readonly kind: 'campaign'; readonly id: number; readonly name: string }[]> {
  const uses = (text: string | null): boolean => {
    const flow = text === null ? undefined : Flow.safeParse(JSON.parse(text))
    return flow?.success === true && segmentsUsed(flow.data).includes(segment)
  }
  return (await flowsInUse(db, shop))
    .filter(({ draft, published }) => uses(draft) || uses(published))
    .map(({ id, name }) => ({ kind: 'campaign', id, name }))
}
