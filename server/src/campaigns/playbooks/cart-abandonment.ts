import { Flow } from '../campaign.ts'
import { precedenceOf } from '../precedence.ts'
import { amountIn, nextDayMinutes, personalCodes, waitMinutes } from './parts.ts'
import { bare, type Language, type Made, type Playbook } from './playbook.ts'
import { type Words, written } from './written.ts'

/**
 * Carted, no purchase: a reminder an hour after the last change of the cart, a coupon a day later, and then silence. Where the
 * shop works without coupons the reminder is all.
 */
export const cartAbandonment: Playbook = {
  id: 'cart_abandonment',
  family: 'journey',
  name: { ko: '장바구니 담은 후 미구매', en: 'Carted, no purchase' },
  about: {
    ko: '장바구니에 담고 떠난 고객에게 한 시간 뒤 담아둔 상품을 다시 보여주고, 하루 뒤에도 사지 않았으면 90일에 한 번만 쿠폰을 드려요.',
    en: 'Shows shoppers what they left in the cart after an hour; a day later, and once in 90 days at most, it adds a coupon.',
  },
  enters: {
    ko: '상품을 장바구니에 담은 고객. 장바구니가 바뀌면 기다림을 다시 시작해요.',
    en: 'Everyone who puts a product in the cart. Each change of the cart begins the wait anew.',
  },
  coupon: (language, currency) =>
    personalCodes({
      name: language === 'ko' ? '장바구니 쿠폰' : 'Cart coupon',
      discount: { kind: 'amount', amount: amountIn(currency, 3_000) },
      minOrder: amountIn(currency, 20_000),
      validHours: 48,
      // Often enough to help, too seldom to teach people to leave carts behind.
      perPerson: { count: 1, days: 90 },
    }),
  flow: (language, made = bare) =>
    Flow.parse({
      trigger: { kind: 'event', event: 'Product Added', key: 'person' },
      restartOn: ['Product Added', 'Product Removed', 'Checkout Started'],
      exits: ['Order Completed'],
      conditions: ['no_order_since_entry', 'cart_not_empty', 'cart_sellable'],
      steps: [
        waitMinutes(1, 60),
        written(made, language, {
          id: 2,
          words: reminder[language],
          url: '{{ cart.url }}',
          showsCart: true,
        }),
        ...(made.pool === 'none' ? [] : withCoupon(language, made)),
      ],
      goal: { event: 'Order Completed', windowHours: 72 },
      holdoutShare: 0.1,
      reentry: { afterDays: 7 },
      precedence: precedenceOf('cart_abandonment'),
      nature: { purpose: 'advertising' },
    }),
}

function withCoupon(language: Language, made: Made) {
  return [
    waitMinutes(3, nextDayMinutes),
    written(made, language, {
      id: 4,
      words: offer[language],
      url: '{{ cart.url }}',
      showsCart: true,
      coupon: 'own',
    }),
  ]
}

const many = '{% if cart.items.size > 1 %}'
const rest = `${many} 외 {{ cart.items.size | minus: 1 }}개{% endif %}`
const more = `${many} and {{ cart.items.size | minus: 1 }} more{% endif %}`

const reminder: { readonly [L in Language]: Words } = {
  ko: {
    subject: `{{ customer.name | nim }}, 담아두신 {{ cart.items[0].name | default: '상품' | trunc_bytes: 40 }}${rest}`,
    preheader: '장바구니에 그대로 담겨 있어요.',
    heading: '{{ customer.name | nim }}, 담아두신 상품이 기다리고 있어요',
    text: [
      `{{ cart.items[0].name | default: '상품' | trunc_bytes: 60 | josa: '이/가' }} 장바구니에 그대로 있어요. 이어서 주문하시겠어요?`,
    ],
    button: '장바구니로 가기',
    short: `{{ customer.name | nim }}, 담아두신 {{ cart.items[0].name | default: '상품' | trunc_bytes: 30 }}${rest}, 장바구니에서 기다리고 있어요.`,
  },
  en: {
    subject: `You left {{ cart.items[0].name | default: 'something' | trunc_bytes: 60 }}${more} in your cart`,
    preheader: 'Everything is still in your cart.',
    heading: 'Your cart is still here',
    text: ['What you picked is waiting for you. Shall we pick up where you left off?'],
    button: 'To the cart',
    short: `You left {{ cart.items[0].name | default: 'something' | trunc_bytes: 30 }}${more} in your cart.`,
  },
}

const offer: { readonly [L in Language]: Words } = {
  ko: {
    subject: `{{ customer.name | nim }}, 담아두신 상품에 쓸 {{ coupon.benefit }} 쿠폰이에요`,
    preheader: '담아두신 그대로 주문하면 바로 쓸 수 있어요.',
    heading: '{{ coupon.benefit }} 쿠폰을 넣어드렸어요',
    text: [
      `담아두신 {{ cart.items[0].name | default: '상품' | trunc_bytes: 60 }}${rest}, 아직 고민 중이시라면 이 쿠폰과 함께 만나 보세요.`,
    ],
    button: '장바구니로 가기',
    short: `{{ customer.name | nim }}, 담아두신 {{ cart.items[0].name | default: '상품' | trunc_bytes: 40 }}${rest}\n{{ coupon.benefit }} 쿠폰을 넣어드렸어요.`,
  },
  en: {
    subject: `{{ coupon.benefit }} on what is in your cart`,
    preheader: 'It works on everything you picked.',
    heading: '{{ coupon.benefit }}, for what you picked',
    text: [
      `Still thinking about {{ cart.items[0].name | default: 'something' | trunc_bytes: 60 }}${more}? Here is a coupon.`,
    ],
    button: 'To the cart',
    short: `{{ coupon.benefit }} on {{ cart.items[0].name | default: 'something' | trunc_bytes: 30 }}${more} in your cart.`,
  },
}
