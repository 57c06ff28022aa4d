import { inLanguage, type Language, words } from '../app/language.ts'
import { money } from '../design/format.ts'

type Properties = Readonly<Record<string, unknown>>

/** Segment's event names in the words of a shop; names we do not know stay as the shop wrote them. */
const names = words({
  'Page Viewed': { ko: '페이지를 봤어요', en: 'Viewed a page' },
  'Page Left': { ko: '페이지를 떠났어요', en: 'Left a page' },
  'Screen Viewed': { ko: '화면을 봤어요', en: 'Viewed a screen' },
  'Product Viewed': { ko: '상품을 봤어요', en: 'Viewed a product' },
  'Price Dropped': {
    ko: '본 상품의 가격이 내려갔어요',
    en: 'A product they looked at got cheaper',
  },
  'Back In Stock': { ko: '본 상품이 다시 들어왔어요', en: 'A product they looked at is back' },
  'Back In Stock Requested': {
    ko: '재입고 알림을 신청했어요',
    en: 'Asked to hear of a return to stock',
  },
  'Product Shared': { ko: '상품을 공유했어요', en: 'Shared a product' },
  'Product Reviewed': { ko: '후기를 남겼어요', en: 'Wrote a review' },
  'Product List Viewed': { ko: '상품 목록을 봤어요', en: 'Viewed a list' },
  'Products Searched': { ko: '상품을 검색했어요', en: 'Searched' },
  'Product Clicked': { ko: '상품을 눌렀어요', en: 'Clicked a product' },
  'Product Added': { ko: '장바구니에 담았어요', en: 'Added to cart' },
  'Product Removed': { ko: '장바구니에서 뺐어요', en: 'Removed from cart' },
  'Product Added to Wishlist': { ko: '찜했어요', en: 'Added to wishlist' },
  'Product Removed from Wishlist': { ko: '찜을 풀었어요', en: 'Removed from wishlist' },
  'Wishlist Product Added to Cart': {
    ko: '찜한 상품을 장바구니에 담았어요',
    en: 'Added to cart from the wishlist',
  },
  'Promotion Viewed': { ko: '배너나 팝업을 봤어요', en: 'Saw a banner or popup' },
  'Promotion Clicked': { ko: '배너나 팝업을 눌렀어요', en: 'Clicked a banner or popup' },
  'Promotion Dismissed': { ko: '배너나 팝업을 닫았어요', en: 'Closed a banner or popup' },
  'Promotion Blocked': { ko: '배너나 팝업이 막혔어요', en: 'A banner or popup was blocked' },
  'Cart Viewed': { ko: '장바구니를 봤어요', en: 'Viewed the cart' },
  'Checkout Started': { ko: '결제를 시작했어요', en: 'Started checkout' },
  'Checkout Step Viewed': { ko: '결제 단계를 봤어요', en: 'Viewed a checkout step' },
  'Checkout Step Completed': { ko: '결제 단계를 마쳤어요', en: 'Finished a checkout step' },
  'Payment Info Entered': { ko: '결제 정보를 넣었어요', en: 'Entered payment details' },
  'Payment Failed': { ko: '결제에 실패했어요', en: 'A payment failed' },
  'Order Created': { ko: '주문을 만들었어요', en: 'Placed an order' },
  'Order Completed': { ko: '주문했어요', en: 'Ordered' },
  'Order Shipped': { ko: '주문한 상품이 출발했어요', en: 'An order was shipped' },
  'Order Delivered': { ko: '주문한 상품이 도착했어요', en: 'An order was delivered' },
  'Order Cancelled': { ko: '주문을 취소했어요', en: 'Cancelled an order' },
  'Order Refunded': { ko: '환불받았어요', en: 'Was refunded' },
  'Order Updated': { ko: '주문이 바뀌었어요', en: 'An order changed' },
  'Coupon Applied': { ko: '쿠폰을 적용했어요', en: 'Applied a coupon' },
  'Signed Up': { ko: '회원가입했어요', en: 'Signed up' },
  'Signed In': { ko: '로그인했어요', en: 'Signed in' },
  'Signed Out': { ko: '로그아웃했어요', en: 'Signed out' },
  Identified: { ko: '누구인지 알게 됐어요', en: 'Was identified' },
  Aliased: { ko: '두 기록이 한 사람이 됐어요', en: 'Two records became one person' },
  Grouped: { ko: '그룹에 들어갔어요', en: 'Joined a group' },
  'Consent Changed': { ko: '수신동의가 바뀌었어요', en: 'Consent changed' },
  'Consent Confirmation Asked': {
    ko: '수신동의 확인 메시지를 부탁했어요',
    en: 'Asked to be sent a confirmation of consent',
  },
  'Product Updated': { ko: '상품 정보가 바뀌었어요', en: 'A product changed' },
  'Visit Started': { ko: '방문을 시작했어요', en: 'Visit began' },
  'Visit Ended': { ko: '방문을 마쳤어요', en: 'Visit ended' },
  'Entered Segment': { ko: '세그먼트에 들어왔어요', en: 'Entered a segment' },
  'Left Segment': { ko: '세그먼트에서 나갔어요', en: 'Left a segment' },
  'Customer Merged': { ko: '흩어진 기록이 합쳐졌어요', en: 'Records were merged' },
  'Customer Edited': { ko: '정보가 수정됐어요', en: 'Was edited' },
  'Facts Written': { ko: '밤사이 점수가 새로 매겨졌어요', en: 'Was scored anew at night' },
  'Customer Erased': { ko: '개인정보를 지웠어요', en: 'Personal data was erased' },
  'Coupon Issued': { ko: '쇼핑몰 쿠폰을 받았어요', en: "Was given a coupon of the shop's own" },
  'Coupon Used': { ko: '쇼핑몰 쿠폰을 썼어요', en: "Used a coupon of the shop's own" },
  'Points Changed': { ko: '적립금이 바뀌었어요', en: 'Points changed' },
  'Coupon Entered': { ko: '쿠폰 번호를 넣었어요', en: 'Entered a coupon' },
  'Coupon Denied': { ko: '쿠폰을 쓸 수 없었어요', en: 'A coupon was denied' },
  'Coupon Removed': { ko: '쿠폰을 뺐어요', en: 'Removed a coupon' },
  'Coupon Expiring': { ko: '쓰지 않은 쿠폰이 곧 끝나요', en: 'An unused coupon ends soon' },
  'Coupon Redeemed': { ko: '쿠폰을 썼어요', en: 'Used a coupon' },
  'Coupon Returned': {
    ko: '주문이 취소돼 쿠폰을 돌려받았어요',
    en: 'Got a coupon back from an order that came to nothing',
  },
  'Campaign Called': { ko: '캠페인이 불렀어요', en: 'Was called into a campaign' },
  'Step Done': { ko: '캠페인의 한 단계를 마쳤어요', en: 'Went through a step of a campaign' },
  'List Changed': { ko: '목록이 바뀌었어요', en: 'Was put on a list or taken off' },
  'Message Queued': { ko: '메시지를 보내기로 했어요', en: 'A message was queued' },
  'Message Refused': { ko: '메시지를 보내지 않기로 했어요', en: 'A message was refused' },
  'Message Held Out': { ko: '대조군이라 일부러 보내지 않았어요', en: 'Held out on purpose' },
  'Message Sent': { ko: '메시지를 보냈어요', en: 'A message was sent' },
  'Message Delivered': { ko: '메시지가 접수됐어요', en: 'A message was taken' },
  'Message Opened': { ko: '메시지를 열었어요', en: 'Opened a message' },
  'Message Clicked': { ko: '메시지의 링크를 눌렀어요', en: 'Clicked a message' },
  'Message Bounced': { ko: '메시지가 반송됐어요', en: 'A message bounced' },
  'Message Complained': { ko: '스팸으로 신고했어요', en: 'Complained about a message' },
  'Message Failed': { ko: '메시지를 보내지 못했어요', en: 'A message could not be sent' },
  'Message Unconfirmed': {
    ko: '메시지가 갔는지 확인이 필요해요',
    en: 'A message may not have gone',
  },
})

