import { expect, test } from 'vitest'
import { type Random, seededRandom } from '../lib/random.ts'
import { gammaDraw } from '../testing/gamma-draw.ts'
import { aliveProbability } from './bg-nbd.ts'
import { incompleteBeta } from './distributions.ts'
import { expectedSpend } from './gamma-gamma.ts'
import { spendRange } from './spend-range.ts'

const orders = { r: 1.2, alpha: 40, a: 0.6, b: 3 }
const spend = { p: 6.25, q: 3.74, v: 15_440 }
const buying = { repeats: 6, recency: 190, age: 220 }
const spent = { repeats: 6, mean: 31_000 }

/** What one such customer brings in so many days, drawn step by step from the story of both models. */
function yearOf(random: Random, days: number): number {
  const { r, alpha, a, b } = orders
  if (random.next() > aliveProbability(orders, buying)) return 0
  const rate = gammaDraw(random, r + buying.repeats) / (alpha + buying.age)
  const [go, stay] = [gammaDraw(random, a), gammaDraw(random, b + buying.repeats)]
  const each =
    gammaDraw(random, spend.q + spend.p * spent.repeats) / (spend.v + spent.repeats * spent.mean)
  let sum = 0
  for (let day = random.exponential(1 / rate); day < days; day += random.exponential(1 / rate)) {
    sum += gammaDraw(random, spend.p) / each
    if (random.next() < go / (go + stay)) break
  }
  return sum
}

test.each([30, 90, 365])('eight of ten drawn lives of %i days end inside the range', (ahead) => {
  const random = seededRandom(`spend/${ahead}`)
  const lives = Array.from({ length: 20_000 }, () => yearOf(random, ahead))
  const { low, high } = spendRange({ orders, spend }, buying, { spent, ahead })
  const below = lives.filter((one) => one < low).length / lives.length
  const above = lives.filter((one) => one > high).length / lives.length
  // Three Monte Carlo errors of a tenth: 0.6 of 100. Below 0 there is nobody.
  expect(below).toBeLessThan(0.107)
  if (low > 0) expect(below).toBeGreaterThan(0.093)
  expect(above).toBeGreaterThan(0.093)
  expect(above).toBeLessThan(0.107)
  expect(high).toBeGreaterThan(expectedSpend(spend, spent))
})

test('who hardly comes again may bring nothing, and one order alone is its own distribution', () => {
  const rare = { ...buying, recency: 10, age: 360 }
  expect(spendRange({ orders, spend }, rare, { spent, ahead: 30 })).toEqual({ low: 0, high: 0 })
  // Somebody who surely lives and orders almost surely once: the ends are those of a single order.
  const once = { r: 1e6, alpha: 1e6, a: 1e9, b: 1e-6 }
  const now = { repeats: 0, recency: 0, age: 0 }
  const of = { repeats: 0, mean: 0 }
  const { low, high } = spendRange({ orders: once, spend }, now, { spent: of, ahead: 30 })
  const share = (amount: number) => incompleteBeta(amount / (amount + spend.v), spend.p, spend.q)
  expect(share(low)).toBeCloseTo(0.1, 3)
  expect(share(high)).toBeCloseTo(0.9, 3)
})
