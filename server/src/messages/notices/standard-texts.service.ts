import { Refusal } from '../../lib/refusal.ts'
import type { Shop } from '../../shops/shop.ts'
import type { Notice } from '../intent.ts'
import type { Messages } from '../messages.service.ts'
import { type Carrier, noticeContent } from './texts.ts'

/**
 * The standard texts, compiled once a shop and language. Compiled content never changes and is kept under the hash that
 * names it, so that it may be kept outside the turn's transaction. undefined while the shop cannot send such a message.
 */
export function standardTexts({ messages }: { readonly messages: Pick<Messages, 'publish'> }) {
  const known = new Map<string, string>()
  return async (
    shop: Shop,
    wanted: { readonly notice: Notice; readonly carrier: Carrier },
  ): Promise<string | undefined> => {
    const { notice, carrier } = wanted
    const key = [shop.id, shop.language, notice, carrier].join(':')
    const kept = known.get(key)
    if (kept !== undefined) return kept
    const because = notice === 'consent_confirm' ? 'answer' : 'consent_notice'
    try {
      const { id } = await messages.publish(
        shop.id,
        noticeContent(notice, carrier, shop.language),
        { purpose: 'informational', because },
      )
      known.set(key, id)
      return id
    } catch (error) {
      if (error instanceof Refusal) return undefined
      throw error
    }
  }
}
