import { foldQuery } from '../query.ts'
import type { Way } from '../way.ts'

/** What those bought who searched the same words. */
export const searched: Way = {
  name: { ko: '같은 검색어로 산 상품', en: 'Bought after the same search' },
  about: {
    ko: '같은 말을 검색한 고객들이 7일 안에 산 상품이에요.',
    en: 'What people who searched the same words bought within 7 days.',
  },
  offer: ({ tables, person }) => {
    const query = foldQuery(person.query ?? '')
    if (query === '') return []
    return tables.list('searched', query).map((one) => ({
      product: one.product,
      score: one.score,
      say: () => ({
        line: { ko: '이 검색어로 많이 산 상품', en: 'Bought after this search' },
        why: {
          ko: `‘${query}’ 검색한 고객 ${one.of}명 중 ${one.count}명이 7일 안에 샀어요.`,
          en: `${one.count} of the ${one.of} people who searched “${query}” bought it within 7 days.`,
        },
      }),
    }))
  },
}
