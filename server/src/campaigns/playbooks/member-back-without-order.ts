import { Recipe } from '../../recommendations/recipe.ts'
import { memberWithoutOrder } from './people.ts'
import { bare, type Language, type Playbook } from './playbook.ts'
import { type PageWords, productsOnPage } from './products-on-page.ts'

const id = 'member_back_without_order'

/** Where they left off, else what makes a good beginning. */
const products = Recipe.parse({
  strategy: 'recently_viewed',
  fallback: ['best_first_products', 'popular'],
  limit: 3,
  atLeast: 1,
})

/** A member who never bought is back: greeted at once, once in 7 days. Off site it is signup_no_purchase_visit. */
export const memberBackWithoutOrder: Playbook = {
  id,
  family: 'promotion',
  name: { ko: '가입 후 미구매 회원이 다시 온 때 (상점 화면)', en: 'Back without a first order' },
  about: {
    ko: '아직 사지 않은 회원이 다시 오면 첫 화면에서 바로 반겨요. 보던 상품을 먼저, 없으면 첫 구매로 좋은 상품을 보여줘요. 쿠폰은 넣지 않았어요.',
    en: 'Greets members without an order at the first page of their next visit, with what they looked at, or else with good first products. There is no coupon in it.',
  },
  enters: {
    ko: '지난 방문에서 사지 않고 나간 회원의 다음 방문. 7일에 한 번이에요.',
    en: 'The next visit of members who left without an order; once in 7 days.',
  },
  segments: [memberWithoutOrder],
  flow: (language, made = bare) =>
    productsOnPage(
      {
        id,
        trigger: { visitor: 'returning', when: [{ kind: 'now' }], often: 'week' },
        audience: memberWithoutOrder.key,
        form: 'sheet',
        recommend: products,
        goal: { windowHours: 7 * 24 },
      },
      words[language],
      { language, made },
    ),
}

const words: { readonly [L in Language]: PageWords } = {
  ko: {
    heading: '{{ customer.name | nim }}, 다시 와 주셔서 고마워요',
    text: '이런 상품은 어떠세요?',
    look: '상품 보기',
  },
  en: {
    heading: 'Good to see you again',
    text: 'How about one of these?',
    look: 'See the product',
  },
}
