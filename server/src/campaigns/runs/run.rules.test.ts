import { describe, expect, test } from 'vitest'
import { dayMs, hourMs, minuteMs } from '../../lib/duration.ts'
import { Schedule } from '../schedule.ts'
import { dueRun, returnsIn } from './due.ts'
import { firstShare, isFirst, judgeFirst, leadMs, RunSettings } from './run.ts'

const usual = RunSettings.parse({})

describe('the first share of a bulk send', () => {
  test.each([
    [100, 1],
    [999, 1],
    [1_000, 0.1],
    [2_000, 0.05],
    [1_000_000, 0.05],
  ])('of %i people is %f', (audience, share) => {
    expect(firstShare(usual, audience)).toBeCloseTo(share)
  })

  test('is everybody when the shop wants none', () => {
    expect(firstShare({ ...usual, firstPercent: 0 }, 1_000_000)).toBe(1)
  })

  test('is drawn anew for each run and stays within one', () => {
    const people = Array.from({ length: 20_000 }, (_, id) => id)
    const of = (run: number) => people.filter((id) => isFirst(run, id, 0.05))
    expect(of(1)).toEqual(of(1))
    expect(of(1).length).toBeGreaterThan(850)
    expect(of(1).length).toBeLessThan(1_150)
    const again = new Set(of(2))
    expect(of(1).filter((id) => again.has(id)).length).toBeLessThan(100)
    expect(people.every((id) => isFirst(3, id, 1))).toBe(true)
  })
})

test('what a flow waits before its first message is waited for too', () => {
  const step = (minutes: number, id: number) => ({ kind: 'wait', id, minutes }) as const
  expect(leadMs([step(60, 1), step(30, 2), { kind: 'exit', id: 3 }, step(5, 4)])).toBe(
    90 * minuteMs,
  )
})

describe('after the first share', () => {
  const fine = { sent: 100, failed: 2, optOuts: 0, queued: 0 }
  test('a run goes on by itself when failures and opt-outs are few', () => {
    expect(judgeFirst(fine, usual, 0)).toEqual({ kind: 'go' })
    expect(judgeFirst({ ...fine, optOuts: 2 }, usual, 0)).toEqual({ kind: 'go' })
  })
  test('it asks when many failed or many opted out', () => {
    expect(judgeFirst({ ...fine, failed: 9 }, usual, 0)).toEqual({
      kind: 'ask',
      reason: 'failures',
    })
    expect(judgeFirst({ ...fine, optOuts: 3 }, usual, 0)).toEqual({
      kind: 'ask',
      reason: 'opt_outs',
    })
  })
  test('it waits while most could not leave, for a day at most', () => {
    const held = { sent: 0, failed: 0, optOuts: 0, queued: 100 }
    expect(judgeFirst(held, usual, hourMs)).toEqual({ kind: 'wait' })
    expect(judgeFirst(held, usual, dayMs + 1)).toEqual({ kind: 'ask', reason: 'not_sent' })
  })
  test('it goes on where nothing was to be sent yet', () => {
    expect(judgeFirst({ sent: 0, failed: 0, optOuts: 0, queued: 0 }, usual, 0)).toEqual({
      kind: 'go',
    })
  })
})

describe('a run is due', () => {
  const zone = 'Asia/Seoul'
  const daily = Schedule.parse({ kind: 'daily', time: '10:00' })
  const ten = Date.UTC(2026, 10, 22, 1)

  test('at its time and not before', () => {
    const after = ten - hourMs
    expect(dueRun(daily, { after, now: ten - 1 }, zone)).toBeUndefined()
    expect(dueRun(daily, { after, now: ten }, zone)).toEqual({ at: ten, tooLate: false })
    expect(dueRun(daily, { after: ten, now: ten + hourMs }, zone)).toBeUndefined()
  })

  test('once for the days that the server stood', () => {
    const now = ten + 3 * dayMs + minuteMs
    expect(dueRun(daily, { after: ten - 1, now }, zone)).toEqual({
      at: ten + 3 * dayMs,
      tooLate: false,
    })
  })

  test('and is only told when it is older than a day', () => {
    const once = Schedule.parse({ kind: 'once', at: ten })
    const of = (now: number) => dueRun(once, { after: ten - dayMs, now }, zone)
    expect(of(ten + hourMs)).toEqual({ at: ten, tooLate: false })
    expect(of(ten + 2 * dayMs)).toEqual({ at: ten, tooLate: true })
  })

  test('every minute of a cron that was missed is one run', () => {
    const often = Schedule.parse({ kind: 'cron', expression: '* * * * *' })
    expect(dueRun(often, { after: ten, now: ten + 5 * dayMs }, zone)).toEqual({
      at: ten + 5 * dayMs,
      tooLate: false,
    })
  })
})

test('a birthday returns on its day, 29 February on the 28th', () => {
  const trigger = {
    kind: 'anniversary',
    trait: 'birthday',
    offsetDays: -3,
    time: '10:00',
  } as const
  const run = { dueAt: Date.UTC(2027, 1, 25, 1), zone: 'Asia/Seoul' }
  expect(returnsIn(trigger, '1992-02-29', run)).toBe(true)
  expect(returnsIn(trigger, '1992-02-27', run)).toBe(false)
  expect(returnsIn(trigger, 'spring', run)).toBe(false)
})
