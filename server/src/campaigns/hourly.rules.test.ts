import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hourMs, minuteMs } from '../lib/duration.ts'
import { type Bucket, paced } from './hourly.ts'

/** A campaign's messages under a clock that looks at what is due; answers when each left. */
function left(
  perHour: number,
  arrivals: readonly { readonly at: number; readonly count: number }[],
  until: number,
  /** The sender stands in these hours. */
  stands: (now: number) => boolean = () => false,
) {
  const times: number[] = []
  let bucket: Bucket | undefined
  let waiting: { id: number; due: number; placed: boolean }[] = []
  let ids = 0
  let looks = 0
  for (let now = 0; now <= until; now += minuteMs / 2) {
    for (const { at, count } of arrivals)
      if (at > now - minuteMs / 2 && at <= now)
        for (let one = 0; one < count; one++) waiting.push({ id: ids++, due: now, placed: false })
    if (stands(now)) continue
    for (;;) {
      const due = waiting.filter((one) => one.due <= now).slice(0, 100)
      if (due.length === 0) break
      looks += due.length
      const places = waiting.flatMap((one) => (one.placed ? one.due : []))
      const lastPlace = places.length > 0 ? Math.max(...places) : null
      const told = paced(perHour, due, { now, bucket, lastPlace })
      bucket = told.bucket
      const went = new Set(due.filter(({ id }) => !told.later.has(id)).map(({ id }) => id))
      for (const _ of went) times.push(now)
      waiting = waiting.flatMap((one) => {
        if (went.has(one.id)) return []
        const due = told.later.get(one.id)
        return due === undefined ? one : { ...one, due, placed: true }
      })
    }
  }
  return { times, looks }
}

function mostInAnHour(times: readonly number[]): number {
  return Math.max(
    0,
    ...times.map((from) => times.filter((at) => at >= from && at < from + hourMs).length),
  )
}

test('in no hour more than the campaign may, whatever comes and whenever the sender stands', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 400 }),
      fc.array(
        fc.record({
          at: fc.integer({ min: 0, max: 4 * hourMs }),
          count: fc.integer({ min: 1, max: 150 }),
        }),
        { maxLength: 5 },
      ),
      fc.integer({ min: 0, max: 3 }),
      (perHour, arrivals, standing) => {
        const stands = (now: number) =>
          now >= standing * hourMs && now < standing * hourMs + hourMs / 2
        const { times } = left(perHour, arrivals, 6 * hourMs, stands)
        expect(mostInAnHour(times)).toBeLessThanOrEqual(perHour)
      },
    ),
    { numRuns: 60 },
  )
})

test('all of a thousand leave in ten hours at a hundred an hour, each looked at about twice', () => {
  const { times, looks } = left(100, [{ at: 0, count: 1_000 }], 11 * hourMs)
  expect(times).toHaveLength(1_000)
  expect(Math.max(...times)).toBeLessThan(10.6 * hourMs)
  expect(looks).toBeLessThan(2_300)
})

test('one an hour is one an hour', () => {
  const { times } = left(1, [{ at: 0, count: 3 }], 3 * hourMs)
  expect(times).toEqual([0, hourMs, 2 * hourMs])
})

test('a clock stepped back gives nobody a second turn', () => {
  const first = paced(20, [{ id: 1, placed: false }], {
    now: hourMs,
    bucket: undefined,
    lastPlace: null,
  })
  expect(first.later.size).toBe(0)
  const { bucket } = paced(20, [], { now: 0, bucket: first.bucket, lastPlace: null })
  const again = paced(20, [{ id: 2, placed: false }], { now: hourMs, bucket, lastPlace: null })
  expect(again.later.get(2)).toBe(hourMs + 3 * minuteMs)
})
