import { Flow } from '../campaign.ts'
import type { Playbook } from './playbook.ts'

/**
 * Carted, no purchase: one reminder an hour after the last change of the cart. A second step with a coupon after a day
 * comes with the coupons room.
 */
export const cartAbandonment: Playbook = {
  id: 'cart_abandonment',
  name: { ko: '장바구니 담은 후 미구매', en: 'Carted, no purchase' },
  about: {
    ko: '장바구니에 담고 떠난 고객에게 한 시간 뒤 담아둔 상품을 다시 보여줘요.',
    en: 'Shows shoppers what they left in the cart, one hour after they left it.',
  },
  enters: {
    ko: '상품을 장바구니에 담은 고객. 장바구니가 바뀌면 기다림을 다시 시작해요.',
    en: 'Everyone who puts a product in the cart. Each change of the cart begins the wait anew.',
  },
  sketch: [
    { kind: 'trigger', text: { ko: '장바구니에 담음', en: 'Product added to cart' } },
    { kind: 'wait', text: { ko: '1시간 기다림', en: 'Wait 1 hour' } },
    { kind: 'message', text: { ko: '이메일: 담아둔 상품', en: 'E-mail: what is in the cart' } },
    { kind: 'goal', text: { ko: '목표: 3일 안에 주문', en: 'Goal: an order within 3 days' } },
  ],
  flow: (language) =>
    Flow.parse({
      trigger: { kind: 'event', event: 'Product Added', key: 'person' },
      restartOn: ['Product Added', 'Product Removed', 'Checkout Started'],
      exits: ['Order Completed'],
      conditions: ['no_order_since_entry', 'cart_not_empty', 'cart_sellable'],
      steps: [
        { kind: 'wait', id: 1, minutes: 60 },
        { kind: 'message', id: 2, content: texts[language], cartUrl: '/cart' },
      ],
      goal: { event: 'Order Completed', windowHours: 72 },
      holdoutShare: 0.1,
      reentry: { afterDays: 7 },
      precedence: { class: 'journey', weight: 80 },
      nature: { purpose: 'advertising' },
    }),
}

const rest = '{% if cart.items.size > 1 %}'

const texts = {
  ko: {
    channel: 'email',
    subject: `{{ customer.name | nim }}, 담아두신 {{ cart.items[0].name | trunc_bytes: 40 }}${rest} 외 {{ cart.items.size | minus: 1 }}개{% endif %}`,
    preheader: '장바구니에 그대로 담겨 있어요.',
    body: {
      kind: 'blocks',
      blocks: [
        { kind: 'heading', text: '{{ customer.name | nim }}, 담아두신 상품이 기다리고 있어요' },
        {
          kind: 'text',
          text: `{{ cart.items[0].name | trunc_bytes: 60 | josa: '이/가' }} 장바구니에 그대로 있어요. 이어서 주문하시겠어요?`,
        },
        { kind: 'products', list: 'cart.items', limit: 5 },
        { kind: 'text', text: '담긴 상품 합계 {{ cart.total | krw }}' },
        { kind: 'button', label: '장바구니로 가기', url: '{{ cart.url }}' },
      ],
    },
  },
  en: {
    channel: 'email',
    subject: `You left {{ cart.items[0].name | trunc_bytes: 60 }}${rest} and {{ cart.items.size | minus: 1 }} more{% endif %} in your cart`,
    preheader: 'Everything is still in your cart.',
    body: {
      kind: 'blocks',
      blocks: [
        { kind: 'heading', text: 'Your cart is still here' },
        {
          kind: 'text',
          text: 'What you picked is waiting for you. Shall we pick up where you left off?',
        },
        { kind: 'products', list: 'cart.items', limit: 5 },
        { kind: 'button', label: 'Back to the cart', url: '{{ cart.url }}' },
      ],
    },
  },
} as const
