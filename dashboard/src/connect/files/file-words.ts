import { words } from '../../app/language.ts'

export const kindNames = words({
  orders: { ko: '주문', en: 'Orders' },
  members: { ko: '회원', en: 'Members' },
  products: { ko: '상품', en: 'Products' },
  consents: { ko: '수신동의', en: 'Consents' },
})

export const layoutNames = words({
  cafe24: { ko: '카페24', en: 'Cafe24' },
  smartstore: { ko: '스마트스토어', en: 'SmartStore' },
  shopify: { ko: 'Shopify', en: 'Shopify' },
  imweb: { ko: '아임웹', en: 'Imweb' },
  own: { ko: '직접 만든 표', en: 'A table of your own' },
})

export const faultNames = words({
  no_order: { ko: '주문번호가 없어요', en: 'No order number' },
  no_product: { ko: '상품이 적혀 있지 않아요', en: 'Names no product' },
  no_person: {
    ko: '회원 아이디도, 알아볼 수 있는 전화번호나 이메일도 없어요',
    en: 'Neither a member id nor a phone or e-mail to know them by',
  },
  no_name: { ko: '이름이 없어요', en: 'No name' },
  bad_quantity: { ko: '수량을 읽을 수 없어요', en: 'Unreadable quantity' },
  bad_amount: { ko: '금액을 읽을 수 없어요', en: 'Unreadable amount' },
  no_date: { ko: '날짜를 읽을 수 없어요', en: 'Unreadable date' },
  future_date: { ko: '아직 오지 않은 날짜예요', en: 'A date to come' },
  doubled: { ko: '같은 줄이 또 있어요', en: 'The same line again' },
  rounded: {
    ko: '엑셀이 긴 번호를 줄여 적어(2.0E+15) 어느 것인지 알 수 없어요. 원래 파일을 놓아 주세요',
    en: 'Excel shortened a long number (2.0E+15): drop the file as it was exported',
  },
  heading: { ko: '제목 줄이 또 있어요', en: 'The headings again' },
  sum: { ko: '합계 줄이에요', en: 'A line of sums' },
})

export const noteNames = words({
  analytics_only: {
    ko: '스마트스토어 주문은 분석에만 쓰고, 구매자의 이름과 연락처는 저장하지 않아요.',
    en: 'SmartStore orders are for analysis only; buyers’ names and contacts are not kept.',
  },
  no_buyers: {
    ko: '누가 샀는지 알 수 있는 열이 없어요. 주문과 매출에는 세지만 고객과 이어지지 않아요.',
    en: 'No column says who bought: they count as orders and revenue, and belong to no customer.',
  },
  no_paid_column: {
    ko: '금액 열을 찾지 못했어요. 모두 0원으로 읽혀요.',
    en: 'No column of amounts was found: all read as 0.',
  },
  no_status_column: {
    ko: '주문 상태 열이 없어 모두 결제된 주문으로 읽었어요.',
    en: 'Without a column of states all orders count as paid.',
  },
  no_member_ids: {
    ko: '회원 아이디 열이 없어 전화번호로, 없으면 이메일로 알아봐요. 주문 파일의 회원 아이디와는 아직 이어지지 않으니, 아이디 열을 넣어 내려받으면 더 좋아요. 나중에 놓아도 같은 분으로 이어져요.',
    en: 'Without a column of member ids people are known by phone, or else by e-mail, and are not yet joined to the member ids of orders. Better export it with the ids; a later file with them joins the same people.',
  },
  no_join_dates: {
    ko: '가입일이 없는 회원은 오늘 가입한 것으로 적어요.',
    en: 'Members without a day of joining are noted as joined today.',
  },
  no_refund_dates: {
    ko: '환불한 날이 없어 결제한 날로 적어요.',
    en: 'Refunds without a day are noted on the day of payment.',
  },
  zeros_restored: {
    ko: '엑셀이 지운 전화번호 앞의 0을 되살렸어요.',
    en: 'Leading zeros of phone numbers that Excel dropped were restored.',
  },
  safe_numbers: {
    ko: '050 안심번호로는 사람을 알아보지 않고, 메시지도 보내지 않아요.',
    en: '050 relay numbers identify nobody and are never written to.',
  },
  other_sheets: {
    ko: '시트가 여러 개예요. 한 시트만 읽었으니, 다른 시트도 가져오려면 따로 저장해 놓아 주세요.',
    en: 'There are several sheets and one was read: save the others apart to bring them, too.',
  },
})

