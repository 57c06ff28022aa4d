import type { Tx } from '../database/connection.store.ts'
import type { Assignments } from '../experiments/assignments.service.ts'
import type { ShopId } from '../lib/brand.ts'
import { sendingSettings } from '../messages/sending.ts'
import type { Shops } from '../shops/shops.service.ts'
import type { LiveCampaign } from './entry.ts'

/** What is held out now (0 to 1): of each campaign, and of all advertising. */
export type Shares = {
  readonly of: (campaign: LiveCampaign) => number
  readonly shop: number
}

/** Looks up how far the campaigns that learn have come. */
export async function sharesNow(
  needs: {
    readonly shops: Pick<Shops, 'shop'>
    readonly assignments: Pick<Assignments, 'sharesNow'>
  },
  tx: Tx,
  { shop, campaigns }: { readonly shop: ShopId; readonly campaigns: readonly LiveCampaign[] },
): Promise<Shares> {
  const { settings } = await needs.shops.shop(shop)
  const sets = campaigns.map((one) => ({ experiment: experimentOf(one), set: one.flow }))
  const shareOf = await needs.assignments.sharesNow(tx, shop, sets)
  return {
    of: (campaign) => shareOf(experimentOf(campaign), campaign.flow),
    shop: sendingSettings(settings.sending).shopHoldout,
  }
}

function experimentOf({ id }: LiveCampaign): string {
  return `campaign:${id}`
}
