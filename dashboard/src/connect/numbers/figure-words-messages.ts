import { words } from '../../app/language.ts'

/** What of messages, and of what they caused, is counted. */
export const messageFigures = [
  words({
    name: { ko: '보낸 메시지', en: 'Sent messages' },
    says: {
      ko: '발송사가 받은 메시지(통)예요. 나중에 실패했다고 알려 오면 빼요. 받았는지 알 수 없는 것(미발송 확인 필요), 테스트 발송, 직원에게 보낸 것은 세지 않아요.',
      en: 'Messages the provider took, less those it reported as failed later. Unconfirmed ones, tests and those to the shop’s own people do not count.',
    },
  }),
  words({
    name: { ko: '접수', en: 'Taken' },
    says: {
      ko: '발송사가 도착했다고 알려 온 메시지예요. 도착을 알려 주지 않는 곳(직접 연결한 메일 서버, 웹 푸시, 웹훅)은 받아 준 메시지를 세요. 메일은 접수됐어도 편지함에 보였다는 뜻은 아니에요. 보낸 메시지 목록에는 발송사가 확인해 준 것만 ‘도착’이라고 보여요.',
      en: 'Messages of which the provider said that they arrived; of those that never say so (a mail server of your own, web push, webhooks) what they took. Taken mail need not be in an inbox. The list of messages says “Delivered” only where a provider confirmed it.',
    },
  }),
  words({
    name: { ko: '누른 사람', en: 'Clicked' },
    says: {
      ko: '메시지의 링크를 한 번이라도 누른 고객이에요. 여러 번 눌러도 한 명이에요.',
      en: 'Customers who followed a link of the message at least once.',
    },
  }),
  words({
    name: { ko: '본 고객', en: 'Saw it' },
    says: {
      ko: '상점 화면의 메시지가 절반 넘게 1초 이상 보인 고객이에요. “보여주기로 한 횟수”는 보이기 전에 정한 횟수라 더 많아요.',
      en: 'Customers for whom half of it was in view for a second. “Chosen to be shown” is decided before that, and is more.',
    },
  }),
  words({
    name: { ko: '대조군', en: 'Held out' },
    says: {
      ko: '받을 차례였지만 일부러 보내지 않은 고객이에요. 고객마다 무작위로 한 번 정해지고 바뀌지 않아요.',
      en: 'Customers whose turn it was and who were left out on purpose: drawn at random once, and kept.',
    },
  }),
  words({
    name: { ko: '보내기로 한 고객', en: 'Meant to be sent to' },
    says: {
      ko: '보내기로 정해진 순간부터, 실제로 나갔든 못 나갔든 모두예요. 나간 사람만 세면 대조군과 견줄 수 없어요.',
      en: 'Everybody from the moment it was decided, whether it left or not: counting only what left could not be compared with the held out.',
    },
  }),
  words({
    name: { ko: '메시지로 늘어난 매출', en: 'Caused revenue' },
    says: {
      ko: '메시지를 받은 사람과 일부러 보내지 않은 대조군을 견줘 늘어난 만큼만 세요. 메시지 뒤에 산 금액을 모두 더한 값이 아니에요.',
      en: 'Only the difference between people who were messaged and those left out on purpose; never a sum of what followed.',
    },
  }),
  words({
    name: { ko: '차이와 구간', en: 'Difference and interval' },
    says: {
      ko: '보내기로 한 고객과 대조군의 차이예요. 구간은 매일 들여다봐도 맞는 95 % 구간이에요. 0을 지나면 아직 알 수 없다는 뜻이에요.',
      en: 'Those meant to be sent to against the held out. The 95 % interval stays right however often you look; one that crosses 0 says that nothing is known yet.',
    },
  }),
  words({
    name: { ko: '가입, 다시 방문, 구매', en: 'Sign-up, coming back, purchase' },
    says: {
      ko: '보내기로 정한 때부터 캠페인이 정한 기간 안에 한 번이라도 그렇게 한 고객의 비율이에요.',
      en: 'The share of people who did so at least once within the campaign’s window after the decision.',
    },
  }),
  words({
    name: { ko: '구매 완료율', en: 'Completion rate' },
    says: {
      ko: '장바구니나 주문서에서 시작하는 캠페인에서, 기간 안에 주문한 고객의 비율이에요.',
      en: 'For campaigns that begin with a cart or a checkout: the share that ordered within the window.',
    },
  }),
  words({
    name: { ko: '1인당 주문 수, 매출, 이익', en: 'Orders, revenue, profit per person' },
    says: {
      ko: '사지 않은 고객까지 나눈 평균이에요. 매출은 환불을 뺀 값, 이익은 마진을 곱하고 쿠폰과 발송비를 뺀 값이에요.',
      en: 'Means over everybody, also who bought nothing. Revenue is less refunds; profit is revenue times the margin, less coupons and sending.',
    },
  }),
  words({
    name: { ko: '수신거부, 불만 신고, 환불한 고객', en: 'Opt-outs, complaints, refunds' },
    says: {
      ko: '기간 안에 그렇게 한 고객의 비율을 대조군과 견줘요. 나빠지면 안 되는 것이에요.',
      en: 'The shares that did so within the window, against the held out: what must not get worse.',
    },
  }),
  words({
    name: { ko: '기여로 센 주문', en: 'Attributed orders' },
    says: {
      ko: '메시지를 받거나 누른 뒤의 주문을 모두 센 기록이에요. 메시지가 없어도 샀을 주문까지 들어가서, 늘어난 매출보다 커요.',
      en: 'A record of all orders after a message or a click. It holds orders that would have come anyway, so it is more than what was caused.',
    },
  }),
] as const

/** What of coupons is counted. */
export const couponFigures = [
  words({
    name: { ko: '발급, 사용, 사용률', en: 'Issued, used, rate' },
    says: {
      ko: '고객에게 나간 쿠폰과, 주문에 번호가 함께 들어온 쿠폰이에요. 사용률은 사용을 발급으로 나눈 값이에요.',
      en: 'Coupons that went to customers, those whose code came with an order, and the one by the other.',
    },
  }),
  words({
    name: { ko: '할인한 금액', en: 'Discounted' },
    says: {
      ko: '쿠폰을 쓴 주문에서 쿠폰으로 깎아 준 금액이에요.',
      en: 'What coupons took off the orders they were used in.',
    },
  }),
  words({
    name: { ko: '쓴 주문의 매출', en: 'Revenue of those orders' },
    says: {
      ko: '쿠폰을 쓴 주문의 매출이에요. 쿠폰 때문에 늘어난 매출이 아니에요.',
      en: 'Revenue of the orders a coupon was used in; not what it caused.',
    },
  }),
  words({
    name: { ko: '쓰기까지', en: 'Days until used' },
    says: {
      ko: '발급부터 사용까지 걸린 날의 가운데 값이에요.',
      en: 'The median of the days from issue to use.',
    },
  }),
] as const
