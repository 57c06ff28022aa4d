import { beside, nameOf, type Way } from '../way.ts'

/** What buyers of a product bought in a later order. */
export const nextAfter: Way = {
  name: { ko: '다음에 사는 상품', en: 'Bought next' },
  about: {
    ko: '산 상품을 먼저 샀던 고객들이 그다음 주문들에서 산 상품이에요.',
    en: 'What people who bought the same product before went on to buy in later orders.',
  },
  offer: (looking) =>
    beside(
      looking,
      'next',
      looking.person.bought.map((one) => one.product),
    ).map(({ one, seed, score }) => ({
      product: one.product,
      score,
      say: () => ({
        line: { ko: '다음으로 많이 사는 상품', en: 'Often bought next' },
        why: {
          ko: `‘${nameOf(looking, seed)}’ 상품을 사고 다시 주문한 고객 ${one.of}명 중 ${one.count}명이 이것을 샀어요.`,
          en: `${one.count} of the ${one.of} people who bought “${nameOf(looking, seed)}” and ordered again bought it.`,
        },
      }),
    })),
}