/** What happened, in a few words: `장바구니에 담았어요`. */
export function eventName(name: string, language: Language): string {
  const known = inLanguage(names, language)
  return name in known ? known[name as keyof typeof known] : name
}

/** The part of an event a person would tell: the product, the search, the amount; empty when there is none. */
export function eventDetail(
  properties: Properties,
  { currency, language }: { readonly currency: string; readonly language: Language },
): string {
  const text = (key: string) => textOf(properties, key)
  const said = consentSaid(properties, language) ?? pointsSaid(properties, language)
  if (said) return said
  const number = (key: string) => {
    const value = properties[key]
    return typeof value === 'number' && Number.isFinite(value) ? value : undefined
  }
  const amount = number('total') ?? number('revenue') ?? number('value')
  const inCurrency = text('currency') ?? currency
  const paid = amount === undefined ? undefined : moneyOr(amount, inCurrency, language)
  const query = text('query') ?? text('search_term')
  const product = text('name') ?? firstProduct(properties) ?? text('product_name')
  const list =
    text('pool_name') ??
    text('coupon_name') ??
    text('list_name') ??
    text('category') ??
    text('segment_name')
  const place = text('title') ?? text('path') ?? text('url')
  const order = text('order_id')
  if (query) return `“${query}”`
  const stay = stayed(properties, language)
  if (stay) return [place, stay].filter((part) => part !== undefined).join(' · ')
  const price = number('price')
  const each = price === undefined ? undefined : moneyOr(price, inCurrency, language)
  const quantity = number('quantity')
  const many = quantity !== undefined && quantity > 1 ? `× ${quantity}` : undefined
  const told = product ? [product, many, paid ?? each] : [list ?? place ?? order, paid]
  return told.filter((part) => part !== undefined).join(' · ')
}

