import {
  atLeastNumber,
  days,
  did,
  didNot,
  every,
  factNumber,
  factTime,
  factYes,
  hasProperty,
  some,
} from './conditions.ts'
import { bestSaid, bestSpent, repurchaseDays, repurchaseSaid } from './figures.ts'
import type { ReadySegment } from './ready.ts'

const year = days(365)

/** The twelve groups that every shop talks about. */
export const usualSegments = [
  {
    id: 'new_member',
    group: 'usual',
    name: { ko: '신규 회원', en: 'New members' },
    purpose: {
      ko: '최근 30일 안에 가입했어요. 첫인상을 만들고 첫 구매를 돕기 좋은 때예요.',
      en: 'Joined in the last 30 days: the time for a first impression and a first order.',
    },
    definition: () =>
      every(
        { kind: 'member', is: 'member' },
        factTime('member.joined_at', 'within-last', days(30)),
      ),
  },
  {
    id: 'active',
    group: 'usual',
    name: { ko: '활성 고객', en: 'Active customers' },
    purpose: {
      ko: '최근 30일 안에 둘러보거나 산 회원이에요. 새 소식을 전하기 좋아요.',
      en: 'Members who came or bought in the last 30 days. Tell them what is new.',
    },
    definition: () =>
      every(
        { kind: 'member', is: 'member' },
        some(
          did('Page Viewed', 1, { last: days(30) }),
          did('Product Viewed', 1, { last: days(30) }),
          did('Order Completed', 1, { last: days(30) }),
        ),
      ),
  },
  {
    id: 'at_risk',
    group: 'usual',
    name: { ko: '이탈 위험', en: 'Slipping away' },
    purpose: {
      ko: '다시 살 때가 한참 지났지만 아직 늦지 않은 고객이에요.',
      en: 'Their next order is well overdue, and it is not too late yet.',
    },
    figure: repurchaseSaid,
    definition: (figures) => {
      const { value } = repurchaseDays(figures)
      return every(
        factNumber('orders.count', '>=', 1),
        factTime('orders.last_at', 'at-least-ago', days(Math.ceil(value * 1.5))),
        factTime('orders.last_at', 'within-last', days(value * 3)),
      )
    },
  },
  {
    id: 'lapsed',
    group: 'usual',
    name: { ko: '휴면 고객', en: 'Lapsed customers' },
    purpose: {
      ko: '산 지 너무 오래된 고객이에요. 다시 부를 때는 그만한 이유를 함께 주세요.',
      en: 'Their last order is long ago. Calling them back takes a good reason.',
    },
    figure: repurchaseSaid,
    definition: (figures) =>
      every(
        factNumber('orders.count', '>=', 1),
        factTime('orders.last_at', 'at-least-ago', days(repurchaseDays(figures).value * 3)),
      ),
  },
  {
    id: 'vip',
    group: 'usual',
    name: { ko: 'VIP', en: 'VIP' },
    purpose: {
      ko: '가장 많이 사 준 고객이에요. 새 상품을 먼저 알려주기 좋아요.',
      en: 'Those who spent most. Let them know first.',
    },
    figure: bestSaid,
    definition: (figures) =>
      every(
        factNumber('orders.revenue', '>=', bestSpent(figures).value),
        factTime('orders.last_at', 'within-last', year),
      ),
  },
  {
    id: 'regular',
    group: 'usual',
    name: { ko: '단골', en: 'Regulars' },
    purpose: {
      ko: '세 번 이상 사고 올해도 산 고객이에요. 무엇을 좋아하는지 가장 잘 아는 사람들이에요.',
      en: 'Three orders or more, one of them within the year.',
    },
    definition: () =>
      every(factNumber('orders.count', '>=', 3), factTime('orders.last_at', 'within-last', year)),
  },
  {
    id: 'one_time_buyer',
    group: 'usual',
    name: { ko: '1회 구매 고객', en: 'One-time buyers' },
    purpose: {
      ko: '한 번만 산 고객이에요. 두 번째 주문이 단골이 되는 문턱이에요.',
      en: 'Bought once. The second order is the doorstep to becoming a regular.',
    },
    definition: () => every(factNumber('orders.count', '=', 1)),
  },
  {
    id: 'coupon_lover',
    group: 'usual',
    name: { ko: '쿠폰 애호 고객', en: 'Coupon lovers' },
    purpose: {
      ko: '1년 동안 쿠폰으로 두 번 이상 산 고객이에요. 쿠폰 소식을 먼저 알려주기 좋아요.',
      en: 'Ordered with a coupon twice or more within the year. Tell them of the next one first.',
    },
    needs: {
      ko: '주문에 쓴 쿠폰(coupon)이 함께 들어오면 채워져요.',
      en: 'Fills once orders arrive with the coupon that was used.',
    },
    definition: () =>
      every(did('Order Completed', 2, { last: year, where: hasProperty('coupon') })),
  },
  {
    id: 'window_shopper',
    group: 'usual',
    name: { ko: '구경만 하는 고객', en: 'Window shoppers' },
    purpose: {
      ko: '한 달 동안 상품을 다섯 번 넘게 보고도 담거나 사지 않았어요. 무엇이 망설이게 하는지 묻기 좋아요.',
      en: 'Five looks or more in a month, nothing carted, nothing bought. Ask what holds them back.',
    },
    definition: () =>
      every(
        did('Product Viewed', 5, { last: days(30) }),
        didNot('Product Added', days(30)),
        didNot('Order Completed', days(30)),
      ),
  },
  {
    id: 'cart_holder',
    group: 'usual',
    name: { ko: '장바구니 보유 고객', en: 'Cart holders' },
    purpose: {
      ko: '지금 장바구니에 무언가 담겨 있어요. 가격이 내려갔을 때 알려주기 좋아요.',
      en: 'Something is in their cart now. Tell them when it gets cheaper.',
    },
    definition: () => every(factNumber('cart.items', '>=', 1)),
  },
  {
    id: 'sms_reachable',
    group: 'usual',
    name: { ko: 'SMS 수신 가능 고객', en: 'Reachable by SMS' },
    purpose: {
      ko: '전화번호가 있고 문자 광고에 동의했고 거부하지 않은 고객이에요.',
      en: 'A phone number, consent to advertising by text message, and no refusal since.',
    },
    needs: {
      ko: '전화번호와 문자 수신동의가 들어오면 채워져요.',
      en: 'Fills once phone numbers and consents to text messages arrive.',
    },
    definition: () => every(factYes('reach.sms')),
  },
  {
    id: 'advocate',
    group: 'usual',
    name: { ko: '옹호 고객', en: 'Advocates' },
    purpose: {
      ko: '두 번 이상 사고 좋은 후기를 남기거나 친구에게 알린 고객이에요. 새 상품을 먼저 써 보게 하기 좋아요.',
      en: 'Bought twice or more and praised or shared a product. Let them try new things first.',
    },
    needs: {
      ko: '후기(Product Reviewed)나 공유(Product Shared)가 들어오면 채워져요.',
      en: 'Fills once reviews (Product Reviewed) or shares (Product Shared) arrive.',
    },
    definition: () =>
      every(
        factNumber('orders.count', '>=', 2),
        some(
          did('Product Reviewed', 1, {
            last: year,
            where: atLeastNumber('rating', 4),
          }),
          did('Product Shared', 1, { last: year }),
        ),
      ),
  },
] as const satisfies readonly ReadySegment[]
