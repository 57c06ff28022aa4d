import { Flow } from '../campaign.ts'
import { precedenceOf } from '../precedence.ts'
import { waitMinutes } from './parts.ts'
import { bare, type Language, type Playbook } from './playbook.ts'
import { type Words, written } from './written.ts'

/** A payment that failed: help, and no discount. Without a contract yet it is still an advertisement. */
export const paymentFailed: Playbook = {
  id: 'payment_failed',
  family: 'journey',
  name: { ko: '결제 실패 도움', en: 'Help after a failed payment' },
  about: {
    ko: '카드가 거절되거나 결제창이 닫힌 고객에게 다른 방법으로 결제하는 길을 알려줘요. 할인은 없어요. 상점이 Payment Failed를 보내야 해요.',
    en: 'Shows those whose card was declined or whose payment window closed how to pay otherwise; no discount. The shop has to send Payment Failed.',
  },
  enters: {
    ko: '결제에 실패한 고객. 다시 시도하면 기다림을 다시 시작해요.',
    en: 'Everyone whose payment failed. Another try begins the wait anew.',
  },
  flow: (language, made = bare) =>
    Flow.parse({
      trigger: { kind: 'event', event: 'Payment Failed', key: 'person' },
      restartOn: ['Payment Failed', 'Payment Info Entered', 'Checkout Started'],
      exits: ['Order Completed', 'Order Created'],
      conditions: ['no_order_since_entry'],
      steps: [
        waitMinutes(1, 10),
        written(made, language, { id: 2, words: words[language], url: '{{ cart.url }}' }),
      ],
      goal: { event: 'Order Completed', windowHours: 24 },
      holdoutShare: 0.1,
      reentry: { afterDays: 7 },
      precedence: precedenceOf('payment_failed'),
      nature: { purpose: 'advertising' },
    }),
}

const words: { readonly [L in Language]: Words } = {
  ko: {
    subject: '{{ customer.name | nim }}, 결제가 되지 않았어요',
    preheader: '다른 방법으로 결제할 수 있어요.',
    heading: '결제가 되지 않았어요',
    text: [
      '카드 한도나 인증 문제로 결제가 끝나지 않았어요. 주문은 아직 접수되지 않았으니, 다른 카드나 간편결제로 다시 시도해 주세요.',
      '계속 안 되면 이 메일에 있는 연락처로 알려주세요. 함께 확인할게요.',
    ],
    button: '다시 결제하기',
    short:
      '{{ customer.name | nim }}, 결제가 되지 않아 주문이 접수되지 않았어요. 다른 카드나 간편결제로 다시 시도해 주세요.',
  },
  en: {
    subject: 'Your payment did not go through',
    preheader: 'You can pay another way.',
    heading: 'Your payment did not go through',
    text: [
      'The card or its check did not work, so there is no order yet. Please try another card or way to pay.',
      'If it keeps failing, write to us: the address is below.',
    ],
    button: 'Pay again',
    short:
      'Your payment did not go through, so there is no order yet. Please try another way to pay.',
  },
}
