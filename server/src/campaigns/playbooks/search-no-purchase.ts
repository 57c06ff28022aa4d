import { Recipe } from '../../recommendations/recipe.ts'
import { Flow } from '../campaign.ts'
import { precedenceOf } from '../precedence.ts'
import { inSegment, waitDays } from './parts.ts'
import { bare, type Language, type Playbook } from './playbook.ts'
import { type Words, written } from './written.ts'

const key = 'search_no_purchase'

/** What those who searched the same bought, else what sells; without any product there is nothing to write about. */
const found = Recipe.parse({ strategy: 'searched', fallback: ['popular'], limit: 3, atLeast: 1 })

/** Searched, no purchase: a day later the way back to what they searched, with products that others found by it. */
export const searchNoPurchase: Playbook = {
  id: key,
  family: 'journey',
  name: { ko: '특정 상품 검색', en: 'Searched for a product' },
  about: {
    ko: '찾던 것을 하루 뒤 다시 찾아볼 수 있게, 같은 검색을 한 고객이 산 상품과 함께 알려줘요. 보여줄 상품이 없으면 보내지 않아요. 같은 검색어는 30일이 아니라 고객마다 7일에 한 번으로 대신해요.',
    en: 'A day later, the way back to what they searched, with products that others bought after the same search; nothing is sent without a product to show. Once in 7 days a person stands in for once in 30 days a search.',
  },
  enters: {
    ko: '상품을 검색한 고객. 하루 뒤에도 담거나 사지 않았을 때만 보내요.',
    en: 'Everyone who searched; only who neither carted nor bought within the day is written to.',
  },
  segments: [{ key, ready: key }],
  flow: (language, made = bare) =>
    Flow.parse({
      trigger: {
        kind: 'event',
        event: 'Products Searched',
        filter: { kind: 'property', path: 'query', is: { type: 'any', op: 'exists' } },
        key: 'person',
      },
      exits: ['Order Completed'],
      conditions: ['no_order_since_entry', ...inSegment(made, key)],
      steps: [
        waitDays(1, 1),
        written(made, language, {
          id: 2,
          words: words[language],
          url: '{{ link.shop }}',
          recommend: found,
        }),
      ],
      goal: { event: 'Order Completed', windowHours: 168 },
      holdoutShare: 0.1,
      reentry: { afterDays: 7 },
      precedence: precedenceOf(key),
      nature: { purpose: 'advertising' },
    }),
}

const query = "{{ event.query | default: '상품' | trunc_bytes: 20 }}"
const asked = "{{ event.query | default: 'it' | trunc_bytes: 20 }}"

const words: { readonly [L in Language]: Words } = {
  ko: {
    subject: `{{ customer.name | nim }}, '${query}' 아직 찾고 계세요?`,
    preheader: '찾으시던 상품을 이어서 볼 수 있어요.',
    heading: `'${query}' 아직 찾고 계세요?`,
    text: ['찾으시던 상품을 아직 못 만나셨다면, 이어서 둘러보세요.'],
    button: '이어서 찾아보기',
    short: `{{ customer.name | nim }}, 찾으시던 '${query}' 이어서 찾아보세요.`,
  },
  en: {
    subject: `Still looking for "${asked}"?`,
    preheader: 'Go on where you left off.',
    heading: `Still looking for "${asked}"?`,
    text: ['If you have not found it yet, go on where you left off.'],
    button: 'Look again',
    short: `Still looking for "${asked}"? Go on where you left off.`,
  },
}
