import { describe, expect, test } from 'vitest'
import { dayMs } from '../lib/duration.ts'
import { choose, find } from './choose.ts'
import { Recipe } from './recipe.ts'
import { type Onlooker, unknownOnlooker } from './recommended.ts'
import { type ListKind, type Ranked, type Shelved, tablesOf } from './tables.ts'

const now = Date.UTC(2026, 10, 22)

function shelved(id: string, more: Partial<Shelved> = {}): Shelved {
  return {
    id,
    name: `상품 ${id}`,
    category: '옷',
    brand: null,
    url: `https://shop.example/${id}`,
    imageUrl: null,
    price: 10_000,
    salePrice: null,
    currency: 'KRW',
    isBuyable: true,
    stock: null,
    rating: null,
    reviews: null,
    benefit: null,
    isSensitive: false,
    parent: null,
    firstSeenAt: now - 300 * dayMs,
    ...more,
  }
}

const ranked = (product: string, score: number, count = 5, of = 10): Ranked => ({
  product,
  score,
  count,
  of,
})

const lists: { readonly [kind in ListKind]?: Readonly<Record<string, readonly Ranked[]>> } = {
  bought: { A: [ranked('B', 0.5), ranked('C', 0.3)] },
  next: { A: [ranked('D', 0.4, 25, 80)] },
  viewed: { A: [ranked('E', 0.6, 34, 120), ranked('B', 0.2)] },
  searched: { '린넨 셔츠': [ranked('C', 0.3, 12, 40)] },
  first: { '': [ranked('B', 0.79, 95, 120), ranked('A', 0.5, 50, 100)] },
  popular: { '': [ranked('F', 9, 90), ranked('B', 8, 80), ranked('A', 7, 70), ranked('C', 1, 1)] },
  popular_in: { 7: [ranked('C', 3, 3, 4), ranked('B', 2, 2, 2)] },
  again: { A: [ranked('A', 28, 45, 45)] },
  again_category: { 간식: [ranked('간식', 14, 60, 60)], '': [ranked('', 40, 200, 200)] },
}
const shelf = [
  shelved('A'),
  shelved('B', { price: 20_000, salePrice: 16_000 }),
  shelved('C', { brand: '단골', category: '옷/셔츠' }),
  shelved('D', { isSensitive: true }),
  shelved('E', { isBuyable: false }),
  shelved('F', { category: '간식' }),
  shelved('N', { category: '간식', firstSeenAt: now - 3 * dayMs }),
  shelved('A-red', { parent: 'A' }),
]
const tables = tablesOf((kind, key = '') => lists[kind]?.[key] ?? [], shelf)

function ids(recipe: object, person: Partial<Onlooker> = {}, more: object = {}) {
  return choose(Recipe.parse(recipe), tables, {
    person: { ...unknownOnlooker, ...person },
    now,
    ...more,
  }).map((one) => one.product)
}

describe('each way gives what it is called after', () => {
  test('bought together goes by what lies in the cart, and never offers the cart itself', () => {
    expect(ids({ strategy: 'bought_together' }, { carted: ['A'] })).toEqual(['B', 'C'])
    expect(ids({ strategy: 'bought_together' }, { carted: ['A', 'B'] })).toEqual(['C'])
  })
  test('viewed together leaves out what is sold out, unless that is wanted', () => {
    expect(ids({ strategy: 'viewed_together' }, { viewed: ['A'] })).toEqual(['B'])
    expect(
      ids({ strategy: 'viewed_together', filters: { inStock: false } }, { viewed: ['A'] }),
    ).toEqual(['E', 'B'])
  })
  test('next after goes by what was bought', () => {
    expect(ids({ strategy: 'next_after' }, { bought: [{ product: 'A', at: now }] })).toEqual(['D'])
  })
  test('similar goes by category, brand, price and looks', () => {
    expect(ids({ strategy: 'similar', limit: 1 }, { product: 'A' })).toEqual(['D'])
  })
  test('recently viewed keeps the order of the looks', () => {
    expect(ids({ strategy: 'recently_viewed' }, { viewed: ['C', 'A', 'B'] })).toEqual([
      'C',
      'A',
      'B',
    ])
  })
  test('new is what came after the first week of the shop and within 30 days', () => {
    expect(ids({ strategy: 'new_arrivals' })).toEqual(['N'])
  })
  test('on sale is what costs less today', () => {
    expect(ids({ strategy: 'on_sale' })).toEqual(['B'])
  })
  test('popular begins with the category that is looked at', () => {
    expect(ids({ strategy: 'popular' })).toEqual(['F', 'B', 'A'])
    expect(ids({ strategy: 'popular' }, { category: '옷' })).toEqual(['B', 'A', 'F'])
  })
  test('popular within a segment is what its members buy, and the shopper reads nothing of it', () => {
    expect(ids({ strategy: 'popular_in_segment', segment: 7 })).toEqual(['C', 'B'])
    expect(ids({ strategy: 'popular_in_segment', segment: 8 })).toEqual([])
    const recipe = Recipe.parse({ strategy: 'popular_in_segment', segment: 7 })
    const [best] = choose(recipe, tables, { person: unknownOnlooker, now })
    expect(best?.line.ko).toBe('요즘 인기 상품')
    expect(() => Recipe.parse({ strategy: 'popular', fallback: ['popular_in_segment'] })).toThrow()
  })
  test('a search is the same search whatever its spaces and capitals', () => {
    expect(ids({ strategy: 'searched' }, { query: '  린넨   셔츠' })).toEqual(['C'])
    expect(ids({ strategy: 'searched' }, { query: '린' })).toEqual([])
  })
  test('repurchase waits for about the usual time of the product, its category, or the shop', () => {
    const bought = (product: string, days: number) => ({
      bought: [{ product, at: now - days * dayMs }],
    })
    expect(ids({ strategy: 'repurchase' }, bought('A', 27))).toEqual(['A'])
    expect(ids({ strategy: 'repurchase' }, bought('A', 10))).toEqual([])
    expect(ids({ strategy: 'repurchase' }, bought('A', 100))).toEqual([])
    expect(ids({ strategy: 'repurchase' }, bought('F', 14))).toEqual(['F'])
    expect(ids({ strategy: 'repurchase' }, bought('B', 14))).toEqual([])
    expect(ids({ strategy: 'repurchase' }, bought('B', 41))).toEqual(['B'])
  })
  test('best first products stand by how surely their first buyers came back', () => {
    const [best] = choose(Recipe.parse({ strategy: 'best_first_products' }), tables, {
      person: unknownOnlooker,
      now,
    })
    expect(best?.product).toBe('B')
    expect(best?.why.ko).toBe('처음 산 고객 120명 중 95명이 다시 샀어요(우연을 빼도 79.0 % 이상).')
  })
  test('what was picked by hand stands in the order it was picked in', () => {
    expect(ids({ strategy: 'chosen', products: ['C', 'gone', 'A'] })).toEqual(['C', 'A'])
  })
})

