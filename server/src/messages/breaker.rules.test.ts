import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { minuteMs, secondMs } from '../lib/duration.ts'
import {
  allowance,
  type Breaker,
  closedBreaker,
  heard,
  type ProviderSign,
  probing,
} from './breaker.ts'
import { fateOf, retryWaitMs } from './handover.ts'

const fails: ProviderSign = { kind: 'fails' }
const works: ProviderSign = { kind: 'works' }
const failing = (times: number, now: number, from: Breaker = closedBreaker) =>
  Array.from({ length: times }).reduce<Breaker>((breaker) => heard(breaker, fails, now), from)

describe('a lane', () => {
  test('rests after ten failures in a row, and not when one in between works', () => {
    expect(allowance(failing(9, 0), 0)).toBe('all')
    expect(allowance(failing(10, 0), 0)).toBe('none')
    expect(allowance(failing(9, 0, heard(failing(9, 0), works, 0)), 0)).toBe('all')
  })
  test('then tries one message, and nothing more until that is answered', () => {
    const open = failing(10, 0)
    expect(allowance(open, 15 * secondMs - 1)).toBe('none')
    expect(allowance(open, 15 * secondMs)).toBe('one')
    const tried = probing(open, 15 * secondMs)
    expect(allowance(tried, 16 * secondMs)).toBe('none')
    expect(allowance(heard(tried, works, 16 * secondMs), 16 * secondMs)).toBe('all')
  })
  test('rests twice as long each time it fails again, five minutes at most', () => {
    let breaker = failing(10, 0)
    const rests: number[] = []
    for (let now = 0; rests.length < 7; ) {
      if (breaker.kind === 'closed') throw new Error('it should rest')
      rests.push((breaker.until - now) / secondMs)
      now = breaker.until
      breaker = heard(probing(breaker, now), fails, now)
    }
    expect(rests).toEqual([15, 30, 60, 120, 240, 300, 300])
  })
  test('rests as long as the provider asks for', () => {
    const asked = { kind: 'fails', retryAt: 10 * minuteMs } as const
    const open = heard(failing(9, 0), asked, 0)
    expect(allowance(open, 10 * minuteMs - 1)).toBe('none')
    expect(allowance(open, 10 * minuteMs)).toBe('one')
  })
  test('rests at once when the account is empty, and says so', () => {
    expect(heard(closedBreaker, { kind: 'no_balance' }, 0)).toMatchObject({
      kind: 'open',
      why: 'no_balance',
      until: minuteMs,
    })
  })
  test('is not opened further by answers to what left before it opened', () => {
    const open = failing(10, 0)
    expect(failing(50, 5 * secondMs, open)).toBe(open)
    expect(heard(open, works, 5 * secondMs)).toEqual(closedBreaker)
  })
})

test('a lane never rests for ever: whatever is heard, one message may be tried within fifteen minutes', () => {
  const sign = fc.constantFrom<ProviderSign>(works, fails, { kind: 'no_balance' })
  const steps = fc.array(fc.tuple(sign, fc.integer({ min: 0, max: 10 * minuteMs })))
  fc.assert(
    fc.property(steps, (all) => {
      let breaker: Breaker = closedBreaker
      let now = 0
      for (const [sign, passed] of all) {
        now += passed
        if (allowance(breaker, now) === 'one') breaker = probing(breaker, now)
        breaker = heard(breaker, sign, now)
        expect(allowance(breaker, now + 15 * minuteMs)).not.toBe('none')
      }
    }),
  )
})

describe('a message that the provider could not take', () => {
  test('is tried again after 1, 3, 9, 27, 81 minutes and then every 4 hours, up to a quarter sooner', () => {
    const whole = [1, 3, 9, 27, 81, 240, 240, 240]
    for (const [index, minutes] of whole.entries()) {
      const wait = retryWaitMs({ number: index + 1, seed: '1:7' }) / minuteMs
      expect(wait).toBeGreaterThan(minutes * 0.749)
      expect(wait).toBeLessThanOrEqual(minutes)
    }
  })
  test('waits another time than its neighbour, and the same time whenever it is asked', () => {
    const waits = Array.from({ length: 100 }, (_, id) =>
      retryWaitMs({ number: 3, seed: `1:${id}` }),
    )
    expect(new Set(waits).size).toBeGreaterThan(95)
    expect(retryWaitMs({ number: 3, seed: '1:5' })).toBe(waits[5])
  })
  test('has failed after the ninth try', () => {
    const temporary = { kind: 'temporary', detail: 'busy' } as const
    const after = (number: number) => fateOf(temporary, { number, now: 0, seed: '' })
    expect(after(8)).toMatchObject({ state: 'queued' })
    expect(after(9)).toMatchObject({ state: 'failed', reason: 'provider_unavailable' })
  })
})
