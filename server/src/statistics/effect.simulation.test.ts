import { describe, expect, test } from 'vitest'
import { type Random, seededRandom } from '../lib/random.ts'
import { judge, type Measure } from './effect.ts'
import { newcombe } from './intervals.ts'
import { peopleForRate } from './power.ts'
import { isMismatched } from './sample-ratio.ts'
import { noSums, type Sums } from './sums.ts'

/** A shop: so many people a day for sixty days, of whom the held-out buy at the base and the others `lift` more. */
type Shop = {
  readonly perDay: number
  readonly base: number
  readonly lift: number
  readonly share: number
  readonly measure: Measure
}

/** FIGURES=1 prints what docs/statistics.md says. */
const figure = (told: object) => process.env.FIGURES && console.table([told])

const days = 60
const seeds = 1_000
/** What somebody spends is e^N(0, 1), capped at its 99.5th percentile; the mean of that. */
const cap = 13.14
const cappedMean = 1.62

type Group = { -readonly [name in keyof Sums]: Sums[name] }
const group = (): Group => ({ ...noSums })

function add(to: Group, y: number, x = 0): void {
  to.people += 1
  if (y !== 0) to.nonzero += 1
  to.y += y
  to.yy += y * y
  to.x += x
  to.xx += x * x
  to.xy += x * y
}

function spends(random: Random): number {
  return Math.min(cap, Math.exp(random.normal()))
}

type Told = { readonly said: number; readonly missed: number; readonly found: number }

/** Of the seeds: how many said something on any day, missed the truth on any day, and found a gain on the last. */
function tell(shop: Shop): Told {
  const truth = shop.base * shop.lift * (shop.measure === 'rate' ? 1 : cappedMean)
  let [said, missed, found] = [0, 0, 0]
  for (let seed = 0; seed < seeds; seed++) {
    const random = seededRandom(`${seed}/${JSON.stringify(shop)}`)
    const [treatment, holdout] = [group(), group()]
    let [hasSaid, hasMissed, finds] = [false, false, false]
    for (let day = 0; day < days; day++) {
      for (let i = 0; i < shop.perDay; i++) {
        const isHeld = random.next() < shop.share
        const buys = random.next() < shop.base * (isHeld ? 1 : 1 + shop.lift)
        const y = !buys ? 0 : shop.measure === 'rate' ? 1 : spends(random)
        add(isHeld ? holdout : treatment, y)
      }
      const judged = judge([{ share: shop.share, treatment, holdout }], shop.measure)
      if (!judged || judged.verdict === 'too_little') continue
      const { verdict, difference } = judged
      hasSaid ||= verdict !== 'open'
      hasMissed ||= difference.low > truth || difference.high < truth
      finds = verdict === 'helps'
    }
    said += Number(hasSaid)
    missed += Number(hasMissed)
    found += Number(finds)
  }
  return { said, missed, found }
}

/** The most that so many honest tosses give, four standard errors up. */
const most = (runs: number, chance: number) =>
  runs * chance + 4 * Math.sqrt(runs * chance * (1 - chance))

describe('a message that does nothing, looked at on each of sixty days', () => {
  const shop = { base: 0.05, lift: 0 } as const
  test.each([
    { ...shop, perDay: 5, share: 0.1, measure: 'rate' },
    { ...shop, perDay: 30, share: 0.1, measure: 'rate' },
    { ...shop, perDay: 120, share: 0.1, measure: 'rate' },
    { ...shop, perDay: 30, share: 0.5, measure: 'rate' },
    { ...shop, perDay: 30, share: 0.1, measure: 'mean' },
    { ...shop, perDay: 120, share: 0.1, measure: 'mean' },
  ] as const)(
    'is said to do something at most once in twenty: $measure, $perDay a day, $share held out',
    (at) => {
      const { said, missed } = tell(at)
      figure({ ...at, said, missed })
      expect(said).toBeLessThanOrEqual(most(seeds, 0.05))
      expect(missed).toBe(said)
    },
  )
})

test('+30 % that is true is found as often as planned, and its size is covered on every day', () => {
  const shop = { base: 0.05, lift: 0.3, share: 0.5, measure: 'rate' } as const
  const perDay = Math.ceil(peopleForRate(shop) / days)
  const { found, missed } = tell({ ...shop, perDay })
  figure({ perDay, found, missed })
  expect(found).toBeGreaterThan(seeds * 0.8 - 4 * Math.sqrt(seeds * 0.16))
  expect(missed).toBeLessThanOrEqual(most(seeds, 0.05))
})

