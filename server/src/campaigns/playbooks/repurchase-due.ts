import { Flow } from '../campaign.ts'
import { precedenceOf } from '../precedence.ts'
import type { WaitByGoods } from '../steps/wait.ts'
import { personalCodes, untilMorning, waitDays } from './parts.ts'
import { bare, type Language, type Playbook } from './playbook.ts'
import { type Words, written } from './written.ts'

/**
 * The next order is due: counted from each person's own last order, so that the text can name what they bought. The coupon is
 * for those who are overdue.
 */
export const repurchaseDue: Playbook = {
  id: 'repurchase_due',
  family: 'journey',
  name: { ko: '재구매 유도 필요', en: 'Repurchase due' },
  about: {
    ko: '마지막 주문에서 다시 살 때가 된 고객에게 다 쓰셨는지 묻고, 더 늦어지면 쿠폰을 드려요. 상품마다 다시 사는 간격만큼 기다리고, 아직 모르는 상품은 카테고리나 상점의 간격을 써요. 켠 뒤의 주문부터 세요.',
    en: 'Asks whether it ran out when the next order is due, and adds a coupon when it is overdue. It waits as long as that product is usually taken to be bought again; its category or the shop stands in for products not known yet. Counts from orders made after it is switched on.',
  },
  enters: {
    ko: '주문한 고객. 그동안 다시 주문하면 그 주문부터 다시 세고, 취소하거나 환불하면 나가요.',
    en: 'Everyone who orders; another order begins anew, a cancellation or refund lets them out.',
  },
  coupon: (language, currency) =>
    personalCodes({
      name: language === 'ko' ? '재구매 쿠폰' : 'Repurchase coupon',
      discount: { kind: 'percent', percent: 10, most: currency === 'KRW' ? 10_000 : 10 },
      validHours: 14 * 24,
      perPerson: { count: 1, days: 60 },
    }),
  waitsByGoods: true,
  flow: (language, made = bare) =>
    Flow.parse({
      trigger: { kind: 'event', event: 'Order Completed', key: 'person' },
      exits: ['Order Cancelled', 'Order Refunded'],
      steps: [
        { ...waitDays(1, made.repurchaseDays), byGoods: daily(made.repurchaseOf, 1) },
        untilMorning(2),
        written(made, language, { id: 3, words: due[language], url: '{{ link.shop }}' }),
        {
          ...waitDays(4, halfOf(made.repurchaseDays)),
          byGoods: daily(overdueOf(made.repurchaseOf), 0.5),
        },
        untilMorning(5),
        written(made, language, {
          id: 6,
          words: overdue[language],
          url: '{{ link.shop }}',
          coupon: 'own',
        }),
      ],
      goal: { event: 'Order Completed', windowHours: 14 * 24 },
      holdoutShare: 0.1,
      reentry: { afterDays: 0 },
      precedence: precedenceOf('repurchase_due'),
      nature: { purpose: 'advertising' },
    }),
}

/** From half as long again on the next order is overdue. */
const halfOf = (days: number): number => Math.max(2, Math.ceil(days / 2))

/** Counted anew every day, from the day on that the campaign is live. */
function daily(goods: WaitByGoods | undefined, times: number): WaitByGoods {
  return { ...(goods ?? { products: [], categories: [] }), daily: { isOn: true, times } }
}

function overdueOf(goods: WaitByGoods | undefined): WaitByGoods | undefined {
  return (
    goods && {
      products: goods.products.map((one) => ({ ...one, days: halfOf(one.days) })),
      categories: goods.categories.map((one) => ({ ...one, days: halfOf(one.days) })),
    }
  )
}

const bought = "{{ event.products[0].name | default: '지난번 상품' | trunc_bytes: 40 }}"
const last = "{{ event.products[0].name | default: 'what you bought' | trunc_bytes: 40 }}"
const boughtTopic =
  "{{ event.products[0].name | default: '지난번 상품' | trunc_bytes: 40 | josa: '은/는' }}"

const due: { readonly [L in Language]: Words } = {
  ko: {
    subject: `{{ customer.name | nim }}, ${boughtTopic} 다 쓰셨나요?`,
    preheader: '다시 필요하실 때가 된 것 같아요.',
    heading: `${boughtTopic} 다 쓰셨나요?`,
    text: [
      '지난번 주문하신 지 꽤 지났어요. 다시 필요하시다면 바로 주문할 수 있어요. 아직 넉넉하시다면 그대로 두셔도 괜찮아요.',
    ],
    button: '다시 주문하기',
    short: `{{ customer.name | nim }}, ${boughtTopic} 다 쓰셨나요? 필요하실 때 바로 주문할 수 있어요.`,
  },
  en: {
    subject: `Has ${last} run out?`,
    preheader: 'It may be time for the next one.',
    heading: `Has ${last} run out?`,
    text: ['It has been a while since your order. If you need it again, it is one click away.'],
    button: 'Order again',
    short: `Has ${last} run out? Order again when you need it.`,
  },
}

const overdue: { readonly [L in Language]: Words } = {
  ko: {
    subject: '{{ customer.name | nim }}, 다시 오실 때 쓸 {{ coupon.benefit }} 쿠폰이에요',
    preheader: '지난번처럼 편하게 주문하세요.',
    heading: '{{ coupon.benefit }} 쿠폰을 드려요',
    text: [
      `지난번에 고르신 ${bought}, 다시 필요하시거나 다른 상품이 궁금하시면 이 쿠폰과 함께 둘러보세요.`,
    ],
    button: '쿠폰 쓰러 가기',
    short: '{{ customer.name | nim }}, 다시 오실 때 쓸 {{ coupon.benefit }} 쿠폰이에요.',
  },
  en: {
    subject: '{{ coupon.benefit }} for your next order',
    preheader: 'For the next time you need us.',
    heading: '{{ coupon.benefit }} for your next order',
    text: [`You chose ${last} last time. Have it again, or something new, with this coupon.`],
    button: 'Use the coupon',
    short: '{{ coupon.benefit }} for your next order.',
  },
}
