import { Recipe } from '../../recommendations/recipe.ts'
import { Flow } from '../campaign.ts'
import { precedenceOf } from '../precedence.ts'
import { personalCodes, untilMorning, waitDays } from './parts.ts'
import { bare, type Language, type Playbook } from './playbook.ts'
import { type Words, written } from './written.ts'

/** Days from an order until its goods are usually there, for shops that do not tell of deliveries. */
export const usualDeliveryDays = 2

/** What is on sale now of what they buy most of, else what others bought next of it; the coupon goes without any product too. */
const onSaleNow = Recipe.parse({
  strategy: 'on_sale',
  filters: { favouriteCategory: true },
  fallback: ['next_after'],
  limit: 3,
  atLeast: 0,
})

/** A special price within the month of the purchase: what is on sale in their category, and a coupon that ends with the month. */
export const repurchaseSpecialPrice: Playbook = {
  id: 'repurchase_special_price',
  family: 'journey',
  name: { ko: '구매 후 한 달 특가 (이그니스형)', en: 'Special price in the month after' },
  about: {
    ko: '주문하고 한 달 안에 한 번, 다시 사면 특별한 가격을 드려요. 자주 사는 분류에서 지금 할인하는 상품과, 한 달이 지나면 끝나는 쿠폰이에요.',
    en: 'Once within a month of an order, a special price for the next: what is on sale in the category they buy most of, and a coupon that ends with the month.',
  },
  enters: {
    ko: '주문한 고객. 상품이 도착하고 7일 뒤(주문하고 9일 뒤)에 보내고, 그 전에 다시 사면 나가요.',
    en: 'Everyone who orders, 7 days after it arrived (9 after the order); an order before that lets them out.',
  },
  coupon: (language, currency) =>
    personalCodes({
      name: language === 'ko' ? '한 달 특가 쿠폰' : 'Special price of the month',
      discount: { kind: 'percent', percent: 15, most: currency === 'KRW' ? 10_000 : 10 },
      // Sent on the tenth day at the latest, it ends on the thirtieth.
      validHours: 20 * 24,
      perPerson: { count: 1, days: 30 },
    }),
  flow: (language, made = bare) =>
    Flow.parse({
      trigger: { kind: 'event', event: 'Order Completed', key: 'person' },
      exits: ['Order Cancelled', 'Order Refunded'],
      steps: [
        waitDays(1, 7 + usualDeliveryDays),
        untilMorning(2),
        written(made, language, {
          id: 3,
          words: words[language],
          url: '{{ link.shop }}',
          coupon: 'own',
          recommend: onSaleNow,
        }),
      ],
      goal: { event: 'Order Completed', windowHours: 21 * 24 },
      holdoutShare: 0.1,
      reentry: { afterDays: 30 },
      precedence: precedenceOf('repurchase_special_price'),
      nature: { purpose: 'advertising' },
    }),
}

const words: { readonly [L in Language]: Words } = {
  ko: {
    subject: '{{ customer.name | nim }}께만 드리는 특가, {{ coupon.benefit }}',
    preheader: '이번 달 안에 다시 주문하실 때 쓸 수 있어요.',
    heading: '이번 달, {{ customer.name | nim }}께만 특별한 가격이에요',
    text: [
      "{{ event.products[0].name | default: '고르신 상품' | trunc_bytes: 40 | josa: '은/는' }} 마음에 드셨나요? 한 달 안에 다시 주문하시면 {{ coupon.benefit }} 가격으로 드려요.",
    ],
    button: '특가로 보기',
    short:
      '{{ customer.name | nim }}, 한 달 안에 다시 주문하시면 {{ coupon.benefit }} 가격으로 드려요.',
  },
  en: {
    subject: 'A special price for you: {{ coupon.benefit }}',
    preheader: 'For another order within the month.',
    heading: 'A special price, this month',
    text: [
      "We hope you like {{ event.products[0].name | default: 'what you chose' | trunc_bytes: 40 }}. Order again within the month: {{ coupon.benefit }}.",
    ],
    button: 'See the shop',
    short: 'Order again within the month: {{ coupon.benefit }}.',
  },
}
