import { Flow } from '../campaign.ts'
import { precedenceOf } from '../precedence.ts'
import { audienceOf, untilMorning, waitDays } from './parts.ts'
import { oneTimeBuyer } from './people.ts'
import { bare, type Language, type Playbook } from './playbook.ts'
import { type Words, written } from './written.ts'

/** Thanks for the first order and how to reach the shop about it: informational, so it may not hold any offer. */
export const firstOrderCare: Playbook = {
  id: 'first_order_care',
  family: 'care',
  name: { ko: '첫 주문 감사와 안내', en: 'Care for the first order' },
  about: {
    ko: '첫 주문 다음 날 고맙다는 말과 문의하는 길을 알려요. 주문을 안내하는 정보성 메시지라서 상품을 권하는 말을 넣으면 안 돼요.',
    en: 'The day after the first order: thanks, and how to reach the shop about it. It informs about the order, so it may not offer anything.',
  },
  enters: {
    ko: '첫 주문을 한 고객, 평생 한 번. 취소하거나 환불하면 나가요.',
    en: 'Everyone who makes their first order, once; a cancellation or refund lets them out.',
  },
  segments: [oneTimeBuyer],
  flow: (language, made = bare) =>
    Flow.parse({
      trigger: { kind: 'event', event: 'Order Completed', key: 'person' },
      ...audienceOf(made, oneTimeBuyer.key),
      exits: ['Order Cancelled', 'Order Refunded'],
      steps: [
        waitDays(1, 1),
        untilMorning(2),
        written(made, language, {
          id: 3,
          words: words[language],
          url: '{{ link.shop }}',
          isInformational: true,
        }),
      ],
      goal: { event: 'Order Completed', windowHours: 60 * 24 },
      holdoutShare: 0.1,
      reentry: { afterDays: null },
      precedence: precedenceOf('first_order_care'),
      nature: { purpose: 'informational', because: 'order' },
    }),
}

const bought = "{{ event.products[0].name | default: '주문하신 상품' | trunc_bytes: 50 }}"
const last = "{{ event.products[0].name | default: 'your order' | trunc_bytes: 50 }}"

const words: { readonly [L in Language]: Words } = {
  ko: {
    subject: '{{ customer.name | nim }}, 주문해 주셔서 고맙습니다',
    preheader: '주문하신 상품을 준비하고 있어요.',
    heading: '첫 주문 고맙습니다',
    text: [
      `${bought} 주문을 잘 받았어요. 정성껏 준비해서 보내드릴게요.`,
      '배송이나 사용법이 궁금하시면 언제든 이 메일에 있는 연락처로 물어보세요. 주문 내역은 쇼핑몰의 마이페이지에서 볼 수 있어요.',
    ],
    button: '주문 내역 보기',
    short:
      '{{ customer.name | nim }}, 첫 주문 고맙습니다. 배송이나 사용법이 궁금하시면 언제든 물어보세요.',
  },
  en: {
    subject: 'Thank you for your order',
    preheader: 'We are getting it ready.',
    heading: 'Thank you for your first order',
    text: [
      `We have your order of ${last} and are getting it ready.`,
      'If you wonder about the delivery or how to use it, write to us any time: the address is below.',
    ],
    button: 'See the order',
    short: 'Thank you for your first order. Ask us any time about delivery or use.',
  },
}
