import { Recipe } from '../../recommendations/recipe.ts'
import { bare, type Language, type Playbook } from './playbook.ts'
import { type PageWords, productsOnPage } from './products-on-page.ts'

const id = 'cart_companions'

/** What goes with what was just put in the cart; what merely sells well is no companion. */
const companions = Recipe.parse({
  strategy: 'bought_together',
  fallback: ['viewed_together', 'similar'],
  limit: 3,
  atLeast: 1,
})

/** Right after something was put in the cart, on that very page: what goes with it. The off-site reminder is cart_abandonment. */
export const cartCompanions: Playbook = {
  id,
  family: 'journey',
  name: { ko: '장바구니에 담은 순간 (상점 화면)', en: 'Just carted, on the page' },
  about: {
    ko: '담자마자 그 화면에서 함께 사는 상품을 보여줘요. 혜택은 넣지 않았어요. 무료배송이나 쿠폰을 주려면 메시지에 글이나 쿠폰을 더하세요. 떠난 뒤에는 ‘장바구니 담은 후 미구매’가 이어가요.',
    en: 'Shows what goes with it at once, on the same page. There is no offer in it: add a text or a coupon to give free delivery or a discount. “Carted, no purchase” goes on after they leave.',
  },
  enters: {
    ko: '상품을 장바구니에 담은 방문자. 방문마다 한 번이고, 함께 사는 상품이 없으면 나오지 않아요.',
    en: 'Whoever puts a product in the cart, once a visit; nothing is shown where nothing goes with it.',
  },
  flow: (language, made = bare) =>
    productsOnPage(
      {
        id,
        trigger: { when: [{ kind: 'event', event: 'Product Added' }], often: 'visit' },
        form: 'slide',
        recommend: companions,
      },
      words[language],
      { language, made },
    ),
}

const words: { readonly [L in Language]: PageWords } = {
  ko: { heading: '함께 담으면 좋은 상품이에요', look: '상품 보기' },
  en: { heading: 'Goes well with it', look: 'See the product' },
}
