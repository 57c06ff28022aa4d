import type { Way } from '../way.ts'

/** What costs less than usual today, what is bought most first. */
export const onSale: Way = {
  name: { ko: '할인 중인 상품', en: 'On sale' },
  about: {
    ko: '지금 정가보다 싸게 파는 상품을 많이 팔리는 순서로 보여줘요.',
    en: 'What costs less than usual today, what sells most first.',
  },
  offer: ({ tables }) =>
    tables.onSale.map((product, at) => ({
      product,
      score: -at,
      say: () => {
        const { price, salePrice } = tables.product(product) ?? { price: null, salePrice: null }
        const off = price && salePrice !== null ? Math.round((1 - salePrice / price) * 100) : 0
        return {
          line: { ko: `${off}% 할인 중`, en: `${off}% off` },
          why: {
            ko: `지금 정가보다 ${off}% 싸요. 할인 상품 가운데 ${at + 1}번째로 많이 팔려요.`,
            en: `${off}% below its price today; number ${at + 1} by sales of what is on sale.`,
          },
        }
      },
    })),
}
