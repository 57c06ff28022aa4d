import type { Way } from '../way.ts'

/** What the members of a segment buy now. Shoppers are not told of the segment. */
export const popularInSegment: Way = {
  name: { ko: '세그먼트 안의 인기 상품', en: 'Popular within a segment' },
  about: {
    ko: '고른 세그먼트의 고객들이 요즘 많이 사는 상품이에요. 처음 고르면 몇 분 안에 세요.',
    en: 'What the people of a segment buy now. Counted within minutes when it is first chosen.',
  },
  offer: ({ tables, segment }) => {
    if (segment === null) return []
    return tables.list('popular_in', String(segment)).map((one) => ({
      product: one.product,
      score: one.score,
      say: () => ({
        line: { ko: '요즘 인기 상품', en: 'Popular now' },
        why: {
          ko: `세그먼트 고객 중 ${one.count}명이 최근 30일 동안 샀어요(90일 동안은 ${one.of}명).`,
          en: `Bought by ${one.count} people of the segment in the last 30 days (${one.of} in 90 days).`,
        },
      }),
    }))
  },
}
