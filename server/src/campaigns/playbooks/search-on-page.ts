import { Recipe } from '../../recommendations/recipe.ts'
import type { When } from '../page/page-trigger.ts'
import { bare, type Language, type Playbook } from './playbook.ts'
import { type PageWords, productsOnPage } from './products-on-page.ts'

const id = 'search_on_page'

/** What others bought after the same words; best-sellers that have nothing to do with the search would only stand in its way. */
const found = Recipe.parse({ strategy: 'searched', limit: 3, atLeast: 1 })

/** The search told which words were looked for. */
const searched: When = {
  kind: 'event',
  event: 'Products Searched',
  filter: { kind: 'property', path: 'query', is: { type: 'any', op: 'exists' } },
}

/** On the page of results, at once: what those bought who searched the same. The off-site reminder is search_no_purchase. */
export const searchOnPage: Playbook = {
  id,
  family: 'journey',
  name: { ko: '검색한 순간 (상점 화면)', en: 'Just searched, on the page' },
  about: {
    ko: '검색 결과 화면에서 바로, 같은 말을 검색한 고객이 산 상품을 한 줄 장점과 평점, 가격까지 보여줘요. 혜택은 넣지 않았어요. 무료배송이나 쿠폰을 주려면 메시지에 글이나 쿠폰을 더하세요.',
    en: 'On the page of results, at once: what people bought after the same search, with its benefit, rating and price. There is no offer in it: add a text or a coupon to give one.',
  },
  enters: {
    ko: '상품을 검색한 방문자. 방문마다 한 번이고, 그 검색어로 산 상품이 없으면 나오지 않아요.',
    en: 'Whoever searches, once a visit; nothing is shown where nobody bought after that search.',
  },
  flow: (language, made = bare) =>
    productsOnPage(
      {
        id,
        trigger: { when: [searched], often: 'visit' },
        form: 'sheet',
        recommend: found,
        goal: { windowHours: 168 },
      },
      words[language],
      { language, made },
    ),
}

const words: { readonly [L in Language]: PageWords } = {
  ko: { heading: '이 검색어로 많이 산 상품이에요', look: '상품 보기' },
  en: { heading: 'Bought after this search', look: 'See the product' },
}
