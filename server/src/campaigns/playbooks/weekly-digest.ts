import { Recipe } from '../../recommendations/recipe.ts'
import { Flow } from '../campaign.ts'
import { precedenceOf } from '../precedence.ts'
import { audienceOf } from './parts.ts'
import { active } from './people.ts'
import { bare, type Language, type Playbook } from './playbook.ts'
import { type Words, written } from './written.ts'

/** Fewer new products than this are no news: the week is skipped. */
const atLeast = 3

/** What came in within 30 days in the category they care for, every week. */
export const weeklyDigest: Playbook = {
  id: 'weekly_digest',
  family: 'promotion',
  name: { ko: '정기 상품 소식', en: 'Weekly digest' },
  about: {
    ko: '좋아하는 분류에 새로 들어온 상품을 매주 모아 보내요. 새 상품이 세 개가 안 되는 고객은 그 주를 쉬어요.',
    en: 'What is new in their favourite category, every week; whoever has fewer than three is skipped that week.',
  },
  enters: {
    ko: '매주 목요일 오전 10시, 최근에 온 고객.',
    en: 'Those who came lately, every Thursday at ten.',
  },
  segments: [active],
  flow: (language, made = bare) =>
    Flow.parse({
      trigger: {
        kind: 'schedule',
        schedule: { kind: 'weekly', weekdays: [4], time: '10:00' },
      },
      ...audienceOf(made, active.key),
      steps: [
        written(made, language, {
          id: 1,
          words: words[language],
          url: '{{ link.shop }}',
          recommend: Recipe.parse({
            strategy: 'new_arrivals',
            filters: { favouriteCategory: true, notBought: true },
            limit: 6,
            atLeast,
          }),
        }),
      ],
      goal: { event: 'Order Completed', windowHours: 168 },
      holdoutShare: 0.1,
      reentry: { afterDays: 6 },
      precedence: precedenceOf('weekly_digest'),
      nature: { purpose: 'advertising' },
    }),
}

const words: { readonly [L in Language]: Words } = {
  ko: {
    subject: '{{ customer.name | nim }}, 좋아하실 새 상품이 들어왔어요',
    preheader: '이번 주에 모은 새 상품이에요.',
    heading: '새로 들어온 상품이에요',
    text: ['{{ customer.name | nim }}, 자주 찾으시는 상품 중에서 새로 들어온 것만 모았어요.'],
    button: '더 둘러보기',
    short: '{{ customer.name | nim }}, 좋아하실 새 상품이 들어왔어요.',
  },
  en: {
    subject: "{{ customer.name | default: 'Hello' }}, new things you may like",
    preheader: 'What is new this week.',
    heading: 'New in the shop',
    text: ['Only what is new among the things you look for most.'],
    button: 'See more',
    short: 'New things you may like.',
  },
}
