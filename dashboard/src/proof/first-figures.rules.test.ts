import { expect, test } from 'vitest'
import type { FirstPurchaseRow } from '../api/first-purchase.ts'
import { figuresText } from './first-figures.ts'

const row = (product: string, firstBuyers: number, repeaters: number): FirstPurchaseRow => ({
  ...{ product, name: product, category: '', imageUrl: null, isSellable: true },
  ...{ firstBuyers, buyersSoFar: firstBuyers, matureBuyers: firstBuyers, exposureDays: 0 },
  ...{ repeatOrders: 148, repeaters, repeatRevenue: 0, firstRevenue: 0, repeatPerBuyer: 1.558 },
  ...{ repurchaseRate: 0.6, repeatRevenuePerBuyer: 0, repeatSameOrders: 0, repeatOtherOrders: 0 },
  ...{ repeatSameItems: 0, repeatOtherItems: 0, medianDaysToSecond: null, backBy: null },
  ...{ meanBy: null, adjRate: 0.425, adjLow: 0.384, adjHigh: 0.467, adjPerBuyer: 0 },
  ...{ rateLow: 0, rateHigh: 0, refundRate: null, comparedRate: null, covered: null, rank: 1 },
})

test('the figures of the chosen products are told in their order, without what fewer than ten did', () => {
  const rows = [row('비누', 95, 59), row('차', 40, 9)]
  const total = {
    ...{ firstBuyers: 4_324, buyersSoFar: 4_324, repeatOrders: 0, repeaters: 0 },
    ...{ repeatRevenue: 0, firstRevenue: 0, exposureDays: 0, repeatPerBuyer: 0 },
    ...{ repurchaseRate: 0.357, repeatRevenuePerBuyer: 0 },
  }
  const asked = { products: ['차', '비누', '없는 것'], day: '11월 23일', days: 60 }
  expect(figuresText({ rows, total }, { ...asked, language: 'ko' })).toBe(
    '11월 23일 기준, 첫 구매 뒤 60일 안의 재구매를 세었어요. 상점 전체 재구매율은 35.7 %예요.\n' +
      '차: 첫 구매자 40명\n' +
      '비누: 첫 구매자 95명, 추가 구매 148번(1인당 1.56번), 보정한 재구매율 42.5 % (구간 38.4 % ~ 46.7 %)',
  )
})
