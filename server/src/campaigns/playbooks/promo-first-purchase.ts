import { Recipe } from '../../recommendations/recipe.ts'
import { Flow } from '../campaign.ts'
import { precedenceOf } from '../precedence.ts'
import { amountIn, inSegment, personalCodes, untilMorning, waitDays } from './parts.ts'
import { memberWithoutOrder } from './people.ts'
import { bare, type Language, type Made, type Playbook } from './playbook.ts'
import { type Words, written } from './written.ts'

/** Whose first buyers come back most, else what sells; the coupon goes without any product too. */
const firstProducts = Recipe.parse({
  strategy: 'best_first_products',
  fallback: ['popular'],
  limit: 3,
  atLeast: 0,
})

/** Joined and did not buy: one coupon of two weeks, told of after three days, after a week, and on its last day but one. */
export const promoFirstPurchase: Playbook = {
  id: 'promo_first_purchase',
  family: 'promotion',
  name: { ko: '첫 구매 유도 쿠폰', en: 'First order coupon' },
  about: {
    ko: '가입하고 3일이 지나도 사지 않은 회원에게 14일 쓸 수 있는 쿠폰을 첫 구매로 좋은 상품과 함께 드리고, 7일째와 끝나기 하루 전에 다시 알려요.',
    en: 'A coupon of 14 days, with good first products, for members who did not buy within 3 days; told of again after a week and a day before it ends.',
  },
  enters: {
    ko: '가입한 고객. 첫 주문을 하면 나가고, 평생 한 번만 들어와요.',
    en: 'Everyone who joins, once; the first order lets them out.',
  },
  segments: [memberWithoutOrder],
  coupon: (language, currency) =>
    personalCodes({
      name: language === 'ko' ? '첫 구매 쿠폰' : 'First order coupon',
      discount: { kind: 'amount', amount: amountIn(currency, 5_000) },
      minOrder: amountIn(currency, 20_000),
      validHours: 14 * 24,
      firstOrderOnly: true,
    }),
  flow: (language, made = bare) =>
    Flow.parse({
      trigger: { kind: 'event', event: 'Signed Up', key: 'person' },
      exits: ['Order Completed'],
      conditions: ['no_order_since_entry', ...inSegment(made, memberWithoutOrder.key)],
      steps: [
        waitDays(1, 3),
        untilMorning(2),
        ...(typeof made.pool === 'number' ? [{ kind: 'coupon', id: 3, pool: made.pool }] : []),
        said(made, language, 4),
        waitDays(5, 4),
        untilMorning(6),
        said(made, language, 7),
        // Three, four and nine days: the coupon of day 3 ends on day 17.
        waitDays(8, 9),
        untilMorning(9),
        said(made, language, 10),
      ],
      goal: { event: 'Order Completed', windowHours: 14 * 24 },
      holdoutShare: 0.1,
      reentry: { afterDays: null },
      precedence: precedenceOf('promo_first_purchase'),
      nature: { purpose: 'advertising' },
    }),
}

function said(made: Made, language: Language, id: 4 | 7 | 10) {
  return written(made, language, {
    id,
    words: words[language][id],
    url: '{{ link.shop }}',
    coupon: 'given',
    recommend: firstProducts,
  })
}

type Three = { readonly [Id in 4 | 7 | 10]: Words }

const words: { readonly [L in Language]: Three } = {
  ko: {
    4: {
      subject: '{{ customer.name | nim }}, 첫 구매에 쓸 {{ coupon.benefit }} 쿠폰이에요',
      preheader: '2주 동안 쓸 수 있어요.',
      heading: '첫 구매 {{ coupon.benefit }} 쿠폰을 드려요',
      text: ['가입해 주셔서 고마워요. 천천히 둘러보시고 첫 구매에 써 주세요.'],
      button: '쿠폰 쓰러 가기',
      short: '{{ customer.name | nim }}, 첫 구매에 쓸 {{ coupon.benefit }} 쿠폰이에요.',
    },
    7: {
      subject: '첫 구매 {{ coupon.benefit }} 쿠폰, 아직 남아 있어요',
      preheader: '{{ coupon.expires_at | days_left }}일 더 쓸 수 있어요.',
      heading: '쿠폰이 아직 남아 있어요',
      text: ['처음이라 무엇을 고를지 고민되신다면, 많이 찾는 상품부터 둘러보세요.'],
      button: '쿠폰 쓰러 가기',
      short:
        '{{ customer.name | nim }}, 첫 구매 {{ coupon.benefit }} 쿠폰을 {{ coupon.expires_at | days_left }}일 더 쓸 수 있어요.',
    },
    10: {
      subject:
        '{{ customer.name | nim }}, 첫 구매 쿠폰이 {{ coupon.expires_at | days_left }}일 뒤 사라져요',
      preheader: '마지막으로 알려드려요.',
      heading: '{{ coupon.benefit }} 쿠폰이 {{ coupon.expires_at | days_left }}일 뒤 사라져요',
      text: ['필요한 상품이 있으셨다면 지금이 좋은 때예요. 이 쿠폰은 더 알려드리지 않을게요.'],
      button: '쿠폰 쓰러 가기',
      short:
        '{{ customer.name | nim }}, 첫 구매 {{ coupon.benefit }} 쿠폰이 {{ coupon.expires_at | days_left }}일 뒤 사라져요.',
    },
  },
  en: {
    4: {
      subject: '{{ coupon.benefit }} on your first order',
      preheader: 'For two weeks.',
      heading: '{{ coupon.benefit }} on your first order',
      text: ['Thank you for joining. Take your time, and use it on your first order.'],
      button: 'Use the coupon',
      short: '{{ coupon.benefit }} on your first order.',
    },
    7: {
      subject: 'You still have {{ coupon.benefit }} for your first order',
      preheader: 'Days left: {{ coupon.expires_at | days_left }}.',
      heading: 'Your coupon is still here',
      text: ['Not sure where to begin? Start with what many people look for.'],
      button: 'Use the coupon',
      short: 'You still have {{ coupon.benefit }} for your first order.',
    },
    10: {
      subject: 'Your first order coupon ends in {{ coupon.expires_at | days_left }} day(s)',
      preheader: 'The last time we mention it.',
      heading: '{{ coupon.benefit }} ends in {{ coupon.expires_at | days_left }} day(s)',
      text: [
        'If there was something you needed, now is a good time. We will not mention it again.',
      ],
      button: 'Use the coupon',
      short:
        '{{ coupon.benefit }} on your first order ends in {{ coupon.expires_at | days_left }} day(s).',
    },
  },
}