export const fieldNames = words({
  order: { ko: '주문번호', en: 'Order number' },
  item: { ko: '품목 주문번호', en: 'Line number' },
  orderedAt: { ko: '주문일시', en: 'Ordered at' },
  paidAt: { ko: '결제일시', en: 'Paid at' },
  status: { ko: '주문 상태', en: 'State' },
  claim: { ko: '취소·반품 상태', en: 'Claim' },
  memberId: { ko: '회원 아이디', en: 'Member id' },
  buyerName: { ko: '주문자 이름', en: 'Buyer’s name' },
  buyerEmail: { ko: '주문자 이메일', en: 'Buyer’s e-mail' },
  buyerPhone: { ko: '주문자 전화번호', en: 'Buyer’s phone' },
  productId: { ko: '상품 번호', en: 'Product id' },
  productName: { ko: '상품명', en: 'Product' },
  variant: { ko: '옵션', en: 'Option' },
  quantity: { ko: '수량', en: 'Quantity' },
  unitPrice: { ko: '개당 가격', en: 'Price of one' },
  optionPrice: { ko: '옵션 추가금', en: 'Option price' },
  lineGross: { ko: '품목 금액(할인 전)', en: 'Line before discounts' },
  lineNet: { ko: '품목 금액(할인 후)', en: 'Line after discounts' },
  lineDiscount: { ko: '품목 할인', en: 'Line discount' },
  orderDiscount: { ko: '주문 할인', en: 'Order discount' },
  deliveryFee: { ko: '배송비', en: 'Delivery fee' },
  paidAmount: { ko: '주문 결제금액', en: 'Paid for the order' },
  refundAmount: { ko: '환불금액', en: 'Refunded' },
  refundedAt: { ko: '환불일', en: 'Refunded at' },
  platformId: { ko: '쇼핑몰이 붙인 고유 번호', en: "The platform's own number" },
  channel: { ko: '주문 경로', en: 'Channel' },
  payment: { ko: '결제수단', en: 'Payment' },
  coupon: { ko: '쿠폰', en: 'Coupon' },
  currency: { ko: '통화', en: 'Currency' },
  name: { ko: '이름', en: 'Name' },
  email: { ko: '이메일', en: 'E-mail' },
  phone: { ko: '전화번호', en: 'Phone' },
  joinedAt: { ko: '가입일', en: 'Joined' },
  birthday: { ko: '생일', en: 'Birthday' },
  gender: { ko: '성별', en: 'Gender' },
  grade: { ko: '회원 등급', en: 'Grade' },
  price: { ko: '판매가', en: 'Price' },
  salePrice: { ko: '할인가', en: 'Sale price' },
  category: { ko: '분류', en: 'Category' },
  brand: { ko: '브랜드', en: 'Brand' },
  stock: { ko: '재고', en: 'Stock' },
  url: { ko: '상품 주소', en: 'Address' },
  imageUrl: { ko: '이미지 주소', en: 'Picture' },
  state: { ko: '판매 상태', en: 'State' },
})

export const stateNames = words({
  looking: { ko: '읽는 중', en: 'being read' },
  looked_at: { ko: '확인을 기다려요', en: 'waits for your word' },
  applying: { ko: '가져오는 중', en: 'being brought' },
  done: { ko: '가져왔어요', en: 'brought' },
  failed: { ko: '끝까지 못 했어요', en: 'could not be finished' },
  cancelled: { ko: '그만뒀어요', en: 'called off' },
})
