import type { Tx } from '../database/connection.store.ts'
import type { CampaignId, ShopId } from '../lib/brand.ts'
import type { ClaimedMessage, Recheck } from '../messages/intent.ts'
import type { Flow } from './campaign.ts'
import { paced } from './hourly.ts'
import { holdBucket, lastPlace, saveBucket } from './pace.store.ts'

/**
 * Lets so many of the messages that may go leave as their campaigns may send in an hour; the others are told when to come
 * again, so that they do not stand in the way of other campaigns.
 */
export async function withPace(
  tx: Tx,
  shop: ShopId,
  asked: {
    readonly messages: readonly ClaimedMessage[]
    readonly words: readonly Recheck[]
    readonly flowOf: (campaign: CampaignId) => Flow | undefined
    readonly now: number
  },
): Promise<readonly Recheck[]> {
  const { messages, words, now } = asked
  const going = messages.filter((_, at) => words[at]?.kind === 'ok')
  const later = new Map<number, number>()
  const byCampaign = [...Map.groupBy(going, ({ campaign }) => campaign)]
  // In order of id, so that two senders never hold each other up.
  for (const [campaign, some] of byCampaign.sort(([a], [b]) => (a ?? 0) - (b ?? 0))) {
    const perHour = campaign === null ? null : (asked.flowOf(campaign)?.perHour ?? null)
    if (campaign === null || perHour === null) continue
    const bucket = await holdBucket(tx, shop, campaign)
    const place = await lastPlace(tx, shop, campaign)
    const wanting = some.map(({ id, reason }) => ({ id, placed: reason === 'paced' }))
    const told = paced(perHour, wanting, { now, bucket, lastPlace: place })
    await saveBucket(tx, shop, { campaign, bucket: told.bucket })
    for (const [id, until] of told.later) later.set(id, until)
  }
  if (later.size === 0) return words
  return words.map((word, at) => {
    const until = later.get(messages[at]?.id ?? 0)
    return until === undefined ? word : { kind: 'paced', until }
  })
}
