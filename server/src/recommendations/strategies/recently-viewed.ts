import type { Way } from '../way.ts'

/** What somebody looked at last. */
export const recentlyViewed: Way = {
  name: { ko: '최근 본 상품', en: 'Recently viewed' },
  about: {
    ko: '이 고객이 최근에 본 상품을 새로 본 순서대로 보여줘요.',
    en: 'What this person looked at, the newest first.',
  },
  offer: ({ person }) =>
    person.viewed.map((product, at) => ({
      product,
      score: -at,
      say: () => ({
        line: { ko: '최근 본 상품', en: 'Recently viewed' },
        why: {
          ko: `이 고객이 ${at + 1}번째로 최근에 본 상품이에요.`,
          en: `Number ${at + 1} of what this person looked at last.`,
        },
      }),
    })),
}
