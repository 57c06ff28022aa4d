import type { Flow } from '../campaigns/campaign.ts'
import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import { readGoals } from './campaign-report.store.ts'
import { type Compared, comparedBy } from './compared.ts'

/** Where a campaign's draft is found. */
export type Drafts = {
  readonly get: (shop: ShopId, id: number) => Promise<{ readonly draft: Flow }>
}

/** The campaign as people are judged on it now: as it was published, else as it is drafted. */
export async function comparedOf(
  { db, campaigns }: { readonly db: Database; readonly campaigns: Drafts },
  shop: ShopId,
  id: number,
): Promise<Compared> {
  const { draft } = await campaigns.get(shop, id)
  const [goal] = await readGoals(db, shop, { campaign: id, since: 0 })
  return comparedBy(id, goal?.flow ?? JSON.stringify(draft))
}