test('one look at the end alone would say otherwise far too often, every day', () => {
  let wrong = 0
  for (let seed = 0; seed < seeds; seed++) {
    const random = seededRandom(`fixed/${seed}`)
    const reached = [0, 0]
    const people = [0, 0]
    let said = false
    for (let day = 0; day < days; day++) {
      for (let i = 0; i < 30; i++) {
        const at = random.next() < 0.5 ? 1 : 0
        people[at] = (people[at] ?? 0) + 1
        if (random.next() < 0.05) reached[at] = (reached[at] ?? 0) + 1
      }
      const side = (at: 0 | 1) => ({ people: people[at] ?? 0, reached: reached[at] ?? 0 })
      const { low, high } = newcombe(side(0), side(1))
      said ||= low > 0 || high < 0
    }
    wrong += Number(said)
  }
  figure({ oneLookReadDaily: wrong })
  expect(wrong / seeds).toBeGreaterThan(0.15)
})

describe('spending before', () => {
  /** Half of all people at a correlation of `r` with what they spent before. */
  const draw = (seed: number, r: number) => {
    const random = seededRandom(`before/${seed}/${r}`)
    const [treatment, holdout] = [group(), group()]
    for (let i = 0; i < 400; i++) {
      const x = random.normal()
      const y = r * x + Math.sqrt(1 - r * r) * random.normal()
      add(random.next() < 0.5 ? holdout : treatment, 10 + y, 10 + x)
    }
    return judge([{ share: 0.5, treatment, holdout }], 'mean')
  }
  test.each([0, 0.5, 0.8])(
    'that goes with spending now by %d leaves 1 - r^2 of the variance',
    (r) => {
      const runs = Array.from({ length: seeds }, (_, seed) => draw(seed, r))
      const values = runs.map((one) => one?.difference.value ?? Number.NaN)
      const variance = values.reduce((sum, value) => sum + value ** 2, 0) / seeds
      const told = runs.reduce((sum, one) => sum + (one?.contrast.varianceLeft ?? 0), 0) / seeds
      figure({ r, told, real: variance * 100 })
      expect(told).toBeCloseTo(1 - r * r, 1)
      // Of 400 people shared out evenly the difference has 4/400 of the variance of one; a variance of 1,000 draws errs by 4.5 %.
      expect(variance * 100).toBeGreaterThan((1 - r * r) * (1 - 4 * 0.045))
      expect(variance * 100).toBeLessThan((1 - r * r) * (1 + 4 * 0.045) + 0.01)
      const missed = runs.filter(
        (one) => one && (one.difference.low > 0 || one.difference.high < 0),
      )
      expect(missed.length).toBeLessThanOrEqual(most(seeds, 0.05))
    },
  )
})

test("a hold-out that shrinks while people buy less and less is nobody's doing", () => {
  let [said, alarms] = [0, 0]
  for (let seed = 0; seed < seeds; seed++) {
    const random = seededRandom(`season/${seed}`)
    const strata = [0.5, 0.1].map((share) => ({ share, treatment: group(), holdout: group() }))
    let [hasSaid, hasAlarm] = [false, false]
    for (let day = 0; day < days; day++) {
      const now = strata[day < 20 ? 0 : 1]
      for (let i = 0; i < 30 && now; i++) {
        const isHeld = random.next() < now.share
        add(isHeld ? now.holdout : now.treatment, random.next() < 0.12 - day * 0.0015 ? 1 : 0)
      }
      const judged = judge(strata, 'rate')
      hasSaid ||= judged?.verdict === 'helps' || judged?.verdict === 'harms'
      hasAlarm ||= isMismatched(
        strata.map(({ share, treatment, holdout }) => ({
          share,
          treatment: treatment.people,
          holdout: holdout.people,
        })),
      )
    }
    said += Number(hasSaid)
    alarms += Number(hasAlarm)
  }
  figure({ season: said, alarms })
  expect(said).toBeLessThanOrEqual(most(seeds, 0.05))
  expect(alarms).toBeLessThanOrEqual(most(seeds, 0.001))
})
