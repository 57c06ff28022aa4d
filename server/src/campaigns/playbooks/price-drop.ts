import { Flow } from '../campaign.ts'
import { precedenceOf } from '../precedence.ts'
import { bare, type Language, type Playbook } from './playbook.ts'
import { type Words, written } from './written.ts'

const key = 'price_drop'

/** Who looked at a product or carted it hears that it got at least a tenth cheaper. */
export const priceDrop: Playbook = {
  id: key,
  family: 'journey',
  name: { ko: '본 상품 가격 내림', en: 'Price drop of a product they looked at' },
  about: {
    ko: '보거나 담아 둔 상품이 10% 넘게 싸지면 알려요. 올렸다가 내린 가격은 내린 것으로 치지 않고, 20일 동안의 가장 낮은 가격과 비교해요.',
    en: 'Says that a product they looked at or carted got at least a tenth cheaper. A price raised and lowered again does not count: the lowest of 20 days is what it is compared with.',
  },
  enters: {
    ko: '30일 안에 그 상품을 보거나 담고 아직 사지 않은 고객. 한꺼번에 500개 넘게 내려가면 확인할 때까지 기다려요.',
    en: 'Whoever looked at it or carted it within 30 days and did not buy it. More than 500 drops at once wait for your word.',
  },
  flow: (language, made = bare) =>
    Flow.parse({
      trigger: {
        kind: 'event',
        event: 'Price Dropped',
        key: 'person',
        filter: {
          kind: 'property',
          path: 'percent',
          is: { type: 'number', op: 'is', than: { op: '>=', value: 10 } },
        },
      },
      exits: ['Order Completed'],
      conditions: ['no_order_since_entry'],
      steps: [
        written(made, language, {
          id: 1,
          words: words[language],
          url: '{{ event.url | web_url: shop.url }}',
        }),
      ],
      goal: { event: 'Order Completed', windowHours: 72 },
      holdoutShare: 0.1,
      reentry: { afterDays: 7 },
      precedence: precedenceOf(key),
      nature: { purpose: 'advertising' },
    }),
}

const was = '{{ event.old_price | money: shop.currency }}'
const now = '{{ event.price | money: shop.currency }}'
const to = "{{ event.price | money: shop.currency | josa: '으로/로' }}"

const words: { readonly [L in Language]: Words } = {
  ko: {
    subject: `{{ event.name | default: '보시던 상품' | trunc_bytes: 50 }}, ${to} 내려갔어요`,
    preheader: '보시던 상품의 가격이 내려갔어요.',
    heading: "{{ event.name | default: '보시던 상품' | trunc_bytes: 60 }} 가격이 내려갔어요",
    text: [
      `{{ customer.name | nim }}, 보시던 상품이 ${was}에서 ${to} {{ event.percent }}% 내려갔어요.`,
    ],
    button: '상품 보러 가기',
    short: `{{ customer.name | nim }}, {{ event.name | default: '보시던 상품' | trunc_bytes: 40 }} 가격이 ${was}에서 ${to} 내려갔어요.`,
  },
  en: {
    subject: `{{ event.name | default: 'What you looked at' | trunc_bytes: 60 }} is ${now} now`,
    preheader: 'A product you looked at got cheaper.',
    heading: "{{ event.name | default: 'What you looked at' | trunc_bytes: 60 }} got cheaper",
    text: [`It was ${was} and is ${now} now, {{ event.percent }}% less.`],
    button: 'See it',
    short: `{{ event.name | default: 'What you looked at' | trunc_bytes: 40 }} was ${was} and is ${now} now.`,
  },
}
