import { Flow } from '../campaign.ts'
import { precedenceOf } from '../precedence.ts'
import { amountIn, audienceOf, inSegment, personalCodes, waitMinutes } from './parts.ts'
import { memberWithoutOrder } from './people.ts'
import { bare, type Language, type Playbook } from './playbook.ts'
import { type Words, written } from './written.ts'

/**
 * Joined, carted, never bought: a coupon of which there are only so many. When they are gone nobody is told of one, and the
 * decision says so. How many remain is not written into the text: it would be true for a moment only.
 */
export const firstCartLimitedCoupon: Playbook = {
  id: 'first_cart_limited_coupon',
  family: 'journey',
  name: { ko: '첫 장바구니 한정 쿠폰 (무신사형)', en: 'First cart, limited coupon' },
  about: {
    ko: '가입하고 담기까지 했지만 한 번도 사지 않은 회원에게 한정 수량 쿠폰을 드려요. 쿠폰이 떨어지면 보내지 않아요.',
    en: 'A coupon of limited number for members with a filled cart who never bought. When it is gone nobody is told of it.',
  },
  enters: {
    ko: '가입하고 아직 사지 않은 회원이 상품을 담았을 때. 마지막으로 담은 지 한 시간 뒤에 보내요.',
    en: 'Members without an order who put a product in the cart; an hour after the last change.',
  },
  segments: [memberWithoutOrder],
  coupon: (language, currency) =>
    personalCodes({
      name: language === 'ko' ? '첫 구매 한정 쿠폰' : 'First order, limited',
      discount: { kind: 'amount', amount: amountIn(currency, 5_000) },
      minOrder: amountIn(currency, 20_000),
      validHours: 48,
      total: 100,
      firstOrderOnly: true,
    }),
  flow: (language, made = bare) =>
    Flow.parse({
      trigger: { kind: 'event', event: 'Product Added', key: 'person' },
      ...audienceOf(made, memberWithoutOrder.key),
      restartOn: ['Product Added', 'Product Removed', 'Checkout Started'],
      exits: ['Order Completed'],
      conditions: [
        'no_order_since_entry',
        'cart_not_empty',
        'cart_sellable',
        ...inSegment(made, memberWithoutOrder.key),
      ],
      steps: [
        waitMinutes(1, 60),
        written(made, language, {
          id: 2,
          words: words[language],
          url: '{{ cart.url }}',
          showsCart: true,
          coupon: 'own',
        }),
      ],
      goal: { event: 'Order Completed', windowHours: 72 },
      holdoutShare: 0.1,
      reentry: { afterDays: 7 },
      precedence: precedenceOf('first_cart_limited_coupon'),
      nature: { purpose: 'advertising' },
    }),
}

const words: { readonly [L in Language]: Words } = {
  ko: {
    subject: '{{ customer.name | nim }}, 첫 구매에 쓸 {{ coupon.benefit }} 한정 쿠폰이에요',
    preheader: '정해진 수량만 드리는 쿠폰이에요.',
    heading: '첫 구매 {{ coupon.benefit }} 쿠폰을 드려요',
    text: [
      '담아두신 상품에 바로 쓸 수 있어요. 정해진 수량만 준비했고, 이 쿠폰은 {{ customer.name | nim }} 앞으로 남겨 두었어요.',
    ],
    button: '쿠폰 쓰러 가기',
    short:
      '{{ customer.name | nim }}, 첫 구매에 쓸 {{ coupon.benefit }} 한정 쿠폰이에요. 담아두신 상품에 바로 쓸 수 있어요.',
  },
  en: {
    subject: 'A limited coupon for your first order: {{ coupon.benefit }}',
    preheader: 'There is a limited number of them; this one is yours.',
    heading: '{{ coupon.benefit }} on your first order',
    text: [
      'It works on what is in your cart. There is a limited number, and this one is kept for you.',
    ],
    button: 'Use the coupon',
    short:
      'A limited coupon for your first order: {{ coupon.benefit }}. It works on what is in your cart.',
  },
}
