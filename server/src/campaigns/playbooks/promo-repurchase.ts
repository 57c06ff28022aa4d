import { Recipe } from '../../recommendations/recipe.ts'
import { Flow } from '../campaign.ts'
import { precedenceOf } from '../precedence.ts'
import { audienceOf, inSegment, personalCodes, untilMorning, waitDays } from './parts.ts'
import { oneTimeBuyer } from './people.ts'
import { bare, type Language, type Playbook } from './playbook.ts'
import { usualDeliveryDays } from './repurchase-special-price.ts'
import { type Words, written } from './written.ts'

/** What others bought next or together with it; the coupon goes without any product too. */
const goesWith = Recipe.parse({
  strategy: 'next_after',
  filters: { notBought: true },
  fallback: ['bought_together'],
  limit: 3,
  atLeast: 0,
})

/** The second order: two weeks after the first one arrived, with a personal coupon. */
export const promoRepurchase: Playbook = {
  id: 'promo_repurchase',
  family: 'promotion',
  name: { ko: '재구매 유도 (두 번째 구매)', en: 'Repurchase: the second order' },
  about: {
    ko: '첫 주문이 도착하고 2주 뒤, 두 번째 주문에 쓸 쿠폰을, 지난번 상품을 산 고객들이 이어서 산 상품과 함께 드려요. 그다음부터는 ‘재구매 유도 필요’가 이어가요.',
    en: 'A coupon for the second order, two weeks after the first arrived, with what people who bought the same went on to buy. “Repurchase due” goes on from there.',
  },
  enters: {
    ko: '첫 주문을 한 고객. 다시 사면 나가고, 평생 한 번이에요.',
    en: 'Everyone who makes their first order, once; the second lets them out.',
  },
  segments: [oneTimeBuyer],
  coupon: (language, currency) =>
    personalCodes({
      name: language === 'ko' ? '두 번째 구매 쿠폰' : 'Second order coupon',
      discount: { kind: 'percent', percent: 10, most: currency === 'KRW' ? 10_000 : 10 },
      validHours: 14 * 24,
    }),
  flow: (language, made = bare) =>
    Flow.parse({
      trigger: { kind: 'event', event: 'Order Completed', key: 'person' },
      ...audienceOf(made, oneTimeBuyer.key),
      exits: ['Order Cancelled', 'Order Refunded'],
      conditions: inSegment(made, oneTimeBuyer.key),
      steps: [
        waitDays(1, 14 + usualDeliveryDays),
        untilMorning(2),
        written(made, language, {
          id: 3,
          words: words[language],
          url: '{{ link.shop }}',
          coupon: 'own',
          recommend: goesWith,
        }),
      ],
      goal: { event: 'Order Completed', windowHours: 30 * 24 },
      holdoutShare: 0.1,
      reentry: { afterDays: null },
      precedence: precedenceOf('promo_repurchase'),
      nature: { purpose: 'advertising' },
    }),
}

const bought = "{{ event.products[0].name | default: '지난번 상품' | trunc_bytes: 40 }}"
const last = "{{ event.products[0].name | default: 'your first order' | trunc_bytes: 40 }}"

const words: { readonly [L in Language]: Words } = {
  ko: {
    subject: '{{ customer.name | nim }}, 두 번째 주문에 쓸 {{ coupon.benefit }} 쿠폰이에요',
    preheader: '지난번 상품과 함께 쓸 상품도 찾아보세요.',
    heading: '두 번째 주문, {{ coupon.benefit }}',
    text: [
      `지난번에 고르신 ${bought}, 잘 쓰고 계신가요? 함께 쓸 상품이 필요하시면 이 쿠폰을 써 주세요.`,
    ],
    button: '쿠폰 쓰러 가기',
    short: `{{ customer.name | nim }}, 지난번 ${bought} 잘 쓰고 계신가요? 두 번째 주문에 쓸 {{ coupon.benefit }} 쿠폰이에요.`,
  },
  en: {
    subject: '{{ coupon.benefit }} on your second order',
    preheader: 'Find what goes with your first.',
    heading: '{{ coupon.benefit }} on your second order',
    text: [`How are you getting on with ${last}? Here is a coupon for what goes with it.`],
    button: 'Use the coupon',
    short: '{{ coupon.benefit }} on your second order.',
  },
}
