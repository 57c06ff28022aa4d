import { inLanguage, type Language, words } from '../app/language.ts'

/** Event names as things to pick and count. */
const nouns = words({
  'Page Viewed': { ko: '페이지 조회', en: 'page view' },
  'Page Left': { ko: '페이지 떠남', en: 'page left' },
  'Screen Viewed': { ko: '화면 조회', en: 'screen view' },
  'Product Viewed': { ko: '상품 조회', en: 'product view' },
  'Product List Viewed': { ko: '상품 목록 조회', en: 'list view' },
  'Products Searched': { ko: '상품 검색', en: 'search' },
  'Product Clicked': { ko: '상품 클릭', en: 'product click' },
  'Product Added': { ko: '장바구니 담기', en: 'add to cart' },
  'Product Removed': { ko: '장바구니에서 빼기', en: 'removal from cart' },
  'Product Added to Wishlist': { ko: '찜하기', en: 'wishlist addition' },
  'Promotion Viewed': { ko: '배너·팝업 조회', en: 'banner or popup view' },
  'Promotion Clicked': { ko: '배너·팝업 클릭', en: 'banner or popup click' },
  'Promotion Dismissed': { ko: '배너·팝업 닫기', en: 'banner or popup closed' },
  'Promotion Blocked': { ko: '배너·팝업 막힘', en: 'banner or popup blocked' },
  'Cart Viewed': { ko: '장바구니 조회', en: 'cart view' },
  'Checkout Started': { ko: '결제 시작', en: 'checkout' },
  'Checkout Step Viewed': { ko: '결제 단계 보기', en: 'checkout step' },
  'Checkout Step Completed': { ko: '결제 단계 마침', en: 'checkout step done' },
  'Payment Info Entered': { ko: '결제 정보 입력', en: 'payment details' },
  'Payment Failed': { ko: '결제 실패', en: 'failed payment' },
  'Order Created': { ko: '주문서 작성', en: 'order placed' },
  'Order Completed': { ko: '주문', en: 'order' },
  'Order Shipped': { ko: '배송 시작', en: 'shipment' },
  'Order Delivered': { ko: '배송 완료', en: 'delivery' },
  'Order Cancelled': { ko: '주문 취소', en: 'cancellation' },
  'Order Refunded': { ko: '환불', en: 'refund' },
  'Price Dropped': { ko: '본 상품 가격 내림', en: 'price drop of a product they looked at' },
  'Back In Stock': { ko: '본 상품 재입고', en: 'return to stock of a product they looked at' },
  'Back In Stock Requested': { ko: '재입고 알림 신청', en: 'request to hear of the return' },
  'Product Reviewed': { ko: '후기 작성', en: 'review' },
  'Signed Up': { ko: '회원가입', en: 'sign-up' },
  'Signed In': { ko: '로그인', en: 'sign-in' },
  'Signed Out': { ko: '로그아웃', en: 'sign-out' },
  'Consent Changed': { ko: '수신동의 변경', en: 'consent change' },
  'Coupon Applied': { ko: '쿠폰 적용', en: 'coupon use' },
  'Coupon Expiring': { ko: '쿠폰 만료 임박', en: 'coupon about to end' },
  'Coupon Redeemed': { ko: '쿠폰 사용', en: 'coupon used' },
  'Coupon Issued': { ko: '쇼핑몰 쿠폰 받기', en: "coupon of the shop's own received" },
  'Coupon Used': { ko: '쇼핑몰 쿠폰 사용', en: "coupon of the shop's own used" },
  'Points Changed': { ko: '적립금 변동', en: 'change of points' },
  'Visit Started': { ko: '방문', en: 'visit' },
  'Visit Ended': { ko: '방문 마침', en: 'end of a visit' },
  'Message Sent': { ko: '메시지 수신', en: 'message received' },
  'Message Delivered': { ko: '메시지 접수', en: 'message taken' },
  'Message Opened': { ko: '메시지 열기', en: 'message opened' },
  'Message Clicked': { ko: '메시지 클릭', en: 'message click' },
  'Message Held Out': { ko: '대조군 참여', en: 'hold-out' },
  Identified: { ko: '회원 정보 갱신', en: 'profile update' },
})

/** Names that a shop usually sends, to pick before they arrive. */
export const knownEvents: readonly string[] = Object.keys(nouns)

/** The event as a noun; names we do not know stay as the shop wrote them. */
export function eventNoun(name: string, language: Language): string {
  const known = inLanguage(nouns, language)
  return name in known ? known[name as keyof typeof known] : name
}
