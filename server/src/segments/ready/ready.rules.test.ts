import { expect, test } from 'vitest'
import { canonicalJson } from '../../lib/json.ts'
import { describe } from '../describe.ts'
import { readDefinition } from '../read-definition.ts'
import { bestSpent, repurchaseDays, type ShopFigures } from './figures.ts'
import { readySegments } from './gallery.ts'

const young: ShopFigures = {
  currency: 'KRW',
  medianIntervalDays: null,
  intervals: 0,
  bestBuyersSpent: null,
  buyers: 0,
}
const grown: ShopFigures = {
  currency: 'KRW',
  medianIntervalDays: 41.6,
  intervals: 812,
  bestBuyersSpent: 456_789,
  buyers: 2_000,
}

test.each(readySegments.map((one) => [one.id, one] as const))(
  '%s can be made in a young shop and in a grown one, and reads aloud in both languages',
  (_, one) => {
    for (const figures of [young, grown]) {
      const definition = one.definition(figures)
      expect(canonicalJson(readDefinition(definition))).toBe(canonicalJson(definition))
      expect(describe(definition, 'ko')).toMatch(/고객$/)
      expect(describe(definition, 'en')).toMatch(/^Customers/)
    }
  },
)

test('five stages and twelve usual groups are there, each with a name of its own', () => {
  const ids = readySegments.map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  expect(readySegments.filter(({ group }) => group === 'usual')).toHaveLength(12)
  for (const language of ['ko', 'en'] as const)
    expect(new Set(readySegments.map(({ name }) => name[language])).size).toBe(ids.length)
})

test.each([
  ['no interval yet', { medianIntervalDays: null, intervals: 0 }, 30, false],
  ['too few to speak of', { medianIntervalDays: 50, intervals: 29 }, 30, false],
  ['enough', { medianIntervalDays: 41.6, intervals: 30 }, 42, true],
  ['a shop of daily bread', { medianIntervalDays: 1.2, intervals: 900 }, 7, true],
  ['a shop of sofas', { medianIntervalDays: 700, intervals: 900 }, 180, true],
])('the next order is due after the shop’s own median interval: %s', (_, known, days, isOwn) => {
  expect(repurchaseDays({ ...young, ...known })).toEqual({ value: days, isOwn })
})

test.each([
  ['no buyers', { bestBuyersSpent: null, buyers: 0 }, 300_000, false],
  ['too few buyers', { bestBuyersSpent: 900_000, buyers: 29 }, 300_000, false],
  ['enough', { bestBuyersSpent: 456_789, buyers: 30 }, 450_000, true],
  ['another currency', { currency: 'USD', bestBuyersSpent: null, buyers: 0 }, 300, false],
  ['small sums', { currency: 'USD', bestBuyersSpent: 0.4, buyers: 40 }, 1, true],
])('the best buyers are those who spent as the best tenth did: %s', (_, known, value, isOwn) => {
  expect(bestSpent({ ...young, ...known })).toEqual({ value, isOwn })
})
