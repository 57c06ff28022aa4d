import type { IssuedCoupon } from '../api/coupons.ts'
import { useWords, words } from '../app/language.ts'
import { type Meaning, Tag } from '../design/states.tsx'

/** What has become of a coupon, in a word. */
export const couponStateNames = words({
  reserved: { ko: '발송 대기', en: 'Waiting to leave' },
  issued: { ko: '받음', en: 'Given' },
  redeemed: { ko: '사용함', en: 'Used' },
  expired: { ko: '기한 지남', en: 'Expired' },
  released: { ko: '되돌아옴', en: 'Came back' },
})

const meanings = {
  reserved: 'quiet',
  issued: 'accent',
  redeemed: 'caused',
  expired: 'quiet',
  released: 'quiet',
} as const satisfies Record<IssuedCoupon['state'], Meaning>

export function CouponState({ state }: { readonly state: IssuedCoupon['state'] }) {
  const names = useWords(couponStateNames)
  return <Tag meaning={meanings[state]}>{names[state]}</Tag>
}
