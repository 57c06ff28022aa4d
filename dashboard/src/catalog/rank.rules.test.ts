import { describe, expect, test } from 'vitest'
import type { FirstPurchaseRow } from '../api/first-purchase.ts'
import { ranked, wilson } from './rank.ts'

function row(product: string, firstBuyers: number, repeaters: number): FirstPurchaseRow {
  return {
    product,
    name: product,
    category: '',
    firstBuyers,
    repeaters,
    repurchaseRate: firstBuyers === 0 ? 0 : repeaters / firstBuyers,
    repeatOrders: repeaters,
    repeatPerBuyer: 0,
    repeatRevenue: repeaters * 1000,
    repeatRevenuePerBuyer: 0,
    firstRevenue: 0,
    repeatSameOrders: 0,
    repeatOtherOrders: 0,
  }
}

describe('ranking first-purchase products', () => {
  test('a lucky few do not lead: a proven rate comes before a higher one of few buyers', () => {
    const rows = [row('lucky', 32, 16), row('proven', 2000, 900), row('two', 2, 2)]
    expect(ranked(rows, 'trust').map((one) => one.product)).toEqual(['proven', 'lucky', 'two'])
  })

  test('sorting by a count shows the plain count', () => {
    const rows = [row('a', 10, 1), row('b', 500, 3)]
    expect(ranked(rows, 'firstBuyers').map((one) => one.product)).toEqual(['b', 'a'])
  })

  test('Wilson’s interval holds its known values and never leaves 0 to 1', () => {
    const half = wilson(5, 10)
    expect(half.low).toBeCloseTo(0.2366, 3)
    expect(half.high).toBeCloseTo(0.7634, 3)
    expect(wilson(0, 10).low).toBe(0)
    expect(wilson(10, 10).high).toBeCloseTo(1, 12)
    expect(wilson(0, 0)).toEqual({ low: 0, high: 1 })
  })
})
