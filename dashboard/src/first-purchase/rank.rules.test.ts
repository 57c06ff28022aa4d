import { expect, test } from 'vitest'
import { ranked } from '../../../server/src/first-purchase/ranked.ts'
import { reportLines, within } from '../../../server/src/first-purchase/report-lines.ts'
import type { FirstPurchaseRow } from '../api/first-purchase.ts'
import { categoriesOf } from './rank.ts'

function row(product: string, more: Partial<FirstPurchaseRow>): FirstPurchaseRow {
  return {
    ...{ product, name: product, category: '', imageUrl: null, isSellable: true },
    ...{ firstBuyers: 100, buyersSoFar: 100, matureBuyers: 100, exposureDays: 6000 },
    ...{ repeatOrders: 0, repeaters: 0, repeatRevenue: 0, firstRevenue: 0, repeatPerBuyer: 0 },
    ...{ repurchaseRate: 0, repeatRevenuePerBuyer: 0, repeatSameOrders: 0, repeatOtherOrders: 0 },
    ...{ repeatSameItems: 0, repeatOtherItems: 0, medianDaysToSecond: null, backBy: null },
    ...{ meanBy: null, adjRate: 0, adjLow: 0, adjHigh: 0, adjPerBuyer: 0, rateLow: 0, rateHigh: 0 },
    ...{ refundRate: null, comparedRate: null, covered: null, rank: 1 },
    ...more,
  }
}

test('a lucky few do not lead: what has no place comes after what has one', () => {
  const rows = [
    row('lucky', { adjLow: 0.5, rank: null }),
    row('proven', { adjLow: 0.3, rank: 1 }),
    row('second', { adjLow: 0.2, rank: 2 }),
  ]
  expect(ranked(rows, 'trust').map(({ product }) => product)).toEqual(['proven', 'second', 'lucky'])
})

test('sorting by a count shows the plain count', () => {
  const rows = [row('a', { firstBuyers: 40, rank: 1 }), row('b', { firstBuyers: 500, rank: null })]
  expect(ranked(rows, 'firstBuyers').map(({ product }) => product)).toEqual(['b', 'a'])
})

test('a category holds what is below it', () => {
  const rows = [row('a', { category: '의류/상의' }), row('b', { category: '의류잡화' })]
  expect(within(rows, '의류').map(({ product }) => product)).toEqual(['a'])
  expect(within(rows, null)).toHaveLength(2)
  expect(categoriesOf(rows)).toEqual(['의류/상의', '의류잡화'])
})

test('the file of a category names its columns in Korean for whoever reads Korean, and Excel knows its letters', () => {
  const rows = [
    row('a', { category: '의류/상의', name: '셔츠', repurchaseRate: 1 / 3 }),
    row('b', { category: '식품' }),
  ]
  const file = reportLines({ rows, currency: 'KRW' }, { language: 'ko', category: '의류' })
  expect(file.startsWith('\uFEFF순위,상품 번호,상품,분류,')).toBe(true)
  expect(file.split('\r\n')).toHaveLength(3)
  expect(file).toContain('1,a,셔츠,의류/상의,1,')
  expect(file).toContain(',0.3333,')
  expect(reportLines({ rows, currency: 'KRW' }, { language: 'en' }).split('\r\n')).toHaveLength(4)
})

test('the file has the order of the table and whole amounts of a currency without cents', () => {
  const rows = [
    row('few', { rank: null, repeatRevenue: 9_000.5, firstRevenue: 10 / 3, firstBuyers: 9 }),
    row('second', { rank: 2, adjLow: 0.2, repeatRevenue: 100, firstBuyers: 300 }),
    row('first', { rank: 1, adjLow: 0.3, repeatRevenue: 200, firstBuyers: 40 }),
  ]
  const named = (file: string) =>
    file
      .split('\r\n')
      .slice(1, -1)
      .map((line) => line.split(',')[1])
  const asked = { language: 'en' } as const
  const file = reportLines({ rows, currency: 'KRW' }, asked)
  expect(named(file)).toEqual(['first', 'second', 'few'])
  expect(file).toContain(',3,9001,')
  const byRevenue = { ...asked, sort: 'repeatRevenue' } as const
  expect(named(reportLines({ rows, currency: 'KRW' }, byRevenue))).toEqual([
    'few',
    'first',
    'second',
  ])
  expect(reportLines({ rows, currency: 'GBP' }, asked)).toContain(',3.33,9000.5,')
})
