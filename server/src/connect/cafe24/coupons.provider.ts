import { z } from 'zod'
import { isJsonObject } from '../../lib/json.ts'
import { PlatformTrouble } from '../platform/call.driver.ts'
import type { PlatformSession } from '../platform/call.ts'
import type { PlatformCoupons, PlatformNative, PlatformOffer } from '../platform/offers.ts'
import { inside, rowsIn } from './answers.driver.ts'
import { cafe24Text, cafe24Time } from './values.ts'

const couponsAtOnce = 500
const issuesAtOnce = 500
/** Characters of a coupon's name. */
const nameChars = 50

const No = z.union([z.string(), z.number()]).transform(String)
const Coupon = z.object({
  coupon_no: No,
  coupon_name: z.string(),
  issue_type: z.string().nullish(),
  issue_sub_type: z.string().nullish(),
  deleted: z.string().nullish(),
  available_end_datetime: z.string().nullish(),
  is_stopped_issued_coupon: z.string().nullish(),
  pause_begin_datetime: z.string().nullish(),
  pause_end_datetime: z.string().nullish(),
})
export type Cafe24Coupon = z.infer<typeof Coupon>
const Issue = z.object({
  issue_no: No,
  issued_date: z.string(),
  expiration_date: z.string().nullish(),
})

/**
 * Coupons of Cafe24, made for being given to chosen members (`issue_type` M). They need no code: they lie in the member's coupon box.
 * Our mark stands in the coupon's name, for nothing else of it is ours to write.
 */
export const cafe24Coupons: PlatformCoupons = {
  kinds: ['amount', 'percent'],
  create: async (session, offer) => {
    const known = (await cafe24CouponsOf(session)).find(
      ({ coupon_name: name, deleted }) => deleted !== 'T' && name.endsWith(markOf(offer)),
    )
    if (known) return known.coupon_no
    const answer = await session.call({
      method: 'post',
      path: '/admin/coupons',
      body: { shop_no: 1, request: asked(offer, session.now()) },
      once: true,
    })
    const made = inside(answer, 'coupon')
    const no = isJsonObject(made) ? made.coupon_no : undefined
    if (no === undefined || no === null)
      throw new PlatformTrouble('away', 'Whether the coupon was made is not known.', answer.status)
    return String(no)
  },
  issue: async (session, { coupon, member }) => {
    await session.call({
      method: 'post',
      path: `/admin/coupons/${encodeURIComponent(coupon)}/issues`,
      body: {
        shop_no: 1,
        request: {
          issued_member_scope: 'M',
          member_id: member,
          // Who may have several is told by our own rules; Cafe24's would say yes and give none.
          allow_duplication: 'T',
          single_issue_per_once: 'T',
          send_sms_for_issue: 'F',
        },
      },
      once: true,
    })
  },
  issued: async (session, { coupon, member }) => {
    const answer = await session.call({
      method: 'get',
      path: `/admin/coupons/${encodeURIComponent(coupon)}/issues`,
      query: { member_id: member, limit: `${issuesAtOnce}` },
    })
    return rowsIn(answer, 'issues').flatMap((told) => {
      const { data } = Issue.safeParse(told)
      const at = cafe24Time(data?.issued_date)
      if (!data || at === null) return []
      return [{ id: data.issue_no, at, endsAt: cafe24Time(data.expiration_date) }]
    })
  },
}

const markOf = ({ mark }: PlatformOffer): string => ` ${mark}`

function asked(offer: PlatformOffer, now: number) {
  const mark = markOf(offer)
  const won = (amount: number): number => Math.round(amount / 10_000)
  const { discount, products } = offer
  return {
    coupon_name: `${offer.name.slice(0, nameChars - mark.length)}${mark}`,
    issue_type: 'M',
    ...(discount.kind === 'amount'
      ? { benefit_type: 'A', discount_amount: { benefit_price: won(discount.amount) } }
      : {
          benefit_type: 'B',
          discount_rate: {
            benefit_percentage: discount.percent,
            benefit_percentage_round_unit: '1',
            benefit_percentage_max_price: won(discount.most),
          },
        }),
    ...(offer.validDays === null
      ? {
          available_period_type: 'F',
          available_begin_datetime: cafe24Text(now),
          available_end_datetime: cafe24Text(offer.endsAt ?? now),
        }
      : { available_period_type: 'R', available_day_from_issued: offer.validDays }),
    available_site: ['W', 'M'],
    available_scope: products.length === 0 ? 'O' : 'P',
    ...(products.length === 0
      ? { available_product: 'U' }
      : { available_product: 'I', available_product_list: products.map(Number) }),
    ...(offer.minOrder === 0
      ? { available_price_type: 'U' }
      : { available_price_type: 'O', available_min_price: won(offer.minOrder) }),
    available_payment_method: ['all'],
    available_coupon_count_by_order: 1,
  }
}

/** Every coupon of the mall, also those that we made there. */
export async function cafe24CouponsOf(session: PlatformSession): Promise<readonly Cafe24Coupon[]> {
  const found: Cafe24Coupon[] = []
  for (let offset = 0; ; offset += couponsAtOnce) {
    const answer = await session.call({
      method: 'get',
      path: '/admin/coupons',
      query: { limit: `${couponsAtOnce}`, offset: `${offset}` },
    })
    const told = rowsIn(answer, 'coupons')
    found.push(...told.flatMap((one) => Coupon.safeParse(one).data ?? []))
    if (told.length < couponsAtOnce) return found
  }
}

/** What Cafe24 calls the moments at which it gives a coupon by itself. */
const moments: Readonly<Record<string, string>> = {
  J: 'join',
  A: 'birthday',
  F: 'first_purchase',
  N: 'not_bought',
  O: 'order',
  D: 'delivery',
  P: 'review',
}
const messageWays = [
  ['use_sms', 'sms'],
  ['use_kakaoalimtalk', 'alimtalk'],
  ['use_push', 'push'],
] as const

/** Coupons that Cafe24 gives by itself, and by which ways its own messages go. */
export async function cafe24Native(session: PlatformSession): Promise<readonly PlatformNative[]> {
  const now = session.now()
  const coupons = (await cafe24CouponsOf(session)).flatMap((one): readonly PlatformNative[] => {
    const isOwnDoing = one.issue_type === 'A' || one.issue_type === 'R'
    if (!isOwnDoing || one.deleted === 'T') return []
    const when = moments[one.issue_sub_type ?? ''] ?? one.issue_sub_type ?? ''
    return [
      { kind: 'coupon', id: one.coupon_no, name: one.coupon_name, when, isOn: !isPaused(one, now) },
    ]
  })
  const answer = await session.call({ method: 'get', path: '/admin/automessages/setting' })
  const set = inside(answer, 'automessages')
  const messages = messageWays.flatMap(([key, when]): readonly PlatformNative[] =>
    isJsonObject(set) && typeof set[key] === 'string'
      ? [{ kind: 'message', id: when, name: when, when, isOn: set[key] === 'T' }]
      : [],
  )
  return [...coupons, ...messages]
}

function isPaused(coupon: Cafe24Coupon, now: number): boolean {
  if (coupon.is_stopped_issued_coupon === 'T') return true
  const from = cafe24Time(coupon.pause_begin_datetime)
  const to = cafe24Time(coupon.pause_end_datetime)
  return from !== null && from <= now && (to === null || now < to)
}
