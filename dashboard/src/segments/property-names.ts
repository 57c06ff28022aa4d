import { inLanguage, type Language, words } from '../app/language.ts'

/** Properties and traits in words. */
const nouns = words({
  value: { ko: '금액', en: 'value' },
  revenue: { ko: '매출', en: 'revenue' },
  total: { ko: '총액', en: 'total' },
  quantity: { ko: '수량', en: 'quantity' },
  price: { ko: '가격', en: 'price' },
  product_id: { ko: '상품 번호', en: 'product number' },
  sku: { ko: '품목 코드', en: 'SKU' },
  name: { ko: '상품 이름', en: 'product name' },
  category: { ko: '카테고리', en: 'category' },
  brand: { ko: '브랜드', en: 'brand' },
  variant: { ko: '옵션', en: 'option' },
  query: { ko: '검색어', en: 'search words' },
  order_id: { ko: '주문 번호', en: 'order number' },
  coupon: { ko: '쿠폰', en: 'coupon' },
  currency: { ko: '통화', en: 'currency' },
  url: { ko: '페이지 주소', en: 'page address' },
  url_path: { ko: '페이지 경로', en: 'page path' },
  path: { ko: '페이지 경로', en: 'page path' },
  title: { ko: '페이지 제목', en: 'page title' },
  referrer: { ko: '들어온 곳', en: 'referrer' },
  campaign_id: { ko: '캠페인', en: 'campaign' },
  channel: { ko: '채널', en: 'channel' },
  method: { ko: '방법', en: 'method' },
  payment_method: { ko: '결제 수단', en: 'payment method' },
  results: { ko: '검색 결과 수', en: 'search results' },
  dwell_seconds: { ko: '머문 시간(초)', en: 'seconds on the page' },
  position: { ko: '순서', en: 'position' },
  grade: { ko: '등급', en: 'grade' },
  birthday: { ko: '생일', en: 'birthday' },
  city: { ko: '지역', en: 'city' },
  gender: { ko: '성별', en: 'gender' },
  age: { ko: '나이', en: 'age' },
})

const order = ['name', 'category', 'query', 'value', 'quantity', 'price', 'brand']

/** Where a property stands in a list: those asked for most, those with a word, the rest. */
export function knownRank(path: string): number {
  const place = order.indexOf(path)
  if (place >= 0) return place
  return path in nouns ? order.length : order.length + 1
}

/** A property in words; one we do not know stays as the shop wrote it. */
export function propertyNoun(path: string, language: Language): string {
  const known = inLanguage(nouns, language)
  const last = path.split('.').at(-1) ?? path
  if (path in known) return known[path as keyof typeof known]
  const noun = last in known ? known[last as keyof typeof known] : undefined
  return noun && /^(products\.\d+|context)/.test(path) ? `${noun}` : path
}
