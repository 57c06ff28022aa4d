import fc from 'fast-check'
import { expect, test } from 'vitest'
import { runPerson } from '../events/run-people.ts'
import { eventOf } from '../events/sample.ts'
import type { Person } from '../events/turn.ts'
import type { CampaignId, CustomerId } from '../lib/brand.ts'
import { dayMs, hourMs, minuteMs, secondMs } from '../lib/duration.ts'
import { localTime } from '../lib/zone.ts'
import { Flow } from './campaign.ts'
import { dayOfText } from './day.ts'
import { noMemory } from './memory.ts'
import { type Desk, personTurn } from './person-turn.ts'
import { dueDate, minuteOf, nextMoment } from './time-of-day.ts'
import type { Way } from './way.ts'

// Flows under clocks that step back, stand still for a day, and are looked at whenever the line happens to.
const start = Date.UTC(2026, 2, 2, 1)
const customer = 1 as CustomerId
const campaign = 7 as CampaignId
const zones = ['Asia/Seoul', 'America/New_York', 'Australia/Lord_Howe', 'Pacific/Apia'] as const

const mail = {
  kind: 'message',
  id: 99,
  content: {
    channel: 'email',
    subject: '소식',
    body: { kind: 'blocks', blocks: [{ kind: 'text', text: '안녕하세요' }] },
  },
}
const flowOf = (waits: readonly number[]) =>
  Flow.parse({
    trigger: { kind: 'event', event: 'Signed Up' },
    steps: [...waits.map((minutes, at) => ({ kind: 'wait', id: at + 1, minutes })), mail],
    goal: { event: 'Order Completed', windowHours: 72 },
  })

/** One person's lane: a turn at each look of the clock. Answers when each step began and when the clock showed it. */
function lane(flow: Flow, entersAt: number) {
  const live = { id: campaign, version: 1, flow }
  const desk: Desk = {
    entering: new Map([['Signed Up', [live]]]),
    flowOf: () => ({ flow, paused: false }),
    sellable: () => true,
    isMember: () => false,
    timeZone: 'Asia/Seoul',
    goalOf: () => flow.goal,
    sharesOf: () => undefined,
  }
  let processedAt = -Infinity
  let ways: readonly Way[] = []
  let entered = false
  const rung: { readonly step: number; readonly due: number; readonly at: number }[] = []
  const asked: number[] = []
  return {
    rung,
    asked,
    /** A turn of the line at this time of its machine. */
    look: (clock: number) => {
      processedAt = Math.max(processedAt, clock)
      const happenings =
        entered || processedAt < entersAt
          ? []
          : [
              {
                ...eventOf({ name: 'Signed Up', at: processedAt, position: 1, customer }),
                processedAt,
              },
            ]
      entered ||= happenings.length > 0
      const turn = personTurn(desk, {
        ...{ customer, traits: {}, assignmentKey: 'k', memory: noMemory },
        ways: ways.map((way) => ({ ...way, id: 1, before: way.enrolment, ask: undefined })),
      })
      const room = {
        nextDue: turn.nextDue,
        fire: (_: CustomerId, now: number) => {
          const step = turn.ways()[0]?.enrolment.step ?? 0
          turn.fire(now)
          rung.push({ step, due: now, at: processedAt })
        },
        apply: (happening: Parameters<typeof turn.apply>[0]) => turn.apply(happening, processedAt),
        discard: () => {},
        close: async () => {},
      }
      const person = { customer: { id: customer }, happenings } as unknown as Person
      expect(runPerson([{ name: 'campaigns', room }], person, processedAt).kind).toBe('done')
      ways = turn.ways()
      if (ways.some(({ ask }) => ask !== undefined)) asked.push(processedAt)
      return { processedAt, due: turn.nextDue() }
    },
  }
}

/** What a clock does between two looks at it: goes on, is set back ten minutes, or stands for a day. */
const tick = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 1, max: 20 * minuteMs }) },
  { weight: 2, arbitrary: fc.constant(-10 * minuteMs) },
  { weight: 1, arbitrary: fc.constant(dayMs) },
)
const waits = fc.array(fc.constantFrom(0.01, 0.5, 7, 60, 24 * 60), { minLength: 1, maxLength: 6 })

