import { words } from '../../app/language.ts'

/** What of the shop is counted. */
export const shopFigures = [
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
] as const

/** What of visits is counted. */
export const visitFigures = [
  words({
    name: { ko: '방문', en: 'Visits' },
    says: {
      ko: '한 고객이 30분 넘게 쉬지 않고 이어서 한 일이에요. 30분을 쉬면 다음 방문이에요. 로봇과 직원은 빼요. 과거 주문을 파일로 가져와도 방문은 생기지 않아요.',
      en: 'What somebody does without a pause of 30 minutes; after one the next visit begins. Bots and the shop’s own people are left out. Past orders brought by file bring no visits.',
    },
  }),
  words({
    name: { ko: '고객', en: 'Customers' },
    says: {
      ko: '상점에 한 번이라도 온 사람이에요. 이름을 모르는 방문자도 한 명으로 세고, 같은 사람으로 확인되면 하나로 합쳐요.',
      en: 'Everybody who ever came, visitors without a name, too; who turns out to be one person counts once.',
    },
  }),
  words({
    name: { ko: '유입 경로', en: 'Channels' },
    says: {
      ko: '그 방문이 어디에서 시작됐는지예요. 링크의 utm_source, 없으면 건너온 사이트예요. 광고가 낸 효과를 뜻하지 않아요.',
      en: 'Where a visit began: its utm_source, or else the site it came from. It is no effect of an ad.',
    },
  }),
  words({
    name: { ko: '여정 단계', en: 'Stages' },
    says: {
      ko: '고객은 마지막 주문 뒤에 어디까지 왔는지로 늘 다섯 단계 중 하나에만 있어요. 지금 이 순간의 수예요.',
      en: 'How far a customer came since their last order: always one of five, counted as of now.',
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
    name: { ko: '단계마다 남은 수', en: 'Left at each step' },
    says: {
      ko: '앞 단계를 모두 거친 길만 다음 단계에서 세요. 방문마다 볼 때는 한 방문 안에서, 고객마다 볼 때는 첫 방문부터 7일 안에서 따라가요.',
      en: 'A step counts those who passed all before it: within one visit, or by customer within seven days of the first one.',
    },
  }),
  words({
    name: { ko: '떠난 비율', en: 'Share that left' },
    says: {
      ko: '그 단계까지 온 것 가운데 다음 단계로 가지 않은 비율이에요. 아래의 구간은 수가 적어 생기는 흔들림이에요(95 %).',
      en: 'Of those who reached a step, the share that did not reach the next; the interval (95 %) is what small numbers leave open.',
    },
  }),
  words({
    name: { ko: '주문 비율', en: 'Share that ordered' },
    says: {
      ko: '첫 단계에서 시작해 주문까지 간 비율이에요. 상품이나 카테고리로 좁히면 그 상품을 본 것부터 세요.',
      en: 'Of all that began, the share that got to an order; narrowed to a product, of those who looked at it.',
    },
  }),
] as const
