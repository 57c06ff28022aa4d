import { beside, nameOf, type Way } from '../way.ts'

/** In the same orders as what lies in the cart, is looked at, or was bought last. */
export const boughtTogether: Way = {
  name: { ko: '함께 산 상품', en: 'Bought together' },
  about: {
    ko: '담거나 보고 있는 상품과 같은 주문에 자주 들어 있던 상품이에요.',
    en: 'What often was in one order with what lies in the cart or is looked at.',
  },
  offer: (looking) => {
    const { product, carted, viewed, bought } = looking.person
    const seeds = [
      ...(product === undefined ? [] : [product]),
      ...carted,
      ...bought.map((one) => one.product),
      ...viewed,
    ]
    return beside(looking, 'bought', seeds).map(({ one, seed, score }) => ({
      product: one.product,
      score,
      say: () => ({
        line: { ko: '함께 많이 산 상품', en: 'Often bought together' },
        why: {
          ko: `‘${nameOf(looking, seed)}’ 상품이 든 주문 ${one.of}건 중 ${one.count}건에 이것도 있었어요.`,
          en: `In ${one.count} of the ${one.of} orders with “${nameOf(looking, seed)}”.`,
        },
      }),
    }))
  },
}
