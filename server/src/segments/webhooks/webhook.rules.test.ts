import { expect, test } from 'vitest'
import { hourMs } from '../../lib/duration.ts'
import { outcomeOf, tells, waitAfter } from './webhook.ts'

test('a delivery is tried less and less often, and given up after a day', () => {
  expect([1, 2, 3, 4].map(waitAfter)).toEqual([5_000, 15_000, 45_000, 135_000])
  expect(waitAfter(30)).toBe(4 * hourMs)
  let now = 0
  let attempts = 0
  for (;;) {
    const outcome = outcomeOf({ status: 500 }, { attempt: ++attempts, createdAt: 0, now })
    if (outcome.kind !== 'again') break
    now = outcome.due
  }
  expect(attempts).toBeGreaterThan(10)
  expect(attempts).toBeLessThan(20)
  expect(now).toBeLessThanOrEqual(24 * hourMs)
})

test('what an answer means', () => {
  const first = { attempt: 1, createdAt: 0, now: 0 }
  expect(outcomeOf({ status: 204 }, first).kind).toBe('sent')
  expect(outcomeOf({ status: 302 }, first).kind).toBe('again')
  expect(outcomeOf({ status: 404 }, first).kind).toBe('again')
  expect(outcomeOf({ status: 410 }, first).kind).toBe('failed')
  expect(outcomeOf({ status: undefined }, first).kind).toBe('again')
})

test('a webhook tells what it was asked to', () => {
  expect([tells('enter', true), tells('enter', false)]).toEqual([true, false])
  expect([tells('leave', true), tells('leave', false)]).toEqual([false, true])
  expect([tells('both', true), tells('both', false)]).toEqual([true, true])
})
