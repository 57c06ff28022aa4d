import { words } from '../../app/language.ts'

export const numberText = words({
  title: { ko: '숫자 맞춰보기', en: 'Match the numbers' },
  purpose: {
    ko: '쇼핑몰의 숫자와 단골의 숫자를 나란히 놓고, 다르게 센 주문을 하나씩 까닭과 함께 보여 드려요.',
    en: 'Your shop’s numbers beside ours, with every order that counts differently and why.',
  },
  files: { ko: '파일로 가져오기', en: 'Bring files' },
  figures: { ko: '숫자마다 무엇을 세나요', en: 'What each number counts' },
  period: { ko: '기간', en: 'Period' },
  yesterday: { ko: '어제', en: 'Yesterday' },
  week: { ko: '지난 7일', en: 'Last 7 days' },
  month: { ko: '지난달', en: 'Last month' },
  matches: { ko: '모두 맞아요', en: 'Everything matches' },
  matchesText: {
    ko: (orders: string, at: string) => `주문 ${orders}건이 쇼핑몰과 같아요. ${at}에 확인했어요.`,
    en: (orders: string, at: string) =>
      `${orders} orders are the same as at the shop. Looked at ${at}.`,
  },
  noOrders: { ko: '이 기간에는 견줄 주문이 없어요', en: 'No orders to compare in this period' },
  noOrdersText: {
    ko: '더 긴 기간을 고르거나, 최근 주문이 든 파일을 놓아 주세요.',
    en: 'Choose a longer period, or drop a file with newer orders.',
  },
  differs: {
    ko: (n: string) => `다르게 센 것이 ${n}건 있어요`,
    en: (n: string) => `${n} count differently`,
  },
  differsText: {
    ko: '아래에서 까닭을 확인해 주세요. 같은 주문은 빼고 다른 것만 보여요.',
    en: 'See why below. Only what differs is listed.',
  },
  what: { ko: '항목', en: 'Figure' },
  shop: { ko: '쇼핑몰', en: 'Shop' },
  ours: { ko: '단골', en: 'Here' },
  difference: { ko: '차이', en: 'Difference' },
  orders: { ko: '결제된 주문', en: 'Paid orders' },
  paid: { ko: '결제금액', en: 'Paid amount' },
  refunded: { ko: '그 주문의 환불', en: 'Refunds of those orders' },
  members: { ko: '가입한 회원', en: 'Members who joined' },
  same: { ko: '같아요', en: 'same' },
  reasons: { ko: '다르게 센 주문', en: 'Orders that count differently' },
  order: { ko: '주문', en: 'Order' },
  at: { ko: '때', en: 'When' },
  notCounted: { ko: '세지 않음', en: 'not counted' },
  unknownMembers: { ko: '아직 들어오지 않은 회원', en: 'Members not here yet' },
  more: {
    ko: (n: string) => `모두 ${n}건 가운데 최근 것부터 500건이에요.`,
    en: (n: string) => `The newest 500 of ${n}.`,
  },
  sources: { ko: '쇼핑몰 숫자가 온 곳', en: 'Where the shop’s numbers come from' },
  source: {
    ko: (orders: string, members: string) => `주문 ${orders}건 · 회원 ${members}명`,
    en: (orders: string, members: string) => `${orders} orders · ${members} members`,
  },
  seen: { ko: (at: string) => `${at}까지 들은 것`, en: (at: string) => `as heard ${at}` },
  byFile: { ko: '파일', en: 'Files' },
  empty: { ko: '아직 견줄 것이 없어요', en: 'Nothing to compare yet' },
  emptyText: {
    ko: '쇼핑몰을 연결하거나 주문 파일을 놓으면, 단골이 센 숫자와 나란히 볼 수 있어요.',
    en: 'Connect your shop or drop a file of orders to see its numbers beside ours.',
  },
  noMembers: { ko: '회원 파일이 없어요', en: 'no members told' },
})

export const reasonNames = words({
  missing: { ko: '아직 들어오지 않았어요', en: 'Not here yet' },
  naver_pay: {
    ko: '네이버페이로 결제돼 상점 페이지에는 남지 않았어요',
    en: 'Paid with Naver Pay: the shop’s pages never saw it',
  },
  unpaid: { ko: '쇼핑몰에서는 아직 입금 전이에요', en: 'Still unpaid at the shop' },
  cancelled_there: { ko: '쇼핑몰에서 취소됐어요', en: 'Cancelled at the shop' },
  cancelled_here: { ko: '단골에는 취소로 들어와 있어요', en: 'Cancelled here' },
  page_only: {
    ko: '페이지에만 찍혔고 쇼핑몰에는 없는 주문이에요',
    en: 'Only a page told of it; the shop has none',
  },
  unknown_there: {
    ko: '쇼핑몰이 준 기록에 없어요. 파일의 기간을 확인해 주세요',
    en: 'Not in what the shop gave: look at the period of the file',
  },
  doubled: { ko: '같은 주문이 두 이름으로 들어왔어요', en: 'One order told under two names' },
  time_zone: { ko: '시간대가 달라 다른 날로 세었어요', en: 'Another day by another time zone' },
  other_day: { ko: '결제한 날이 서로 달라요', en: 'Paid on different days' },
  delivery_fee: { ko: '배송비만큼 달라요', en: 'Differs by the delivery fee' },
  order_discount: { ko: '주문 할인만큼 달라요', en: 'Differs by the order’s discount' },
  refund: { ko: '환불이 한쪽에만 있어요', en: 'A refund stands on one side only' },
  amount: { ko: '금액이 달라요', en: 'Another amount' },
})

export const figureText = words({
  title: { ko: '숫자마다 무엇을 세나요', en: 'What each number counts' },
  purpose: {
    ko: '화면마다 같은 말은 같은 뜻이에요. 모든 화면의 숫자를 한곳에 적었어요.',
    en: 'The same word means the same on every page. All of it in one place.',
  },
  back: { ko: '숫자 맞춰보기', en: 'Match the numbers' },
})
