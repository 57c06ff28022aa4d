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
    ko: '화면마다 같은 말은 같은 뜻이에요. 헷갈리기 쉬운 것까지 한곳에 적었어요.',
    en: 'The same word means the same on every page. All of it in one place.',
  },
  back: { ko: '숫자 맞춰보기', en: 'Match the numbers' },
})

/** Every figure, in the order of a marketer's questions: what it is called, and what it counts. */
export const figures = [
  words({
    name: { ko: '주문', en: 'Orders' },
    says: {
      ko: '결제가 끝났고 취소되지 않은 주문이에요. 입금 전 주문은 결제되는 날부터 세요. 모두 환불된 주문도 결제된 날의 주문으로는 세지만, 첫 구매와 재구매를 따질 때는 빼요.',
      en: 'Orders that were paid and not cancelled. Unpaid ones count from the day they are paid. Fully refunded orders count as orders of their day, but not as a first or a repeated purchase.',
    },
  }),
  words({
    name: { ko: '언제의 주문인가요', en: 'Which day' },
    says: {
      ko: '주문한 때가 아니라 결제한 때로 세요. 하루는 상점 시간대의 자정부터 자정까지예요. 무통장입금은 입금을 확인한 날이에요.',
      en: 'By when it was paid, not ordered. A day runs from midnight to midnight in the shop’s time zone. Bank transfers count on the day they were confirmed.',
    },
  }),
  words({
    name: { ko: '퍼널의 주문', en: 'Orders of the funnel' },
    says: {
      ko: '퍼널은 방문에서 이어진 길을 따라가므로, 주문은 결제한 때가 아니라 주문서를 낸 때에 세요. 방문 없이 들어온 주문(쇼핑몰이나 파일이 알려준 주문)은 길에 들지 않아 홈보다 적어요.',
      en: 'The funnel follows ways that begin with a visit, so an order counts when it was placed, not paid. Orders without a visit (told by the shop or a file) are on no way: they are fewer than on home.',
    },
  }),
  words({
    name: { ko: '구매 고객', en: 'Buyers' },
    says: {
      ko: '상품이 하나라도 남은 주문이 있는 고객이에요. 모두 환불했거나 취소한 고객은 빼요. RFM, 고객 가치, 코호트, 첫 구매 상품의 구매 고객은 모두 이 뜻이고, 기간만 화면마다 달라요. RFM은 어젯밤 0시까지예요.',
      en: 'Customers with an order of which goods are left; who gave everything back or cancelled is none. RFM, value, cohorts and first purchases mean the same by it and differ only in the period. RFM stands at last midnight.',
    },
  }),
  words({
    name: { ko: '우리 직원', en: 'The shop’s own people' },
    says: {
      ko: '직원으로 표시한 고객은 홈과 분석, 캠페인 결과에서 빼요. 숫자 맞춰보기는 쇼핑몰의 숫자와 견주는 곳이라 직원의 주문도 세요.',
      en: 'Customers marked as the shop’s own are left out of home, insight and results. Matching the numbers counts their orders, because the shop does.',
    },
  }),
  words({
    name: { ko: '결제금액', en: 'Paid amount' },
    says: {
      ko: '고객이 낸 돈이에요. 배송비를 더하고, 쿠폰·등급 할인·적립금을 뺀 금액이에요. 환불은 빼지 않아요.',
      en: 'What customers paid: with delivery, less coupons, grade discounts and points. Refunds are not taken off.',
    },
  }),
  words({
    name: { ko: '환불', en: 'Refunds' },
    says: {
      ko: '그 기간에 결제한 주문에서 지금까지 돌려준 금액이에요. 환불한 날이 언제든 그 주문에 붙여 세요.',
      en: 'What has been given back of the orders paid in the period, whenever that was.',
    },
  }),
  words({
    name: { ko: '매출', en: 'Revenue' },
    says: {
      ko: '결제금액에서 환불을 뺀 금액이에요. 홈과 분석의 매출은 모두 이 뜻이에요.',
      en: 'The paid amount less refunds, everywhere on home and in insight.',
    },
  }),
  words({
    name: { ko: '상품별 매출', en: 'Revenue of a product' },
    says: {
      ko: '주문 전체에 걸린 할인은 줄마다 금액에 비례해 나눠요. 나눈 값을 더하면 주문의 할인과 정확히 같아요. 배송비는 상품이 아니라 따로 세요.',
      en: 'A discount on the whole order is spread over its lines by their amounts; the parts add up to it exactly. The delivery fee is no product.',
    },
  }),
  words({
    name: { ko: '회원', en: 'Members' },
    says: {
      ko: '상점의 회원 아이디가 있는 고객이에요. 가입한 날은 쇼핑몰이 알려준 가입일이에요. 탈퇴한 회원은 세지 않아요.',
      en: 'Customers with a member id of the shop, joined on the day the shop says. Those who left do not count.',
    },
  }),
  words({
    name: { ko: '비회원 주문', en: 'Guest orders' },
    says: {
      ko: '주문에 적힌 휴대전화와 이메일로 같은 사람을 알아봐요. 050 안심번호로는 알아보지 않아요. 누구인지 알 수 없는 주문도 주문과 매출에는 세고, 고객을 세는 숫자에서는 빼요.',
      en: 'Guests are recognised by the phone and e-mail of their orders, never by 050 relay numbers. Orders of nobody count as orders and revenue, and in no number of people.',
    },
  }),
  words({
    name: { ko: '네이버페이·마켓 주문', en: 'Naver Pay and marketplaces' },
    says: {
      ko: '쇼핑몰이나 파일이 알려준 주문은 모두 세요. 스마트스토어 주문은 숫자에만 들어가고, 그 구매자에게는 메시지를 보내지 않아요.',
      en: 'All that the shop or its files tell. SmartStore orders are in the numbers only; their buyers are never written to.',
    },
  }),
  words({
    name: { ko: '페이지와 쇼핑몰의 말이 다를 때', en: 'When a page and the shop disagree' },
    says: {
      ko: '페이지에서 온 구매는 쇼핑몰의 기록이 들어오면 그 기록으로 바뀌어요. 연결된 쇼핑몰의 말이 파일보다 앞서요.',
      en: 'A purchase told by a page gives way to the shop’s own record; a connected shop’s word comes before a file’s.',
    },
  }),
  words({
    name: { ko: '메시지로 늘어난 매출', en: 'Caused revenue' },
    says: {
      ko: '메시지를 받은 사람과 일부러 보내지 않은 대조군을 견줘 늘어난 만큼만 세요. 메시지 뒤에 산 금액을 모두 더한 값이 아니에요.',
      en: 'Only the difference between people who were messaged and those left out on purpose; never a sum of what followed.',
    },
  }),
] as const
