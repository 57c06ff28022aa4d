import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dayMs, hourMs, minuteMs, secondMs } from '../lib/duration.ts'
import { effectOf, nextLookUp, nextReport, type ReportedOn } from './follow-up.ts'

const sent: ReportedOn = { state: 'sent', deliveredAt: null }
const arrived: ReportedOn = { state: 'sent', deliveredAt: 5 }
const failed: ReportedOn = { state: 'failed', deliveredAt: null }
const delivered = { kind: 'delivered', cause: '' } as const
const because = (cause: string) => ({ kind: 'failed', cause }) as const

describe('a report', () => {
  test.each([
    ['first word: it arrived', sent, delivered, 'delivered'],
    ['first word: it did not', sent, because('not_on_kakao'), 'failed'],
    ['arrived, told again', arrived, delivered, 'nothing'],
    ['failed, told again', failed, because('unreachable'), 'nothing'],
    ['arrived after it had failed', failed, delivered, 'nothing'],
    ['failed after it had arrived', arrived, because('unreachable'), 'nothing'],
    ['returned after the next server took it', arrived, because('no_address'), 'failed'],
    ['marked as spam', arrived, because('complaint'), 'complained'],
    ['marked as spam before we heard that it arrived', sent, because('complaint'), 'complained'],
    ['money was short after all', sent, because('no_balance'), 'again'],
    ['money was short, of what arrived', arrived, because('no_balance'), 'nothing'],
    ['money was short, of what failed', failed, because('no_balance'), 'nothing'],
    ['about what waits again', { state: 'queued', deliveredAt: null }, delivered, 'nothing'],
  ] as const)('%s', (_, message, report, effect) => {
    expect(effectOf(message, report)).toBe(effect)
  })

  test('in whatever order and how often they come, a message never goes back to something less final', () => {
    const report = fc.constantFrom(
      delivered,
      because('unreachable'),
      because('no_address'),
      because('complaint'),
    )
    const rank = ({ state, deliveredAt }: ReportedOn) =>
      state === 'failed' ? 2 : deliveredAt === null ? 0 : 1
    fc.assert(
      fc.property(fc.array(report, { maxLength: 12 }), (reports) => {
        let message: ReportedOn = sent
        for (const one of [...reports, ...reports]) {
          const effect = effectOf(message, one)
          const next: ReportedOn =
            effect === 'failed'
              ? { ...message, state: 'failed' }
              : effect === 'nothing'
                ? message
                : { ...message, deliveredAt: message.deliveredAt ?? 1 }
          expect(rank(next)).toBeGreaterThanOrEqual(rank(message))
          message = next
        }
      }),
    )
  })
})

test('an unclear hand-over is looked for after 20 seconds, then less and less often, and given up after six hours', () => {
  const times: number[] = []
  for (let at = nextLookUp(0, 0); at !== null; at = nextLookUp(0, at)) times.push(at)
  expect(times).toEqual([20 * secondMs, 2 * minuteMs, 15 * minuteMs, hourMs, 6 * hourMs])
})

test('an accepted message is asked about for three days', () => {
  const times: number[] = []
  for (let at = nextReport(0, 0); at !== null; at = nextReport(0, at)) times.push(at)
  expect(times[0]).toBe(minuteMs)
  expect(times.at(-1)).toBe(3 * dayMs)
  expect(times.length).toBeLessThanOrEqual(10)
})
