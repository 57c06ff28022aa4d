import type { Way } from '../way.ts'

/**
 * The first products whose first buyers came back most often, counted plainly: additional orders per first buyer, of products with
 * 30 first buyers. First buyers chose for themselves, so this is a candidate, not a cause; the campaign's hold-out tests it.
 */
export const bestFirstProducts: Way = {
  name: { ko: '좋은 첫 구매 상품', en: 'Best first products' },
  about: {
    ko: '이 상품으로 처음 산 고객이 그 뒤 가장 자주 다시 산 상품이에요. 첫 구매 고객이 30명 이상일 때만 고르고, 정말 효과가 있는지는 캠페인의 대조군이 알려줘요.',
    en: 'Products whose first buyers came back most often, of those with 30 first buyers. Whether recommending them works is told by a campaign’s hold-out.',
  },
  offer: ({ tables }) =>
    tables.list('first').map((one) => ({
      product: one.product,
      score: one.score,
      say: () => ({
        line: { ko: '처음 사기 좋은 상품', en: 'A good first choice' },
        why: {
          ko: `처음 산 고객 ${one.of}명이 그 뒤 ${one.count}번 더 주문했어요(1명당 ${one.score.toFixed(2)}번).`,
          en: `Its ${one.of} first buyers ordered ${one.count} times more (${one.score.toFixed(2)} each).`,
        },
      }),
    })),
}
