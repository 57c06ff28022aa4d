import { words } from '../../app/language.ts'

/** What of first purchases and those after them is counted. */
export const firstFigures = [
  words({
    name: { ko: '첫 구매', en: 'First purchase' },
    says: {
      ko: '지금까지 알려진 모든 주문 가운데 그 고객의 가장 이른 주문이에요. 결제됐고, 취소하거나 모두 환불하지 않았고, 남은 상품이 하나는 있어야 해요. 비회원으로 먼저 샀다면 가입 뒤 주문은 첫 구매가 아니에요.',
      en: 'The earliest of all known orders of a customer that was paid, neither cancelled nor fully refunded, with goods left. Who bought as a guest before joining has bought first then.',
    },
  }),
  words({
    name: { ko: '첫 구매자', en: 'First buyers' },
    says: {
      ko: '첫 구매에 그 상품이 있었던 고객이에요. 순위의 큰 숫자는 정한 기간(보통 60일)을 다 채운 고객만, “모두”는 아직 안 지난 고객까지 세요. 여러 상품을 함께 샀으면 상품마다 한 번씩 세요.',
      en: 'Customers whose first order held the product. The ranking counts those whose time (usually 60 days) is over; “all” counts the others, too. A first order of several products counts once for each.',
    },
  }),
  words({
    name: { ko: '재구매, 추가 구매', en: 'Repurchase, additional orders' },
    says: {
      ko: '첫 구매 뒤의 주문이에요. 같은 상품이든 다른 상품이든 세요. 같은 날 따로 낸 주문도 세고, 화면에서 뺄 수 있어요.',
      en: 'Orders after the first one, of the same or another product. Separate orders of one day count; the page can leave them out.',
    },
  }),
  words({
    name: { ko: '1인당 추가 구매', en: 'Additional orders per buyer' },
    says: {
      ko: '추가 구매를 첫 구매자 수로 나눈 값이에요. 1을 더하면 평균 구매 횟수예요.',
      en: 'Additional orders divided by first buyers; plus 1 it is the average number of purchases.',
    },
  }),
  words({
    name: { ko: '재구매율', en: 'Repurchase rate' },
    says: {
      ko: '첫 구매자 가운데 정한 기간 안에 한 번이라도 다시 산 비율이에요. “보정 전”이 이 값이에요. 큰 숫자는 사람이 적을수록 상점 평균 쪽으로 당긴 값이라, 몇 명뿐인 상품이 위로 뛰지 않아요. 순위는 구간의 낮은 끝으로 매겨요.',
      en: 'Of first buyers, the share that bought again within the time: “raw”. The large number is drawn towards the shop’s rate by as much as few buyers leave open; the rank goes by the lower end of its interval.',
    },
  }),
  words({
    name: { ko: 'N일까지 돌아온 비율', en: 'Share back by day N' },
    says: {
      ko: '아직 기간이 안 지난 고객도 지난 날까지만큼 세서 구한 비율이에요(카플란·마이어). 지켜본 고객이 열 명보다 적어지는 곳에서 그림을 멈춰요.',
      en: 'Everybody counts for as long as they were followed (Kaplan-Meier). Curves end where fewer than ten are followed.',
    },
  }),
  words({
    name: { ko: '두 번째까지', en: 'Days to the second order' },
    says: {
      ko: '첫 구매자의 절반이 다시 사기까지 걸린 날이에요. 아직 절반이 안 돌아왔으면 비워 둬요.',
      en: 'Days until half of the first buyers had come back; empty where half have not.',
    },
  }),
  words({
    name: { ko: '추가 매출', en: 'Revenue after the first order' },
    says: {
      ko: '첫 구매자가 정한 기간 안에 추가로 산 주문의 매출이에요. 환불은 빼요.',
      en: 'Revenue of the additional orders within the time, less refunds.',
    },
  }),
] as const

/** What is told of people over time. */
export const peopleFigures = [
  words({
    name: { ko: '코호트의 비율', en: 'Shares of a cohort' },
    says: {
      ko: '같은 달(주)에 시작한 고객 가운데 다시 온 비율이에요. 기간은 고객마다 자기 시작일부터 30일(7일)씩 세고, 그 기간이 끝난 고객만 세요. “그때까지”는 그 전에 온 것도 더해요.',
      en: 'Of those who began in a month (week), the share that came back. Periods of 30 (7) days run from each person’s own start, and only those whose period is over count. “By then” adds the periods before.',
    },
  }),
  words({
    name: { ko: '고객 한 명의 누적 매출', en: 'Revenue per customer so far' },
    says: {
      ko: '그 코호트의 고객 한 명이 시작부터 그때까지 낸 매출의 평균이에요. 첫 주문도 들어가요.',
      en: 'The mean revenue of the cohort’s customers from their start until then, the first order included.',
    },
  }),
  words({
    name: { ko: 'RFM 점수', en: 'RFM scores' },
    says: {
      ko: '구매 고객을 마지막 구매(R), 주문 수(F), 매출(M)로 다섯씩 나눈 순서예요. 5점이 가장 좋고, 값이 같으면 같은 점수(낮은 쪽)예요. 알려진 모든 주문으로, 어젯밤 0시 기준이에요.',
      en: 'Buyers in fifths by last purchase (R), orders (F) and revenue (M), over all known orders as of last midnight. 5 is best; equal values get the same, lower score.',
    },
  }),
  words({
    name: { ko: '아직 고객일 가능성', en: 'Chance of being still a customer' },
    says: {
      ko: '지금까지 산 간격과 횟수로 본 추정이에요. 원래 뜸하게 사던 고객은 오래 쉬어도 높을 수 있어요.',
      en: 'An estimate by how often and how recently somebody bought; who always bought rarely may be away for long.',
    },
  }),
  words({
    name: { ko: '90일 주문, 1년 매출 추정', en: 'Orders in 90 days, revenue in a year' },
    says: {
      ko: '지금 고객이 앞으로 주문할 날과 낼 매출의 추정이에요. 하루에 여러 번 사도 한 번이고, 앞으로 올 새 고객은 빼요. 구간은 모형이 모르는 만큼이고, 계절이 바뀌는 것은 담지 못해요.',
      en: 'Estimates of the days on which today’s customers will order, and of what they will pay; new customers are no part. Intervals hold what the model does not know, not that seasons turn.',
    },
  }),
  words({
    name: { ko: '재구매 간격, 다시 살 때', en: 'Days between purchases, when it is due' },
    says: {
      ko: '같은 상품을 다시 사기까지 걸린 날의 가운데 값이에요. “다시 살 때”는 캠페인이 기다리는 날로, 간격이 30개보다 적으면 카테고리, 상점, 30일 순서로 빌려 오고 7~180일 안에서 정해요.',
      en: 'The median of the days until the same is bought again. What campaigns wait for borrows from the category, the shop, then 30 days where there are fewer than 30 intervals, between 7 and 180 days.',
    },
  }),
  words({
    name: { ko: '함께 살 비율, 우연의 몇 배', en: 'Bought together, times chance' },
    says: {
      ko: '왼쪽 상품이 든 주문 가운데 오른쪽 상품도 든 비율, 그리고 서로 상관없이 담겼을 때의 몇 배인지예요.',
      en: 'Of the orders with the one product, the share with the other; and how many times that is what chance would bring.',
    },
  }),
] as const
