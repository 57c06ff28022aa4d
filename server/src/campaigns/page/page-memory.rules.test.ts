import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Happening } from '../../events/happening.ts'
import { dayMs } from '../../lib/duration.ts'
import type { JsonObject } from '../../lib/json.ts'
import { calledEvent } from '../trigger.ts'
import {
  dismissedEvent,
  mergePages,
  noPages,
  type PageMemory,
  rememberedPages,
} from './page-memory.ts'

const at = Date.UTC(2026, 10, 22)
const happening = (of: Partial<Happening>, properties: JsonObject): Happening => ({
  kind: 'event',
  name: '',
  at,
  receivedAt: at,
  messageId: 'm',
  ids: { verified: false },
  body: { properties },
  ...of,
})
const called = (campaign: number, visit: number, when = at) =>
  happening({ kind: 'derived', name: calledEvent, at: when }, { campaign_id: campaign, visit })
const dismissed = (more: JsonObject) =>
  happening({ name: dismissedEvent }, { campaign_id: 7, ...more })
const after = (...all: readonly Happening[]) => all.reduce(rememberedPages, noPages)

test('a decision is remembered with its visit, the newest of a campaign', () => {
  expect(after(called(7, 1), called(7, 2, at + 5), called(8, 2))).toEqual({
    shown: { 7: { at: at + 5, visit: 2 }, 8: { at, visit: 2 } },
  })
})

test('only the log may say that something was shown; a page cannot', () => {
  const said = happening({ kind: 'event', name: calledEvent }, { campaign_id: 7, visit: 1 })
  expect(after(said)).toBe(noPages)
})

test('silence lasts as long as was asked for, of today until the midnight that the page names', () => {
  const untilOf = (more: JsonObject) => after(dismissed(more)).rests?.[7]
  expect(untilOf({ rest: '7d' })).toBe(at + 7 * dayMs)
  expect(untilOf({ rest: 'today', until: at + 1_000 })).toBe(at + 1_000)
  // A page's clock that is wrong makes no longer day and none that ended before it was asked for.
  expect(untilOf({ rest: 'today', until: at + 9 * dayMs })).toBe(at + dayMs)
  expect(after(dismissed({ rest: 'today', until: at - 1 })).rests?.[7]).toBe(at)
  expect(untilOf({ rest: 'for ever and ever' })).toBeUndefined()
  expect(untilOf({})).toBeUndefined()
})

test('who refuses to join has refused for the shop, and a shorter wish takes no longer one back', () => {
  const memory = after(
    dismissed({ rest: '30d', asks: 'signup' }),
    dismissed({ rest: '7d', asks: 'signup' }),
  )
  expect(memory.rests).toEqual({ 7: at + 30 * dayMs, signup: at + 30 * dayMs })
})

test('a hundred campaigns are remembered, the oldest make room', () => {
  const memory = after(...Array.from({ length: 150 }, (_, n) => called(n + 1, 1, at + n)))
  expect(Object.keys(memory.shown ?? {})).toHaveLength(100)
  expect(memory.shown?.[50]).toBeUndefined()
  expect(memory.shown?.[51]).toBeDefined()
})

test('of two people who are one the later sight and the longer silence hold, whoever is merged into whom', () => {
  const time = fc.integer({ min: 0, max: 1_000 })
  const memory: fc.Arbitrary<PageMemory> = fc.record({
    shown: fc.dictionary(fc.constantFrom('1', '2', '3'), fc.record({ at: time, visit: time })),
    rests: fc.dictionary(fc.constantFrom('1', 'signup'), time),
  })
  const until = (of: PageMemory, name: string) => of.rests?.[name] ?? -1
  const sight = (of: PageMemory, name: string) => of.shown?.[name]?.at ?? -1
  fc.assert(
    fc.property(memory, memory, (one, other) => {
      const both = mergePages(one, other)
      for (const merged of [both, mergePages(other, one)]) {
        for (const name of ['1', '2', '3', 'signup']) {
          expect(until(merged, name)).toBe(Math.max(until(one, name), until(other, name)))
          expect(sight(merged, name)).toBe(Math.max(sight(one, name), sight(other, name)))
        }
      }
      expect(mergePages(both, both)).toEqual(both)
    }),
  )
})
