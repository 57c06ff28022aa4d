import type { Ranked } from '../tables.ts'
import { favouriteCategoryOf } from '../tables.ts'
import type { Candidate, Way } from '../way.ts'

/** What is bought now: in the category of the page or of the person's liking first, then in the whole shop. */
export const popular: Way = {
  name: { ko: '인기 상품', en: 'Popular' },
  about: {
    ko: '요즘 많이 팔리는 상품이에요. 고객이 보고 있거나 좋아하는 분류에서 먼저 고르고, 모자라면 상점 전체에서 골라요.',
    en: 'What sells now, first in the category somebody looks at or likes, then in the whole shop.',
  },
  offer: ({ tables, person }) => {
    const category =
      person.category ??
      (person.product === undefined ? undefined : tables.product(person.product)?.category) ??
      favouriteCategoryOf(person, tables)
    const mates = category ? tables.popularIn(category) : []
    const inCategory = new Set(mates.map((one) => one.product))
    // The category stands before everything else whatever it sells.
    return [
      ...mates.map((one) => offered(one, one.score + 1e9, category)),
      ...tables
        .list('popular')
        .filter((one) => !inCategory.has(one.product))
        .map((one) => offered(one, one.score, undefined)),
    ]
  },
}

function offered(one: Ranked, score: number, category: string | null | undefined): Candidate {
  return {
    product: one.product,
    score,
    say: () => ({
      line: category
        ? { ko: `${category} 인기 상품`, en: `Popular in ${category}` }
        : { ko: '요즘 인기 상품', en: 'Popular now' },
      why: {
        ko: `최근 30일 동안 고객 ${one.count}명이 샀어요${category ? ` (${category} 분류)` : ''}.`,
        en: `Bought by ${one.count} people in the last 30 days${category ? ` (in ${category})` : ''}.`,
      },
    }),
  }
}
