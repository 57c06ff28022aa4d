import { Flow } from '../campaign.ts'
import { precedenceOf } from '../precedence.ts'
import { waitMinutes } from './parts.ts'
import { bare, type Language, type Playbook } from './playbook.ts'
import { type Words, written } from './written.ts'

/**
 * Left during payment: one message half an hour after the last sign of paying. No benefit in it: who is about to pay needs
 * the way back, not a price. It outranks the cart's reminder, which is about the same goods.
 */
export const checkoutAbandonment: Playbook = {
  id: 'checkout_abandonment',
  family: 'journey',
  name: { ko: '결제 과정 이탈', en: 'Left during payment' },
  about: {
    ko: '주문서를 쓰다 떠난 고객에게 30분 뒤 간편하게 이어서 결제하는 길을 보여줘요. 무통장입금을 기다리는 주문(Order Created)은 이탈로 보지 않아요.',
    en: 'Shows shoppers who left while paying the way back, half an hour later. An order that waits for a transfer (Order Created) is not lost.',
  },
  enters: {
    ko: '주문서를 쓰기 시작한 고객. 결제 정보를 넣으면 기다림을 다시 시작해요.',
    en: 'Everyone who begins to check out. Each further step of the payment begins the wait anew.',
  },
  asks: ['payments'],
  flow: (language, made = bare) =>
    Flow.parse({
      trigger: { kind: 'event', event: 'Checkout Started', key: 'person' },
      restartOn: [
        'Checkout Started',
        'Checkout Step Completed',
        'Payment Info Entered',
        'Product Added',
        'Product Removed',
      ],
      exits: ['Order Completed', 'Order Created'],
      conditions: ['no_order_since_entry', 'cart_not_empty', 'cart_sellable'],
      steps: [
        waitMinutes(1, 30),
        written(made, language, {
          id: 2,
          words: wordsOf(made.answers.payments)[language],
          url: '{{ cart.url }}',
          showsCart: true,
        }),
      ],
      goal: { event: 'Order Completed', windowHours: 24 },
      holdoutShare: 0.1,
      reentry: { afterDays: 7 },
      precedence: precedenceOf('checkout_abandonment'),
      nature: { purpose: 'advertising' },
    }),
}

/** What stands in a text as it is must not be read as a template. */
function wordsOf(payments = ''): { readonly [L in Language]: Words } {
  const ways = payments.replaceAll(/[{}]/g, '').trim()
  return {
    ko: {
      subject: '{{ customer.name | nim }}, 결제가 아직 완료되지 않았어요',
      preheader: '담아두신 그대로 이어서 결제할 수 있어요.',
      heading: '{{ customer.name | nim }}, 결제만 남았어요',
      text: [
        ways === ''
          ? '결제가 완료되지 않았어요. 담아두신 상품은 그대로 있으니 편하신 결제 방법으로 이어서 결제해 주세요.'
          : `결제가 완료되지 않았어요. 담아두신 상품은 그대로 있으니 ${ways} 같은 간편한 방법으로 바로 결제할 수 있어요.`,
      ],
      button: '이어서 결제하기',
      short:
        ways === ''
          ? '{{ customer.name | nim }}, 결제가 아직 완료되지 않았어요. 담아두신 그대로 이어서 결제할 수 있어요.'
          : `{{ customer.name | nim }}, 결제가 아직 완료되지 않았어요. ${ways} 같은 간편한 방법으로 바로 결제할 수 있어요.`,
    },
    en: {
      subject: 'Your order is not finished yet',
      preheader: 'Everything is as you left it.',
      heading: 'Only the payment is left',
      text: [
        `Your payment was not completed. What you chose is still there whenever you are ready.${ways === '' ? '' : ` Pay in a moment with ${ways}.`}`,
      ],
      button: 'Finish order',
      short: `Your order is not finished yet. ${ways === '' ? 'Everything is as you left it.' : `Pay in a moment with ${ways}.`}`,
    },
  }
}
