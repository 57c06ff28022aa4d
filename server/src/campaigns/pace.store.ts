import type { Tx } from '../database/connection.store.ts'
import type { CampaignId, ShopId } from '../lib/brand.ts'
import type { Bucket } from './hourly.ts'

/** Takes hold of a campaign's bucket until the transaction ends; undefined when nothing has left yet. */
export async function holdBucket(
  tx: Tx,
  shop: ShopId,
  campaign: CampaignId,
): Promise<Bucket | undefined> {
  // A first row that nobody has filled: two senders at once must not both believe to be the first.
  await tx`
    insert into campaign_pace (shop, campaign, tokens, filled_at) values (${shop}, ${campaign}, -1, 0)
    on conflict do nothing`
  const [row] = await tx<Bucket[]>`
    select tokens, filled_at as "filledAt" from campaign_pace
    where shop = ${shop} and campaign = ${campaign} for update`
  return row && row.tokens >= 0 ? row : undefined
}

/** What is left of a campaign's pace after a batch went out. */
export async function saveBucket(
  tx: Tx,
  shop: ShopId,
  { campaign, bucket }: { readonly campaign: CampaignId; readonly bucket: Bucket },
): Promise<void> {
  await tx`
    update campaign_pace set tokens = ${bucket.tokens}, filled_at = ${bucket.filledAt}
    where shop = ${shop} and campaign = ${campaign}`
}

/** The last place that was given to a message of the campaign (UTC ms); null when none waits for one. */
export async function lastPlace(
  tx: Tx,
  shop: ShopId,
  campaign: CampaignId,
): Promise<number | null> {
  const [row] = await tx<{ at: number | null }[]>`
    select max(not_before) as at from outbox
    where shop = ${shop} and campaign = ${campaign} and state = 'queued' and reason = 'paced'`
  return row?.at ?? null
}
