import type { CustomerId, ShopId } from '../../lib/brand.ts'
import type { Shop } from '../../shops/shop.ts'
import { readLink } from '../link.ts'
import { type About, readAbout } from '../notices/about.ts'
import { confirmWithinMs } from '../notices/confirm.ts'
import { readNotices } from '../notices/notices.store.ts'
import { readAddresses, readOptOut } from '../pages.store.ts'
import type { FindNeeds } from './find.service.ts'

/** A consent that was asked for, and may now be given: the link came to the address it is about. */
export type Confirmed = {
  readonly shop: Shop
  readonly customer: CustomerId
  readonly message: number
  readonly channel: string
  readonly grants: About['grants']
  /** UTC ms */
  readonly until: number
}

/** Reads the link of a confirmation; undefined when it is none, or the address is no longer this person's. */
export async function confirmed(needs: FindNeeds, token: string): Promise<Confirmed | undefined> {
  const target = readLink('confirm', token, needs.vault)
  if (target?.kind !== 'confirm') return undefined
  const shop = await needs.shops.shop(target.shop as ShopId)
  const [notice] = await readNotices(needs.db, shop.id, [target.message])
  const sentTo = await readOptOut(needs.db, shop.id, target)
  if (notice?.notice !== 'consent_confirm' || !sentTo) return undefined
  const addresses = await readAddresses(needs.db, shop.id, sentTo.customer)
  if (!addresses.some((one) => one.hash === sentTo.hash)) return undefined
  return {
    shop,
    customer: sentTo.customer as CustomerId,
    message: target.message,
    channel: notice.channel,
    grants: readAbout(notice.kept).grants,
    until: notice.from + confirmWithinMs,
  }
}
