import { Flow } from '../campaign.ts'
import { precedenceOf } from '../precedence.ts'
import { untilMorning, waitDays } from './parts.ts'
import { bare, type Language, type Playbook } from './playbook.ts'
import { usualDeliveryDays } from './repurchase-special-price.ts'
import { type Words, written } from './written.ts'

/**
 * Asks for a review a week after the goods arrived. It is sent as an advertisement: asking for one is not needed to perform the
 * contract, and with a reward it is certainly one.
 */
export const reviewRequest: Playbook = {
  id: 'review_request',
  family: 'care',
  name: { ko: '후기 요청', en: 'Ask for a review' },
  about: {
    ko: '상품이 도착하고 7일쯤 뒤 후기를 부탁해요. 보상이 없어도 광고로 보내서, 수신동의가 있는 고객에게만 가요. 배송 완료를 알려주는 이벤트가 없으면 주문하고 9일 뒤에 보내요.',
    en: 'Asks for a review about a week after the goods arrived: nine days after the order, for shops that do not tell of deliveries. It is sent as an advertisement, with consent only.',
  },
  enters: {
    ko: '주문한 고객. 후기를 쓰거나 취소·환불하면 나가고, 30일에 한 번이에요.',
    en: 'Everyone who orders, once in 30 days; a review, cancellation or refund lets them out.',
  },
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
          url: '{{ event.products[0].url | web_url: shop.url }}',
        }),
      ],
      goal: { event: 'Product Reviewed', windowHours: 14 * 24 },
      holdoutShare: 0.1,
      reentry: { afterDays: 30 },
      precedence: precedenceOf('review_request'),
      nature: { purpose: 'advertising' },
    }),
}

const bought = "{{ event.products[0].name | default: '주문하신 상품' | trunc_bytes: 50 }}"
const last = "{{ event.products[0].name | default: 'your order' | trunc_bytes: 50 }}"

const words: { readonly [L in Language]: Words } = {
  ko: {
    subject: `{{ customer.name | nim }}, ${bought} 어떠셨나요?`,
    preheader: '한 줄이면 충분해요.',
    heading: `${bought} 어떠셨나요?`,
    text: [
      '써 보신 느낌을 한 줄만 남겨 주세요. 다음에 고르실 분들과 저희에게 큰 도움이 돼요. 불편한 점이 있었다면 이 메일에 있는 연락처로 먼저 알려주세요.',
    ],
    button: '후기 쓰러 가기',
    short: `{{ customer.name | nim }}, ${bought} 어떠셨나요? 한 줄 후기를 남겨 주시면 큰 도움이 돼요.`,
  },
  en: {
    subject: `How do you like ${last}?`,
    preheader: 'A line is enough.',
    heading: `How do you like ${last}?`,
    text: [
      'A line from you helps the next person choose, and helps us. If something was wrong, write to us first: the address is below.',
    ],
    button: 'Write a review',
    short: `How do you like ${last}? A line from you helps the next person choose.`,
  },
}
