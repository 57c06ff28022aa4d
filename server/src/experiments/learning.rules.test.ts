import { expect, test } from 'vitest'
import { seededRandom } from '../lib/random.ts'
import { effectOf } from '../statistics/effect.ts'
import { rateSums, type Stratum } from '../statistics/sums.ts'
import { armOf } from './arm.ts'
import { type HoldoutSet, shareInForce } from './learning.ts'

const set: HoldoutSet = { holdoutShare: 0.1, learning: { share: 0.5, people: 2_400 } }

test('more are held out until the planned number of people, and the usual share from then on', () => {
  expect(shareInForce(set, 0)).toBe(0.5)
  expect(shareInForce(set, 2_399)).toBe(0.5)
  expect(shareInForce(set, 2_400)).toBe(0.1)
  expect(shareInForce(set, 1_000_000)).toBe(0.1)
})

test('a campaign that does not learn holds out what it always did', () => {
  expect(shareInForce({ holdoutShare: 0.1 }, 0)).toBe(0.1)
  expect(shareInForce({ holdoutShare: 0 }, 5)).toBe(0)
})

test('whoever is held out after the learning would have been held out during it as well', () => {
  for (let person = 0; person < 500; person++) {
    const drawn = { experiment: 'campaign:3', assignmentKey: `k${person}` }
    const after = armOf({ ...drawn, holdoutShare: shareInForce(set, 2_400) })
    if (after === 'holdout')
      expect(armOf({ ...drawn, holdoutShare: shareInForce(set, 0) })).toBe('holdout')
  }
})

// People who come later buy more: a comparison that forgot the shares would take that for the campaign's doing.
test('what people did over a change of the share is no effect, and a true effect is found', () => {
  const small: HoldoutSet = { holdoutShare: 0.1, learning: { share: 0.5, people: 600 } }
  const runs = 60
  const mean = (effect: number, apart: boolean) => {
    let sum = 0
    for (let seed = 0; seed < runs; seed++) sum += estimate(small, { seed, effect, apart }) / runs
    return sum
  }
  // 60 runs of 1,200 people: a standard error of about 0.005.
  expect(Math.abs(mean(0, true))).toBeLessThan(0.015)
  expect(Math.abs(mean(0.1, true) - 0.1)).toBeLessThan(0.015)
  expect(mean(0, false)).toBeGreaterThan(0.05)
})

function estimate(
  learning: HoldoutSet,
  {
    seed,
    effect,
    apart,
  }: { readonly seed: number; readonly effect: number; readonly apart: boolean },
): number {
  const random = seededRandom(`learning:${seed}`)
  const strata = new Map<number, { share: number; treatment: Sum; holdout: Sum }>()
  for (let person = 0; person < 1_200; person++) {
    const share = shareInForce(learning, person)
    const arm = armOf({ experiment: `s${seed}`, assignmentKey: `k${person}`, holdoutShare: share })
    const base = person < 600 ? 0.1 : 0.4
    const y = random.chance(base + (arm === 'treatment' ? effect : 0)) ? 1 : 0
    const key = apart ? share : 0.3
    const one = strata.get(key) ?? { share: key, treatment: sum(), holdout: sum() }
    strata.set(key, one)
    one[arm].people += 1
    one[arm].y += y
  }
  const told = [...strata.values()].map(
    ({ share, treatment, holdout }): Stratum => ({
      share,
      treatment: rate(treatment),
      holdout: rate(holdout),
    }),
  )
  return effectOf(told, 'rate').difference?.value ?? Number.NaN
}

type Sum = { people: number; y: number }
const sum = (): Sum => ({ people: 0, y: 0 })
const rate = ({ people, y }: Sum) => rateSums(people, y)
