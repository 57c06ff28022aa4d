import type { Flows } from '../campaigns/flows.service.ts'
import type { Coupons } from '../coupons/coupons.service.ts'
import { couponScope } from '../coupons/drawn.ts'
import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import { Refusal } from '../lib/refusal.ts'
import type { LinkSigner } from '../messages/link.ts'
import type { Shops } from '../shops/shops.service.ts'
import type { CouponAnswer } from './answer.ts'
import { customerOfDevice } from './device.store.ts'
import { shownStep } from './shown-step.service.ts'
import type { CouponPress } from './wire.ts'

/**
 * Gives the coupon of a message to who pressed for it: taken and issued in one transaction, once a person and showing; pressed
 * twice it is the same piece. Somebody who had as many as the pool gives one person is told so.
 */
export function couponPresses(needs: {
  readonly db: Database
  readonly clock: Clock
  readonly shops: Pick<Shops, 'shop'>
  readonly flows: Flows
  readonly coupons: Pick<Coupons, 'issueAll' | 'pools'>
  readonly signer: LinkSigner
}) {
  return async (shopId: ShopId, press: CouponPress): Promise<CouponAnswer> => {
    const { told, step, content } = await shownStep(needs, shopId, press)
    const shop = await needs.shops.shop(shopId)
    if (step.coupon === undefined)
      throw new Refusal('invalid', 'No coupon goes with this message.', 'token')
    const pool = step.coupon
    const now = needs.clock.now()
    const customer = await customerOfDevice(needs.db, shopId, press.anonymousId)
    // The line has not met the visitor yet: a moment later it has.
    if (customer === undefined) throw new Refusal('busy', 'One moment.')
    const causeKey = `onsite:${told.campaign}:${told.occasion}:${customer}`
    const [given] = await needs.db.begin((tx) =>
      needs.coupons.issueAll(tx, shopId, {
        asks: [{ pool, customer, causeKey, campaign: told.campaign }],
        now,
      }),
    )
    const ko = content?.language !== 'en'
    if (given?.kind !== 'issued')
      return {
        kind: 'refused',
        message: refusedWords[given?.reason ?? 'coupon_gone'][ko ? 'ko' : 'en'],
      }
    const [definition] = await needs.coupons.pools(needs.db, shopId, [pool])
    const scope = definition && couponScope(definition, given, shop)
    const part = content?.parts.find(({ kind }) => kind === 'coupon')
    return {
      kind: 'issued',
      code: given.code ?? '',
      words: [scope?.name, scope?.conditions]
        .filter((one) => typeof one === 'string' && one !== '')
        .join(' · '),
      expiresAt: typeof scope?.expires_at === 'number' ? scope.expires_at : null,
      url:
        part?.kind === 'coupon' && part.url !== undefined && /^https?:/.test(part.url)
          ? part.url
          : null,
    }
  }
}
export type CouponPresses = ReturnType<typeof couponPresses>

const refusedWords = {
  coupon_had: { ko: '이미 받은 쿠폰이에요.', en: 'You have this coupon already.' },
  coupon_not_first: {
    ko: '첫 주문에만 쓸 수 있는 쿠폰이에요.',
    en: 'This coupon is for a first order.',
  },
  coupon_gone: { ko: '준비한 쿠폰이 모두 나갔어요.', en: 'All coupons are gone.' },
} as const