describe('what may be shown', () => {
  test('a sensitive product is shown on the page and never in a message', () => {
    const person = { bought: [{ product: 'A', at: now }] }
    expect(ids({ strategy: 'next_after' }, person)).toEqual(['D'])
    expect(ids({ strategy: 'next_after' }, person, { isOffSite: true })).toEqual([])
  })
  test('prices are those of today, both ends included', () => {
    const filters = { priceFrom: 16_000, priceTo: 16_000 }
    expect(ids({ strategy: 'popular', filters })).toEqual(['B'])
  })
  test('a category holds what lies below it', () => {
    expect(ids({ strategy: 'popular', filters: { onlyCategories: ['옷'] } })).toEqual([
      'B',
      'A',
      'C',
    ])
    expect(ids({ strategy: 'popular', filters: { excludeCategories: ['옷'] } })).toEqual(['F'])
  })
  test('what was bought in one size was bought', () => {
    const person = { bought: [{ product: 'A-red', at: now }] }
    expect(ids({ strategy: 'popular', filters: { notBought: true } }, person)).toEqual([
      'F',
      'B',
      'C',
    ])
  })
  test('of one category no more than is wanted', () => {
    expect(ids({ strategy: 'popular', perCategory: 1 })).toEqual(['F', 'B', 'C'])
  })
  test('the favourite category is what is bought most, or else looked at most; a stranger has none', () => {
    const recipe = { strategy: 'popular', filters: { favouriteCategory: true } }
    expect(ids(recipe, { favouriteCategory: '간식' })).toEqual(['F'])
    expect(ids(recipe, { viewed: ['F', 'N', 'A'] })).toEqual(['F'])
    expect(ids(recipe)).toEqual([])
  })
})

describe('the chain', () => {
  test('goes on where a way has too little, and says which way found each', () => {
    const recipe = Recipe.parse({ strategy: 'bought_together', fallback: ['popular'], limit: 4 })
    const found = choose(recipe, tables, { person: { ...unknownOnlooker, carted: ['A'] }, now })
    expect(found.map((one) => [one.product, one.strategy])).toEqual([
      ['B', 'bought_together'],
      ['C', 'bought_together'],
      ['F', 'popular'],
    ])
  })
  test('with fewer than wanted at least there is nothing', () => {
    const recipe = { strategy: 'bought_together', atLeast: 3 }
    expect(ids(recipe, { carted: ['A'] })).toEqual([])
    const all = find(Recipe.parse(recipe), tables, {
      person: { ...unknownOnlooker, carted: ['A'] },
      now,
    })
    expect(all).toHaveLength(2)
  })
  test('an empty shop gives nothing and does not fail', () => {
    const none = tablesOf(() => [], [])
    for (const strategy of ['popular', 'similar', 'repurchase', 'new_arrivals'] as const)
      expect(choose(Recipe.parse({ strategy }), none, { person: unknownOnlooker, now })).toEqual([])
  })
  test('the same seed gives the same products, another one others that are worth the same', () => {
    const alike = tablesOf(
      (kind) => (kind === 'popular' ? shelf.map((one) => ranked(one.id, 1)) : []),
      shelf,
    )
    const order = (seed: string) =>
      choose(Recipe.parse({ strategy: 'popular', limit: 4 }), alike, {
        person: unknownOnlooker,
        now,
        seed,
      }).map((one) => one.product)
    expect(order('7')).toEqual(order('7'))
    expect(
      new Set(['1', '2', '3', '4', '5'].map((seed) => order(seed).join())).size,
    ).toBeGreaterThan(1)
  })
  test('a recipe that wants more than it gives, or chosen products without any, is refused', () => {
    expect(Recipe.safeParse({ strategy: 'popular', limit: 2, atLeast: 3 }).success).toBe(false)
    expect(Recipe.safeParse({ strategy: 'chosen' }).success).toBe(false)
  })
})