test('whatever the clock does, each timer rings once, in order, at its own time, never early', () => {
  fc.assert(
    fc.property(waits, fc.array(tick, { minLength: 20, maxLength: 60 }), (minutes, ticks) => {
      const one = lane(flowOf(minutes), start)
      let clock = start
      const { processedAt: entry } = one.look(clock)
      let last = entry
      for (const by of ticks) {
        clock += by
        const { processedAt, due } = one.look(clock)
        expect(processedAt).toBeGreaterThanOrEqual(last)
        // What was due by then has rung: nothing is left behind for the clock to pass again.
        expect(due).toBeGreaterThan(processedAt)
        last = processedAt
      }
      one.look(clock + 20 * dayMs)
      // As if the clock had been looked at in every moment: each wait begins when the one before it ended.
      let due = entry
      const expected = minutes.map((wait, at) => {
        due += wait * minuteMs
        return { step: at + 1, due }
      })
      expect(one.rung.map(({ step, due }) => ({ step, due }))).toEqual(expected)
      for (const { due, at } of one.rung) expect(at).toBeGreaterThanOrEqual(due)
      expect(one.asked).toHaveLength(1)
    }),
    { numRuns: 300, seed: 5 },
  )
})

test('a clock set back ten minutes shortens no wait', () => {
  const one = lane(flowOf([15]), start + hourMs)
  one.look(start)
  one.look(start + hourMs - secondMs)
  // The line has seen an hour go by; the person enters while the clocks show the past.
  one.look(start + hourMs)
  one.look(start + 50 * minuteMs)
  one.look(start + hourMs + 15 * minuteMs - 1)
  expect(one.rung).toEqual([])
  one.look(start + hourMs + 15 * minuteMs)
  expect(one.rung).toEqual([
    { step: 1, due: start + hourMs + 15 * minuteMs, at: start + hourMs + 15 * minuteMs },
  ])
})

test('a server that stood for a day catches up in the order of the due times', () => {
  const one = lane(flowOf([60, 60, 60]), start)
  one.look(start)
  one.look(start + dayMs)
  const at = start + dayMs
  expect(one.rung).toEqual([
    { step: 1, due: start + hourMs, at },
    { step: 2, due: start + 2 * hourMs, at },
    { step: 3, due: start + 3 * hourMs, at },
  ])
})

const day = fc
  .integer({ min: Date.UTC(2024, 0, 1) / dayMs, max: Date.UTC(2032, 11, 31) / dayMs })
  .map((number) => new Date(number * dayMs).toISOString().slice(0, 10))
const edges = fc.constantFrom('2024-02-29', '2028-02-29', '2026-02-28', '2025-12-31', '2026-10-31')
const time = fc
  .integer({ min: 0, max: 24 * 60 - 1 })
  .map((minute) => new Date(minute * minuteMs).toISOString().slice(11, 16))
const moved = { min: -365, max: 365 }

test('a date counts its days by the calendar, over leap days, ends of months and moves of the clocks', () => {
  fc.assert(
    fc.property(
      ...[fc.oneof(day, edges), fc.integer(moved), time, fc.constantFrom(...zones)],
      (date, offsetDays, clock, zone) => {
        const at = dueDate(date, { offsetDays, time: clock }, zone) ?? Number.NaN
        const wanted =
          ((dayOfText(date) ?? Number.NaN) + offsetDays) * dayMs + minuteOf(clock) * minuteMs
        const shown = localTime(at, zone)
        // Only where clocks skip that time is it the first moment after it, on the minute before which they showed less.
        expect(shown).toBeGreaterThanOrEqual(wanted)
        if (shown !== wanted) expect(localTime(at - minuteMs, zone)).toBeLessThan(wanted)
      },
    ),
    { numRuns: 1_000, seed: 5 },
  )
})

test('waiting for a time of day takes a day at most, however the clocks move', () => {
  const around = fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2027, 0, 1) })
  fc.assert(
    fc.property(around, time, fc.constantFrom(...zones), (now, clock, zone) => {
      const at = nextMoment(now, { time: clock }, zone)
      expect(at).toBeGreaterThanOrEqual(now)
      expect(at - now).toBeLessThanOrEqual(25 * hourMs)
      expect(nextMoment(at, { time: clock }, zone)).toBe(at)
    }),
    { numRuns: 1_000, seed: 5 },
  )
})
