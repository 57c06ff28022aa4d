import { describe, expect, test } from 'vitest'
import { seededRandom } from '../lib/random.ts'
import { holm } from './comparisons.ts'
import {
  alwaysValidP,
  comparisonPrecision,
  logMixture,
  mixtureBound,
  mixturePrecision,
  rateSequence,
  widthAt,
} from './confidence-sequence.ts'
import { contrastOf } from './contrast.ts'
import { logEvidence, ratioOfCounts } from './count-ratio.ts'
import { covariateSlope } from './covariate.ts'
import { effectOf } from './effect.ts'
import { wilson } from './intervals.ts'
import { peopleForRate, peopleNeeded } from './power.ts'
import { areArmsMismatched, isMismatched, logArmsMismatch, logMismatch } from './sample-ratio.ts'
import { rateSums, type Sums } from './sums.ts'

const sums = (values: readonly number[], before: readonly number[] = []): Sums => {
  const x = values.map((_, at) => before[at] ?? 0)
  const total = (of: (at: number) => number) => values.reduce((sum, _, at) => sum + of(at), 0)
  return {
    people: values.length,
    nonzero: values.filter((value) => value !== 0).length,
    y: total((at) => values[at] ?? 0),
    yy: total((at) => (values[at] ?? 0) ** 2),
    x: total((at) => x[at] ?? 0),
    xx: total((at) => (x[at] ?? 0) ** 2),
    xy: total((at) => (values[at] ?? 0) * (x[at] ?? 0)),
  }
}
describe('published values', () => {
  // Howard et al., package confseq, test/uniform_boundaries_unittest.cpp: "all target values are from a reference
  // implementation in R"; v_opt = 100, alpha = 0.05.
  test('the two-sided normal mixture: its tuning, its martingale and its boundary', () => {
    const precision = mixturePrecision(100, 0.05)
    expect(precision).toBeCloseTo(12.60056, 4)
    expect(logMixture(10, 100, precision)).toBeCloseTo(-0.6510052, 6)
    expect(mixtureBound(100, precision, 0.05)).toBeCloseTo(30.35209, 4)
  })

  test('the two-sided beta-binomial mixture, which watches over the shares', () => {
    // The same file with steps of 0.8 at a chance of 0.2 and of -0.2 otherwise: a sum of 10 at variance 100 is 135 of 625.
    const precision = mixturePrecision(100, 0.05) - 0.2 * 0.8
    const prior = precision / 0.2 + precision / 0.8
    const log = logMismatch([{ share: 0.2, holdout: 135, treatment: 490 }], prior)
    expect(log).toBeCloseTo(-0.6941012, 6)
  })

  test('a margin of an asymptotic confidence sequence', () => {
    // Waudby-Smith et al. (2024), equation (6) written out: t = 1000, rho^2 = 1/precision, alpha = 0.05, deviation 1.
    const [t, precision] = [1_000, comparisonPrecision(0.05)]
    const rho2 = 1 / precision
    const margin = Math.sqrt(
      ((2 * (t * rho2 + 1)) / (t ** 2 * rho2)) * Math.log(Math.sqrt(t * rho2 + 1) / 0.05),
    )
    expect(widthAt(t, 0.05) / Math.sqrt(t)).toBeCloseTo(margin, 12)
  })

  test('Holm (1979) holds the smallest p-value to all, the next to one less', () => {
    // R: p.adjust(c(0.01, 0.02, 0.03, 0.04), "holm") gives 0.04 0.06 0.06 0.06.
    expect(holm([0.01, 0.02, 0.03, 0.04])).toEqual([0.04, 0.06, 0.06, 0.06])
    expect(holm([0.04, 0.5, 0.01])).toEqual([0.08, 0.5, 0.03])
  })
})

