import type { Way } from '../way.ts'

/**
 * The first products whose first buyers came back most surely: by the lower end of the adjusted repurchase rate, of products with
 * 30 first buyers. First buyers chose for themselves, so this is a candidate, not a cause; the campaign's hold-out tests it.
 */
export const bestFirstProducts: Way = {
  name: { ko: '좋은 첫 구매 상품', en: 'Best first products' },
  about: {
    ko: '이 상품으로 처음 산 고객이 다시 산 비율이 확실하게 높은 상품이에요. 첫 구매 고객이 30명 이상일 때만 고르고, 정말 효과가 있는지는 캠페인의 대조군이 알려줘요.',
    en: 'Products whose first buyers came back most surely, of those with 30 first buyers. Whether recommending them works is told by a campaign’s hold-out.',
  },
  offer: ({ tables }) =>
    tables.list('first').map((one) => ({
      product: one.product,
      score: one.score,
      say: () => ({
        line: { ko: '처음 사기 좋은 상품', en: 'A good first choice' },
        why: {
          ko: `처음 산 고객 ${one.of}명 중 ${one.count}명이 다시 샀어요(우연을 빼도 ${(one.score * 100).toFixed(1)} % 이상).`,
          en: `Of its ${one.of} first buyers ${one.count} bought again (at least ${(one.score * 100).toFixed(1)} %, chance aside).`,
        },
      }),
    })),
}
