import { expect, test } from 'vitest'
import { segmentEffect } from './segment-effect.ts'

const place = { campaign: 1, share: 0.5, mixed: false, over: true, bucket: 0, boughtBefore: false }
const none = {
  ...{ refunders: 0, orders: 0, ordersSquares: 0, ordersBefore: 0, paid: 0, revenue: 0 },
  ...{ revenueSquares: 0, revenueBefore: 0, before: 0, beforeSquares: 0 },
}
const group = (
  inside: boolean,
  arm: 'treatment' | 'holdout',
  [people, buyers]: [number, number],
) => ({
  ...{ ...place, ...none, inside, arm, people, buyers },
})
const rows = (holdoutInside: number) => [
  group(true, 'treatment', [600, 240]),
  group(true, 'holdout', [holdoutInside, Math.floor(holdoutInside / 10)]),
  group(false, 'treatment', [600, 60]),
  group(false, 'holdout', [600, 60]),
]
const asked = { segment: 7, segments: 1, unknown: 3 }

test('each interval allows for every segment that could have been picked', () => {
  const [few] = segmentEffect(rows(600), asked).groups
  const many = segmentEffect(rows(600), { ...asked, segments: 40 })
  expect(many).toMatchObject({ looks: 80, unknown: 3 })
  const [all] = many.groups
  expect(all?.effect?.confidence).toBeCloseTo(1 - 0.05 / 80, 12)
  expect(all?.effect?.difference?.value).toBe(few?.effect?.difference?.value)
  expect(all?.effect?.difference?.low ?? 1).toBeLessThan(few?.effect?.difference?.low ?? 0)
  expect(few?.effect?.verdict).toBe('helps')
})

test('fewer than ten people in one arm hide both groups', () => {
  const { groups } = segmentEffect(rows(9), asked)
  expect(groups).toEqual([
    { inside: true, effect: null },
    { inside: false, effect: null },
  ])
  expect(segmentEffect(rows(10), asked).groups[0]?.effect).not.toBeNull()
})