describe('a comparison', () => {
  test('is as wide as three standard errors where it is narrowest, and says so in people', () => {
    expect(widthAt(2_000, 0.05)).toBeCloseTo(3.035, 3)
    expect(widthAt(200, 0.05)).toBeGreaterThan(3.8)
    const one = peopleNeeded({ treatmentRate: 0.065, holdoutRate: 0.05, holdoutShare: 0.5 })
    const anytime = peopleForRate({ base: 0.05, lift: 0.3, share: 0.5 })
    expect(one).toBeCloseTo(7_560, -1)
    expect(anytime / one).toBeCloseTo(2.09, 2)
  })

  test('of shares that changed compares each share with itself', () => {
    // Spring: 10 % buy, half are held out. Autumn: 2 % buy, a tenth is. Nothing does anything.
    const spring = { share: 0.5, treatment: rateSums(1_000, 100), holdout: rateSums(1_000, 100) }
    const autumn = { share: 0.1, treatment: rateSums(9_000, 180), holdout: rateSums(1_000, 20) }
    const effect = effectOf([spring, autumn], 'rate')
    expect(effect.difference?.value).toBeCloseTo(0, 12)
    const thrown = effectOf(
      [{ share: 0.2, treatment: rateSums(10_000, 280), holdout: rateSums(2_000, 120) }],
      'rate',
    )
    expect(thrown.verdict).toBe('harms')
  })

  test('claims nothing from a hold-out of whom nobody happened to buy', () => {
    const effect = effectOf(
      [{ share: 0.1, treatment: rateSums(360, 30), holdout: rateSums(40, 0) }],
      'rate',
    )
    expect(effect).toMatchObject({ verdict: 'open', ratio: null, needsMore: null })
    expect(effect.difference?.low).toBeLessThan(0)
  })

  test('of one group alone says nothing instead of something wrong', () => {
    const effect = effectOf(
      [{ share: 0.1, treatment: rateSums(400, 20), holdout: rateSums(0, 0) }],
      'rate',
    )
    expect(effect).toMatchObject({ difference: null, ratio: null, verdict: 'too_little' })
    expect(effect.means).toEqual({ treatment: 0.05, holdout: null })
  })

  test('of amounts that do not differ, or of hardly any buyers, claims nothing', () => {
    const nobody = { share: 0.5, treatment: sums([0, 0, 0]), holdout: sums([0]) }
    expect(effectOf([nobody], 'mean')).toMatchObject({ difference: null, verdict: 'too_little' })
    // Sending cost fifteen won each and nobody bought: no loss of fifteen won is known.
    const sent = { ...sums(Array(100).fill(-15)), nonzero: 0 }
    const costs = { share: 0.5, treatment: sent, holdout: sums(Array(100).fill(0)) }
    expect(effectOf([costs], 'mean').difference).toBeNull()
    const spent = (buyers: number) => sums(Array.from({ length: 100 }, (_, at) => +(at < buyers)))
    const few = { share: 0.5, treatment: spent(9), holdout: spent(0) }
    expect(effectOf([few], 'mean').verdict).toBe('too_little')
    expect(effectOf([{ ...few, holdout: spent(1) }], 'mean').verdict).toBe('open')
  })

  test('gives ratio and probability beside the difference', () => {
    const effect = effectOf(
      [{ share: 0.5, treatment: rateSums(8_000, 560), holdout: rateSums(8_000, 400) }],
      'rate',
    )
    expect(effect.verdict).toBe('helps')
    expect(effect.ratio?.value).toBeCloseTo(1.4, 12)
    expect(effect.ratio?.low).toBeGreaterThan(1)
    expect(effect.probability).toBeGreaterThan(0.999)
    expect(effect.needsMore).toBe(0)
    const level = effectOf(
      [{ share: 0.5, treatment: rateSums(80, 4), holdout: rateSums(80, 4) }],
      'rate',
    )
    // Rounded where it is worked out, so that every page tells the same.
    expect(`${level.needsMore}`).toMatch(/^[1-9]\d0{2,}$/)
    expect(level.probability).toBe(0.5)
  })
})

describe('the exact test of counts', () => {
  test('is a likelihood ratio: the evidence of no counts is none', () => {
    expect(logEvidence([{ share: 0.1, treatment: 0, holdout: 0 }])).toBeCloseTo(0, 12)
  })

  test('is a martingale: whoever comes next, it is expected to stay', () => {
    const now = { share: 0.1, treatment: 40, holdout: 3 }
    const after = (more: Partial<typeof now>) => Math.exp(logEvidence([{ ...now, ...more }]))
    const expected = 0.1 * after({ holdout: 4 }) + 0.9 * after({ treatment: 41 })
    expect(expected).toBeCloseTo(after({}), 12)
  })

  test('has an interval around the ratio of the rates', () => {
    const ratio = ratioOfCounts([{ share: 0.1, treatment: 270, holdout: 20 }], 0.05)
    expect(ratio?.low).toBeLessThan(1.5)
    expect(ratio?.high).toBeGreaterThan(1.5)
    expect(ratioOfCounts([{ share: 0.1, treatment: 12, holdout: 0 }], 0.05)).toBeNull()
  })
})

