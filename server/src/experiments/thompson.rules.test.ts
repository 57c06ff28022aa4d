import { expect, test } from 'vitest'
import { thompsonShares } from './thompson.ts'

const arm = (id: string, people: number, reached: number) => ({ id, people, reached })

test('the better arm gets more people the surer it is, and all of them sum to one', () => {
  const few = thompsonShares([arm('a', 40, 6), arm('b', 40, 4)], 's')
  const many = thompsonShares([arm('a', 4_000, 600), arm('b', 4_000, 400)], 's')
  expect(few?.get('a')).toBeGreaterThan(0.6)
  expect(few?.get('a')).toBeLessThan(0.9)
  expect(many?.get('a')).toBeGreaterThan(0.999)
  for (const shares of [few, many])
    expect([...(shares ?? [])].reduce((sum, [, share]) => sum + share, 0)).toBeCloseTo(1, 9)
})

test('arms that do equally well share evenly', () => {
  const shares = thompsonShares([arm('a', 500, 50), arm('b', 500, 50), arm('c', 500, 50)], 'even')
  for (const share of shares?.values() ?? []) expect(Math.abs(share - 1 / 3)).toBeLessThan(0.05)
})

test('the share is the probability of being the best, as integration gives it', () => {
  // P(Beta(11, 91) > Beta(6, 96)), summed over a grid of 20,000 points.
  const density = (x: number, a: number, b: number) =>
    (a - 1) * Math.log(x) + (b - 1) * Math.log1p(-x)
  const grid = Array.from({ length: 20_000 }, (_, at) => (at + 0.5) / 20_000)
  const weights = (a: number, b: number) => {
    const logs = grid.map((x) => density(x, a, b))
    const top = Math.max(...logs)
    const raw = logs.map((one) => Math.exp(one - top))
    const whole = raw.reduce((sum, one) => sum + one, 0)
    return raw.map((one) => one / whole)
  }
  const [first, second] = [weights(11, 91), weights(6, 96)]
  let below = 0
  let probability = 0
  for (const [at, weight] of first.entries()) {
    probability += weight * below
    below += second[at] ?? 0
  }
  const shares = thompsonShares([arm('a', 100, 10), arm('b', 100, 5)], 'grid')
  expect(Math.abs((shares?.get('a') ?? 0) - probability)).toBeLessThan(0.03)
})

test('the same numbers give the same shares, and too few people give none', () => {
  const arms = [arm('a', 100, 10), arm('b', 100, 12)]
  expect(thompsonShares(arms, 'x')).toEqual(thompsonShares(arms, 'x'))
  expect(thompsonShares([arm('a', 19, 3), arm('b', 500, 50)], 'x')).toBeUndefined()
  expect(thompsonShares([], 'x')).toBeUndefined()
})
