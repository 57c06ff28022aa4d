import { Flow } from '../campaign.ts'
import { precedenceOf } from '../precedence.ts'
import { bare, type Language, type Playbook } from './playbook.ts'
import { type Words, written } from './written.ts'

const key = 'back_in_stock'

/** Who asked to be told hears that a product can be had again: information they asked for, so it may not offer anything else. */
export const backInStock: Playbook = {
  id: key,
  family: 'care',
  name: { ko: '재입고 알림', en: 'Back in stock' },
  about: {
    ko: '재입고 알림을 신청한 상품이 다시 들어오면 바로 알려요. 신청한 소식이라 정보성 메시지예요. 다른 상품이나 혜택을 권하는 말은 넣으면 안 돼요. 보기만 한 고객에게도 알리려면 조건을 바꾸고 광고로 보내세요.',
    en: 'Tells those who asked that a product can be had again. They asked for it, so it informs: it may not offer anything else. To tell those who only looked, change the condition and send it as advertising.',
  },
  enters: {
    ko: '180일 안에 그 상품의 재입고 알림(Back In Stock Requested)을 신청한 고객. 신청 한 번에 한 번만 알려요.',
    en: 'Whoever asked for it (Back In Stock Requested) within 180 days; once for each asking.',
  },
  flow: (language, made = bare) =>
    Flow.parse({
      trigger: {
        kind: 'event',
        event: 'Back In Stock',
        key: 'product',
        filter: {
          kind: 'property',
          path: 'requested',
          is: { type: 'boolean', op: 'is', value: true },
        },
      },
      exits: ['Order Completed'],
      steps: [
        written(made, language, {
          id: 1,
          words: words[language],
          url: '{{ event.url | web_url: shop.url }}',
          isInformational: true,
        }),
      ],
      goal: { event: 'Order Completed', windowHours: 72 },
      // Nobody who asked is kept waiting for the sake of a comparison.
      holdoutShare: 0,
      reentry: { afterDays: 0 },
      precedence: precedenceOf(key),
      nature: { purpose: 'informational', because: 'restock_requested' },
    }),
}

const words: { readonly [L in Language]: Words } = {
  ko: {
    subject: "{{ event.name | default: '신청하신 상품' | trunc_bytes: 50 }}, 다시 들어왔어요",
    preheader: '재입고 알림을 신청하신 상품이에요.',
    heading: "{{ event.name | default: '신청하신 상품' | trunc_bytes: 60 }}, 다시 들어왔어요",
    text: [
      '{{ customer.name | nim }}, 재입고 알림을 신청하신 상품이 다시 들어왔어요.{% if event.stock > 0 and event.stock <= 5 %} 지금 재고는 {{ event.stock }}개예요.{% endif %}',
    ],
    button: '상품 보러 가기',
    short:
      "{{ customer.name | nim }}, 재입고 알림을 신청하신 {{ event.name | default: '상품' | trunc_bytes: 40 }} 상품이 다시 들어왔어요.",
  },
  en: {
    subject: "{{ event.name | default: 'What you asked for' | trunc_bytes: 60 }} is back",
    preheader: 'You asked to be told.',
    heading: "{{ event.name | default: 'What you asked for' | trunc_bytes: 60 }} is back",
    text: [
      'You asked to be told: it can be had again.{% if event.stock > 0 and event.stock <= 5 %} {{ event.stock }} are there now.{% endif %}',
    ],
    button: 'See it',
    short:
      "You asked to be told: {{ event.name | default: 'it' | trunc_bytes: 40 }} can be had again.",
  },
}