describe('what people spent before', () => {
  const before = [0, 10, 20, 30, 40, 50]
  const spent = before.map((x, at) => 2 * x + ([3, -3, 1, -1, 2, -2][at] ?? 0))
  test('takes its share of the variance away, 1 - r^2', () => {
    const groups = [
      sums(spent, before),
      sums(
        spent.map((y) => y + 5),
        before,
      ),
    ] as const
    expect(covariateSlope(groups)).toBeCloseTo(1.966, 2)
    const stratum = { share: 0.5, treatment: groups[1], holdout: groups[0] }
    const contrast = contrastOf([stratum])
    const [n, { y, yy, x, xx, xy }] = [6, groups[0]]
    const r2 = (xy - (x * y) / n) ** 2 / ((xx - x ** 2 / n) * (yy - y ** 2 / n))
    expect(contrast?.varianceLeft).toBeCloseTo(1 - r2, 12)
    expect((contrast?.treatment.mean ?? 0) - (contrast?.holdout.mean ?? 0)).toBeCloseTo(5, 12)
  })

  test('undoes a difference that was there before anybody was shared out', () => {
    const stratum = {
      share: 0.5,
      treatment: sums(spent.slice(3), before.slice(3)),
      holdout: sums(spent.slice(0, 3), before.slice(0, 3)),
    }
    const contrast = contrastOf([stratum])
    const raw = effectOf([{ ...stratum }], 'mean').means
    expect((raw.treatment ?? 0) - (raw.holdout ?? 0)).toBeGreaterThan(50)
    expect(Math.abs((contrast?.treatment.mean ?? 0) - (contrast?.holdout.mean ?? 0))).toBeLessThan(
      4,
    )
  })
})

describe('the watch over the shares', () => {
  test('is silent while people are shared out as set, and loud when they are not', () => {
    expect(isMismatched([{ share: 0.1, treatment: 9_012, holdout: 988 }])).toBe(false)
    expect(isMismatched([{ share: 0.1, treatment: 9_300, holdout: 700 }])).toBe(true)
    expect(isMismatched([{ share: 0.5, treatment: 40, holdout: 3 }])).toBe(true)
  })
})

describe('the watch over several arms', () => {
  const thirds = (...people: readonly number[]) => [
    people.map((n) => ({ share: 1 / people.length, people: n })),
  ]
  test('of two is that of a hold-out and the others', () => {
    const two = [
      { share: 0.2, people: 135 },
      { share: 0.8, people: 490 },
    ]
    const one = logMismatch([{ share: 0.2, holdout: 135, treatment: 490 }], 20)
    expect(logArmsMismatch([two], 20)).toBeCloseTo(one, 9)
  })

  test('is silent while people are shared out as set, and loud when an arm loses some', () => {
    expect(areArmsMismatched(thirds(1_012, 988, 1_000))).toBe(false)
    expect(areArmsMismatched(thirds(1_000, 1_000, 800))).toBe(true)
    expect(areArmsMismatched([])).toBe(false)
  })
})

describe('the interval of one share at every look', () => {
  test('is wider than that of one look, and keeps to 0 and 1', () => {
    const one = wilson({ people: 572, reached: 33 })
    const every = rateSequence({ people: 572, reached: 33 })
    expect(every.low).toBeLessThan(one.low)
    expect(every.high).toBeGreaterThan(one.high)
    expect(rateSequence({ people: 50, reached: 0 }).low).toBe(0)
    expect(rateSequence({ people: 50, reached: 50 }).high).toBe(1)
    const nobody = rateSequence({ people: 0, reached: 0 })
    expect(nobody.low).toBeCloseTo(0, 9)
    expect(nobody.high).toBeCloseTo(1, 9)
  })

  test('misses the true share at some look in at most one of twenty', () => {
    const random = seededRandom('arms')
    const seeds = 400
    let missed = 0
    for (let seed = 0; seed < seeds; seed++) {
      let [people, reached, hasMissed] = [0, 0, false]
      for (let day = 0; day < 60; day++) {
        for (let i = 0; i < 20; i++) {
          people++
          reached += +(random.next() < 0.08)
        }
        const { low, high } = rateSequence({ people, reached })
        hasMissed ||= low > 0.08 || high < 0.08
      }
      missed += +hasMissed
    }
    expect(missed / seeds).toBeLessThan(0.05)
    expect(missed).toBeGreaterThan(0)
  })
})

test('a p-value at every look is larger than that of one look', () => {
  expect(alwaysValidP(1.96, 2_000)).toBeGreaterThan(0.4)
  expect(alwaysValidP(widthAt(2_000, 0.05), 2_000)).toBeCloseTo(0.05, 12)
})
