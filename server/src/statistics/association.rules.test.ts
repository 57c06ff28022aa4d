import { expect, test } from 'vitest'
import { interest } from './association.ts'

test('things that are together as often as chance has it have an interest of one', () => {
  const chance = interest({ all: 10_000, one: 1_000, other: 500, both: 50 })
  expect(chance?.value).toBeCloseTo(1, 12)
  // Variance by hand: 1/50 - 1/1000 - 1/500 + 1/10000 = 0.0171.
  const factor = Math.exp(1.959963985 * Math.sqrt(0.0171))
  expect(chance?.high).toBeCloseTo(factor, 6)
  expect(chance?.low).toBeCloseTo(1 / factor, 6)
})

test('the interval narrows with the root of the number, and nothing together is no value', () => {
  const width = (times: number) => {
    const made = interest({
      all: 1_000 * times,
      one: 100 * times,
      other: 50 * times,
      both: 20 * times,
    })
    return Math.log((made?.high ?? 0) / (made?.low ?? 1))
  }
  expect(width(1) / width(4)).toBeCloseTo(2, 9)
  expect(interest({ all: 10, one: 5, other: 5, both: 0 })).toBeNull()
})
