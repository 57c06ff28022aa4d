import { placesOf } from '../campaigns/flow-map.ts'
import type { Flows } from '../campaigns/flows.service.ts'
import { chainOf } from '../campaigns/steps/message.ts'
import type { Database } from '../database/connection.store.ts'
import type { CampaignId, ShopId } from '../lib/brand.ts'
import { Refusal } from '../lib/refusal.ts'
import type { LinkSigner } from '../messages/link.ts'
import { readToken } from './token.ts'

/** What a page that gives a token back was shown, and the step that showed it; refuses tokens of others and made-up ones. */
export async function shownStep(
  needs: { readonly db: Database; readonly flows: Flows; readonly signer: LinkSigner },
  shop: ShopId,
  given: { readonly token: string; readonly anonymousId: string },
) {
  const told = readToken(given.token, needs.signer)
  if (!told || told.shop !== shop || told.device !== given.anonymousId)
    throw new Refusal('invalid', 'This message is not known here.', 'token')
  const campaign = told.campaign as CampaignId
  const flowOf = await needs.flows.load(needs.db, shop, [{ campaign, version: told.version }])
  const step = placesOf(flowOf(campaign, told.version)).get(told.step)?.step
  if (step?.kind !== 'message')
    throw new Refusal('invalid', 'This message is not known here.', 'token')
  // What stands on a page may be the last of a channel chain.
  const content = chainOf(step).find((one) => one.content.channel === 'onsite')?.content
  return { told, step, content: content?.channel === 'onsite' ? content : undefined }
}
