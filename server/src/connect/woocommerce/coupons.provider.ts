import { z } from 'zod'
import { PlatformTrouble } from '../platform/call.driver.ts'
import type { PlatformCoupons } from '../platform/offers.ts'
import { amountIn, endOf, markOf, personalCode } from '../platform/personal-code.driver.ts'
import { listIn, objectIn, pageRows } from './pages.provider.ts'
import { WooCustomer } from './rows.ts'
import { wooMoney, wooText, wooTime } from './values.ts'

const Coupon = z.object({
  id: z.number(),
  code: z.string(),
  description: z.string().nullish(),
  date_created_gmt: z.string().nullish(),
  date_expires_gmt: z.string().nullish(),
})

/**
 * Coupons of WooCommerce: each member is given a code of their own, bound to their e-mail address, for one order. What it was given for
 * stands in its description, by which it is found again.
 */
export const wooCoupons: PlatformCoupons = {
  kinds: ['amount'],
  create: async (_, offer) => {
    amountIn(offer)
    return offer.mark
  },
  issue: async (session, { coupon, member, offer }) => {
    const answer = await session.call({ method: 'get', path: `/customers/${member}` })
    const email = objectIn(answer, WooCustomer)?.email?.trim()
    if (!email) throw new PlatformTrouble('refused', 'The member has no e-mail address.')
    const endsAt = endOf(offer, session.now())
    await session.call({
      method: 'post',
      path: '/coupons',
      body: {
        code: personalCode(),
        description: markOf({ coupon, member }),
        discount_type: offer.products.length === 0 ? 'fixed_cart' : 'fixed_product',
        amount: wooMoney(amountIn(offer)),
        email_restrictions: [email],
        ...{ usage_limit: 1, usage_limit_per_user: 1 },
        // Of goods that it is for it takes the amount off once, not off each piece.
        ...(offer.products.length === 0
          ? {}
          : { product_ids: offer.products.map(Number), limit_usage_to_x_items: 1 }),
        ...(offer.minOrder === 0 ? {} : { minimum_amount: wooMoney(offer.minOrder) }),
        ...(endsAt === null ? {} : { date_expires_gmt: wooText(endsAt) }),
      },
      once: true,
    })
  },
  issued: async (session, of) => {
    const search = markOf(of)
    const query = { search, per_page: `${pageRows}` }
    const answer = await session.call({ method: 'get', path: '/coupons', query })
    return listIn(answer).flatMap((told) => {
      const read = Coupon.parse(told)
      const at = wooTime(read.date_created_gmt)
      if (read.description !== search || at === null) return []
      const { id, code, date_expires_gmt: ends } = read
      return [{ id: String(id), at, endsAt: wooTime(ends), code: code.toUpperCase() }]
    })
  },
}