/** What came or went, and what is there: `+1,000 · 남은 적립금 1,700`; undefined for any other event. */
function pointsSaid(properties: Properties, language: Language): string | undefined {
  const { points_change: change, points_balance: balance } = properties
  if (typeof change !== 'number' || typeof balance !== 'number') return undefined
  const signed = `${change > 0 ? '+' : ''}${change.toLocaleString(language)}`
  const left = balance.toLocaleString(language)
  return `${signed} · ${language === 'ko' ? `남은 적립금 ${left}` : `${left} points left`}`
}

/** How long somebody was at a page and how far down they saw: `32초 · 80%까지`; empty where the page did not tell. */
function stayed(properties: Properties, language: Language): string {
  const { engaged_seconds: seconds, scroll_percent: percent } = properties
  if (typeof seconds !== 'number' || !Number.isFinite(seconds)) return ''
  const long = language === 'ko' ? `${Math.round(seconds)}초` : `${Math.round(seconds)} s`
  if (typeof percent !== 'number' || !Number.isFinite(percent)) return long
  const far = Math.round(percent)
  return `${long} · ${language === 'ko' ? `${far}%까지 봄` : `seen to ${far}%`}`
}

const channels = words({
  email: { ko: '이메일', en: 'e-mail' },
  sms: { ko: '문자', en: 'SMS' },
  kakao: { ko: '카카오', en: 'Kakao' },
  web_push: { ko: '웹 푸시', en: 'web push' },
  app_push: { ko: '앱 푸시', en: 'app push' },
  phone: { ko: '전화', en: 'phone' },
})
const scopes = words({
  ad_day: { ko: '광고', en: 'advertising' },
  ad_night: { ko: '야간 광고', en: 'advertising at night' },
  personal_data_marketing: {
    ko: '개인정보 마케팅 이용',
    en: 'personal data for marketing',
  },
})
const answers = words({
  grant: { ko: '동의', en: 'agreed' },
  refuse: { ko: '거부', en: 'refused' },
  withdraw: { ko: '철회', en: 'withdrawn' },
})

/** What a change of consent says: `이메일 · 야간 광고 · 동의`; undefined for any other event. */
function consentSaid(properties: Properties, language: Language): string | undefined {
  const parts = [
    [channels, textOf(properties, 'channel')],
    [scopes, textOf(properties, 'scope')],
    [answers, textOf(properties, 'kind')],
  ] as const
  const said = parts.map(([known, key]) => {
    const list: Readonly<Record<string, string>> = inLanguage(known, language)
    return key !== undefined && Object.hasOwn(list, key) ? list[key] : undefined
  })
  return said.every((part) => part !== undefined) ? said.join(' · ') : undefined
}

function textOf(properties: Properties, key: string): string | undefined {
  const value = properties[key]
  return typeof value === 'string' && value !== '' ? value : undefined
}

function moneyOr(amount: number, currency: string, language: Language): string {
  try {
    return money(amount, currency, language)
  } catch {
    return String(amount)
  }
}

function firstProduct(properties: Properties): string | undefined {
  const products = properties.products
  if (!Array.isArray(products)) return undefined
  const first: unknown = products[0]
  if (typeof first !== 'object' || first === null || !('name' in first)) return undefined
  return typeof first.name === 'string' ? first.name : undefined
}

export type EventKind = 'browse' | 'cart' | 'order' | 'person' | 'message' | 'ours'

/** What sort of thing an event is, for its mark and for filters. */
export function eventKind(name: string): EventKind {
  if (/^(Order|Checkout)/.test(name)) return 'order'
  if (/^(Product (Added|Removed)|Cart|Coupon)/.test(name)) return 'cart'
  if (/^(Signed|Identified|Aliased|Grouped|Consent|Customer)/.test(name)) return 'person'
  if (name.startsWith('Message')) return 'message'
  if (/^(Visit|Entered|Left)/.test(name)) return 'ours'
  return 'browse'
}
