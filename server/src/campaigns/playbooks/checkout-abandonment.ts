import { Flow } from '../campaign.ts'
import type { Playbook } from './playbook.ts'

/**
 * Left during payment: one message half an hour after the last sign of paying. No benefit in it: who is about to pay needs
 * the way back, not a price. It outranks the cart's reminder, which is about the same goods.
 */
export const checkoutAbandonment: Playbook = {
  id: 'checkout_abandonment',
  name: { ko: '결제 과정 이탈', en: 'Left during payment' },
  about: {
    ko: '주문서를 쓰다 떠난 고객에게 30분 뒤 이어서 결제하는 길을 보여줘요.',
    en: 'Shows shoppers who left while paying the way back, half an hour later.',
  },
  enters: {
    ko: '주문서를 쓰기 시작한 고객. 결제 정보를 넣으면 기다림을 다시 시작해요.',
    en: 'Everyone who begins to check out. Each further step of the payment begins the wait anew.',
  },
  sketch: [
    { kind: 'trigger', text: { ko: '주문서 작성 시작', en: 'Checkout started' } },
    { kind: 'wait', text: { ko: '30분 기다림', en: 'Wait 30 minutes' } },
    { kind: 'message', text: { ko: '이메일: 이어서 결제하기', en: 'E-mail: finish the order' } },
    { kind: 'goal', text: { ko: '목표: 하루 안에 주문', en: 'Goal: an order within a day' } },
  ],
  flow: (language) =>
    Flow.parse({
      trigger: { kind: 'event', event: 'Checkout Started', key: 'person' },
      restartOn: [
        'Checkout Started',
        'Checkout Step Completed',
        'Payment Info Entered',
        'Product Added',
        'Product Removed',
      ],
      exits: ['Order Completed'],
      conditions: ['no_order_since_entry', 'cart_not_empty', 'cart_sellable'],
      steps: [
        { kind: 'wait', id: 1, minutes: 30 },
        { kind: 'message', id: 2, content: texts[language], cartUrl: '/cart' },
      ],
      goal: { event: 'Order Completed', windowHours: 24 },
      holdoutShare: 0.1,
      reentry: { afterDays: 7 },
      precedence: { class: 'journey', weight: 100 },
      nature: { purpose: 'advertising' },
    }),
}

const texts = {
  ko: {
    channel: 'email',
    subject: '{{ customer.name | nim }}, 결제가 아직 완료되지 않았어요',
    preheader: '담아두신 그대로 이어서 결제할 수 있어요.',
    body: {
      kind: 'blocks',
      blocks: [
        { kind: 'heading', text: '{{ customer.name | nim }}, 결제만 남았어요' },
        {
          kind: 'text',
          text: '결제가 완료되지 않았어요. 담아두신 상품은 그대로 있으니 편하실 때 이어서 결제해 주세요.',
        },
        { kind: 'products', list: 'cart.items', limit: 5 },
        { kind: 'text', text: '담긴 상품 합계 {{ cart.total | krw }}' },
        { kind: 'button', label: '이어서 결제하기', url: '{{ cart.url }}' },
      ],
    },
  },
  en: {
    channel: 'email',
    subject: 'Your order is not finished yet',
    preheader: 'Everything is as you left it.',
    body: {
      kind: 'blocks',
      blocks: [
        { kind: 'heading', text: 'Only the payment is left' },
        {
          kind: 'text',
          text: 'Your payment was not completed. What you chose is still there whenever you are ready.',
        },
        { kind: 'products', list: 'cart.items', limit: 5 },
        { kind: 'button', label: 'Finish the order', url: '{{ cart.url }}' },
      ],
    },
  },
} as const
