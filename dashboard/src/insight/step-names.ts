import { words } from '../app/language.ts'

/** The steps of the funnel as a marketer says them. */
export const stepNames = words({
  visit: { ko: '방문', en: 'Visit' },
  search: { ko: '검색', en: 'Search' },
  view: { ko: '상품 보기', en: 'Product' },
  cart: { ko: '장바구니', en: 'Cart' },
  checkout: { ko: '주문서', en: 'Checkout' },
  order: { ko: '주문', en: 'Order' },
})
