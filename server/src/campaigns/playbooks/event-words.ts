import type { Language } from './playbook.ts'

const nouns: Readonly<Record<string, { readonly ko: string; readonly en: string }>> = {
  'Product Viewed': { ko: '상품 조회', en: 'Product viewed' },
  'Products Searched': { ko: '상품 검색', en: 'Search' },
  'Product Added': { ko: '장바구니 담기', en: 'Added to cart' },
  'Checkout Started': { ko: '결제 시작', en: 'Checkout started' },
  'Payment Failed': { ko: '결제 실패', en: 'Payment failed' },
  'Order Completed': { ko: '주문', en: 'Order' },
  'Price Dropped': { ko: '본 상품 가격 내림', en: 'Price drop' },
  'Back In Stock': { ko: '재입고', en: 'Back in stock' },
  'Coupon Expiring': { ko: '쿠폰 만료 임박', en: 'Coupon about to end' },
  'Product Reviewed': { ko: '후기 작성', en: 'Review' },
  'Signed Up': { ko: '회원가입', en: 'Sign-up' },
  'Consent Changed': { ko: '수신동의', en: 'Consent' },
  'Visit Ended': { ko: '방문 마침', en: 'End of a visit' },
}

/** What an event of the playbooks is called; others stay as the shop wrote them. */
export function eventWords(name: string, language: Language): string {
  return nouns[name]?.[language] ?? name
}
