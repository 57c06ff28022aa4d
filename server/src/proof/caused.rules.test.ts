import { expect, test } from 'vitest'
import { causedRevenue } from './caused.ts'

const none = {
  ...{ refunders: 0, ordersSquares: 0, ordersBefore: 0, boughtBefore: false, mixed: false },
  ...{ revenueBefore: 0, before: 0, beforeSquares: 0, share: 0.5, over: true },
}
/** People of one campaign on one day; each buyer paid 10,000. */
const group = (
  campaign: number,
  arm: 'treatment' | 'holdout',
  [people, buyers]: readonly [number, number],
) => ({
  ...{ ...none, campaign, arm, people, buyers, orders: buyers, bucket: 2 },
  ...{ paid: buyers * 1e4, revenue: buyers * 1e4, revenueSquares: buyers * 1e8 },
})
const sound = [group(1, 'treatment', [1_000, 200]), group(1, 'holdout', [1_000, 100])]
const skewed = [group(2, 'treatment', [1_000, 900]), group(2, 'holdout', [500, 5])]

test('a campaign whose groups are not as its share was set is not added to what all brought', () => {
  const alone = causedRevenue(sound, [0, 1], 1)
  expect(alone.now).toBeCloseTo(1_000_000, 0)
  expect(alone.leftOut).toEqual([])
  expect(causedRevenue([...sound, ...skewed], [0, 1], 1)).toEqual({ ...alone, leftOut: [2] })
  expect(causedRevenue(skewed, [0, 1], 1)).toMatchObject({ now: null, leftOut: [2] })
})
