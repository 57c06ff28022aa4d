import { beside, interests, nameOf, type Way } from '../way.ts'

/** Looked at by the same people on the same day. */
export const viewedTogether: Way = {
  name: { ko: '함께 본 상품', en: 'Viewed together' },
  about: {
    ko: '보고 있거나 담은 상품을 본 고객이 같은 날 함께 본 상품이에요.',
    en: 'What people looked at on the same day as what this one looks at or has in the cart.',
  },
  offer: (looking) =>
    beside(looking, 'viewed', interests(looking)).map(({ one, seed, score }) => ({
      product: one.product,
      score,
      say: () => ({
        line: { ko: '함께 많이 본 상품', en: 'Often viewed together' },
        why: {
          ko: `‘${nameOf(looking, seed)}’ 상품을 본 방문 ${one.of}번 중 ${one.count}번에서 이것도 봤어요.`,
          en: `Viewed in ${one.count} of the ${one.of} visits that viewed “${nameOf(looking, seed)}”.`,
        },
      }),
    })),
}
