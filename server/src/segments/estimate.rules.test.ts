import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { estimateOf, type Tally } from './estimate.ts'
import { rangesOf, type SampleSize, sampleOf, usualSample } from './sampling.ts'

const strides = 32
const older = (people: number, membersOf: (stride: number) => number): readonly Tally[] =>
  Array.from({ length: strides }, (_, index) => ({
    stride: index + 1,
    merged: false,
    people,
    members: membersOf(index + 1),
  }))

describe('an estimate', () => {
  test('is exact when everybody was looked at', () => {
    const tallies = [
      ...older(100, (stride) => stride),
      { stride: 0, merged: false, people: 50, members: 50 },
      { stride: 3, merged: true, people: 7, members: 2 },
    ]
    const count = (strides * (strides + 1)) / 2 + 52
    expect(estimateOf(tallies, { newest: 50, older: 3_200, merged: 7 }, strides)).toEqual({
      count,
      low: count,
      high: count,
    })
  })

  test('counts the newest customers as they are and ten older ones for each who was looked at', () => {
    const tallies = [
      ...older(100, () => 20),
      { stride: 0, merged: false, people: 500, members: 500 },
    ]
    const told = estimateOf(tallies, { newest: 500, older: 32_000, merged: 0 }, strides)
    expect(told.count).toBe(500 + 6_400)
    // 640 of 3,200 drawn one by one: a standard error of 22.7 people, of whom each stands for ten, less a tenth seen.
    expect(told.high - told.count).toBeGreaterThan(400)
    expect(told.high - told.count).toBeLessThan(500)
  })

  test('takes a slow change from old to new customers for no error, and leaps for one', () => {
    const population = { newest: 0, older: 320_000, merged: 0 }
    const width = (membersOf: (stride: number) => number) => {
      const { low, high } = estimateOf(older(1_000, membersOf), population, strides)
      return high - low
    }
    const even = width(() => 160)
    expect(width((stride) => stride * 10)).toBeLessThan(even * 1.3)
    expect(width((stride) => (stride % 2) * 320)).toBeGreaterThan(even * 5)
  })

  test('that found nobody does not say that there is nobody', () => {
    const told = estimateOf(
      older(100, () => 0),
      { newest: 0, older: 32_000, merged: 0 },
      strides,
    )
    expect(told).toMatchObject({ count: 0, low: 0 })
    expect(told.high).toBeGreaterThanOrEqual(27)
  })

  test('leaves open who of those is in of whom nobody was looked at', () => {
    const told = estimateOf(
      older(100, () => 50),
      { newest: 0, older: 3_200, merged: 40 },
      strides,
    )
    expect(told).toEqual({ count: 1_620, low: 1_600, high: 1_640 })
  })

  test('of a shop without customers is nobody', () => {
    expect(estimateOf([], { newest: 0, older: 0, merged: 0 }, strides)).toEqual({
      count: 0,
      low: 0,
      high: 0,
    })
  })

  test('never leaves what is possible: at least those found, at most all but those who are not in', () => {
    const tally = fc.record({
      stride: fc.integer({ min: 0, max: strides }),
      merged: fc.boolean(),
      people: fc.integer({ min: 1, max: 1_000 }),
    })
    const tallies = fc
      .uniqueArray(tally, { selector: (one) => `${one.stride} ${one.merged}` })
      .chain((list) =>
        fc
          .tuple(...list.map((one) => fc.integer({ min: 0, max: one.people })))
          .map((members) => list.map((one, index) => ({ ...one, members: members[index] ?? 0 }))),
      )
    const times = fc.integer({ min: 1, max: 20 })
    void fc.assert(
      fc.property(tallies, times, (list, by) => {
        const seen = (kind: (one: Tally) => boolean) =>
          list.filter(kind).reduce((sum, one) => sum + one.people, 0)
        const population = {
          newest: seen((one) => one.stride === 0 && !one.merged),
          older: by * seen((one) => one.stride > 0 && !one.merged),
          merged: by * seen((one) => one.merged),
        }
        const found = list.reduce((sum, one) => sum + one.members, 0)
        const { count, low, high } = estimateOf(list, population, strides)
        const all = population.newest + population.older + population.merged
        expect(low).toBeLessThanOrEqual(count)
        expect(high).toBeGreaterThanOrEqual(count)
        expect(low).toBeGreaterThanOrEqual(found)
        expect(high).toBeLessThanOrEqual(all - seen(() => true) + found)
      }),
    )
  })
})

describe('a sample', () => {
  const size = fc.record({
    strides: fc.integer({ min: 1, max: 64 }),
    spreadShare: fc.double({ min: 0.01, max: 0.9, noNaN: true }),
    newestShare: fc.double({ min: 0.01, max: 0.1, noNaN: true }),
    wholeUpTo: fc.constantFrom(0, 1_000),
  }) satisfies fc.Arbitrary<SampleSize>

  test('is ranges in order, apart from one another, among the ids there are', () => {
    const ids = fc.tuple(
      fc.integer({ min: 1, max: 10_000_000 }),
      fc.integer({ min: 0, max: 5_000_000 }),
    )
    void fc.assert(
      fc.property(ids, size, ([first, more], how) => {
        const ranges = rangesOf(sampleOf({ first, last: first + more }, how))
        let end = first - 1
        for (const [from, to] of ranges) {
          expect(from).toBeGreaterThan(end)
          expect(to).toBeGreaterThanOrEqual(from)
          end = to
        }
        expect(end).toBe(first + more)
        expect(ranges.length).toBeLessThanOrEqual(how.strides + 1)
      }),
    )
  })

  test('of a million customers holds a tenth of them, the newest among them', () => {
    const ranges = rangesOf(sampleOf({ first: 1, last: 1_000_000 }))
    expect(ranges).toHaveLength(usualSample.strides + 1)
    expect(ranges.reduce((sum, [from, to]) => sum + to - from + 1, 0)).toBe(100_000)
    expect(ranges.at(-1)).toEqual([980_001, 1_000_000])
  })

  test('of few customers is all of them', () => {
    expect(rangesOf(sampleOf({ first: 5, last: 20_004 }))).toEqual([[5, 20_004]])
  })
})
