import type { Way } from '../way.ts'

/** Products picked by hand, in the order they were given. */
export const chosen: Way = {
  name: { ko: '직접 고른 상품', en: 'Picked by hand' },
  about: {
    ko: '직접 고른 상품을 보여줘요. 팔지 않거나 품절이면 빠져요.',
    en: 'The products you pick; what is not sold or sold out is left out.',
  },
  offer: (looking) =>
    looking.chosen.map((product, at) => ({
      product,
      score: -at,
      say: () => ({
        line: { ko: '추천 상품', en: 'Recommended' },
        why: { ko: '직접 고른 상품이에요.', en: 'Picked by hand.' },
      }),
    })),
}
