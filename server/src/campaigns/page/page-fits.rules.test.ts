import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dayMs, hourMs } from '../../lib/duration.ts'
import { fitsPage, isPage, occasionOf, type PageMoment } from './page-fits.ts'
import type { PageMemory } from './page-memory.ts'
import { type PageTrigger, pageTriggerShape } from './page-trigger.ts'

const now = Date.UTC(2026, 10, 22, 9)
const moment: PageMoment = {
  url: 'https://shop.example/join/done?x=1',
  view: 'v1',
  visit: { startedAt: now - hourMs, views: 2, returning: false },
  member: false,
  knownMember: false,
  cartValue: 0,
  events: [],
  now,
  dayStartsAt: now - 9 * hourMs,
}
const trigger: PageTrigger = {
  kind: 'page',
  only: [],
  never: [],
  visitor: 'all',
  fromView: 1,
  when: [{ kind: 'now' }],
  often: 'visit',
}
type Given = {
  readonly trigger?: Partial<PageTrigger>
  readonly moment?: Partial<PageMoment>
  readonly memory?: PageMemory
  readonly asks?: 'nothing' | 'signup' | 'consent'
  readonly fired?: boolean
}
function fit(given: Given = {}) {
  const { asks = 'nothing', memory = {}, fired = false } = given
  const at = { campaign: 7, asks, memory, fired, moment: { ...moment, ...given.moment } }
  const judged = fitsPage({ ...trigger, ...given.trigger }, at)
  return judged.kind === 'no' ? judged.why : judged.kind
}

describe('an address', () => {
  test.each([
    ['is', '/join/done', true],
    ['is', '/join', false],
    ['starts', '/join', true],
    ['starts', '/done', false],
    ['holds', 'x=1', true],
    ['holds', 'y=1', false],
  ] as const)('%s %s: %s', (by, value, fits) => {
    expect(isPage({ by, value }, moment.url)).toBe(fits)
  })

  test('is one with a slash at its end and without, escaped or not, composed or not', () => {
    const is = (value: string, path: string) =>
      isPage({ by: 'is', value }, `https://shop.example${path}`)
    expect(is('/join', '/join/')).toBe(true)
    expect(is('/상품', encodeURI('/상품'))).toBe(true)
    expect(is('/상품', encodeURI('/상품'.normalize('NFD')))).toBe(true)
    expect(is('/', '')).toBe(true)
  })

  test('never throws, whatever stands in it', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (url, value) => {
        for (const by of ['is', 'starts', 'holds'] as const)
          expect(typeof isPage({ by, value }, url)).toBe('boolean')
      }),
    )
  })

  test('that is excluded is excluded though it is named too', () => {
    const done = { by: 'is', value: '/join/done' } as const
    expect(fit({ trigger: { only: [done] } })).toBe('now')
    expect(fit({ trigger: { only: [done], never: [done] } })).toBe('other_page')
    expect(fit({ trigger: { only: [{ by: 'is', value: '/' }] } })).toBe('other_page')
  })
})

test('a visitor is a stranger only where nobody has signed in', () => {
  const member = { member: true, knownMember: true }
  const left = { knownMember: true }
  const fits = (visitor: PageTrigger['visitor'], of: Partial<PageMoment>) =>
    fit({ trigger: { visitor }, moment: of }) === 'now'
  expect([{}, left, member].map((of) => fits('stranger', of))).toEqual([true, false, false])
  expect([{}, left, member].map((of) => fits('member', of))).toEqual([false, false, true])
  const returning = { visit: { ...moment.visit, returning: true } }
  expect([{}, returning].map((of) => fits('new', of))).toEqual([true, false])
  expect([{}, returning].map((of) => fits('returning', of))).toEqual([false, true])
})

test('so many pages into the visit, or an earlier visit; so much in the cart', () => {
  expect(fit({ trigger: { fromView: 3 } })).toBe('too_few_views')
  const views = (count: number, returning = false) => ({
    visit: { ...moment.visit, views: count, returning },
  })
  expect(fit({ trigger: { fromView: 3 }, moment: views(3) })).toBe('now')
  expect(fit({ trigger: { fromView: 3 }, moment: views(1, true) })).toBe('now')
  expect(fit({ trigger: { cartFrom: 30_000 } })).toBe('small_cart')
  expect(fit({ trigger: { cartFrom: 30_000 }, moment: { cartValue: 299_999_999 } })).toBe(
    'small_cart',
  )
  expect(fit({ trigger: { cartFrom: 30_000 }, moment: { cartValue: 300_000_000 } })).toBe('now')
})

test('a moment that is waited for is due when the page says so, an event when the page told of it', () => {
  const seconds: Partial<PageTrigger> = { when: [{ kind: 'seconds', seconds: 5 }] }
  expect(fit({ trigger: seconds })).toBe('later')
  expect(fit({ trigger: seconds, fired: true })).toBe('now')
  const added: Partial<PageTrigger> = { when: [{ kind: 'event', event: 'Product Added' }] }
  // The page's word that a moment has come is no event.
  expect(fit({ trigger: added, fired: true })).toBe('later')
  const told = { name: 'Product Added', at: now, body: { properties: {} } }
  expect(fit({ trigger: added, moment: { events: [told] } })).toBe('now')
})

test('seen is seen for as long as the campaign says', () => {
  const shown = (at: number, visit: number) => ({ shown: { 7: { at, visit } } })
  const thisVisit = shown(now - 60_000, moment.visit.startedAt)
  const yesterday = shown(moment.dayStartsAt - 1, 5)
  const lastWeek = shown(now - 7 * dayMs, 5)
  const table = pageTriggerShape.often
    .unwrap()
    .options.map((often) => [
      often,
      ...[thisVisit, yesterday, lastWeek].map((memory) => fit({ trigger: { often }, memory })),
    ])
  expect(table).toEqual([
    ['view', 'now', 'now', 'now'],
    ['visit', 'seen_often', 'now', 'now'],
    ['day', 'seen_often', 'now', 'now'],
    ['week', 'seen_often', 'seen_often', 'now'],
    ['once', 'seen_often', 'seen_often', 'seen_often'],
  ])
})

test('a refusal to join counts for all that ask to join, and for nothing else', () => {
  const memory = { rests: { signup: now + 1 } }
  expect(fit({ memory, asks: 'signup' })).toBe('resting')
  expect(fit({ memory, asks: 'consent' })).toBe('now')
  expect(fit({ memory })).toBe('now')
  expect(fit({ memory: { rests: { 7: now + 1 } } })).toBe('resting')
  expect(fit({ memory: { rests: { 7: now } } })).toBe('now')
})

test('an occasion is one for two tabs of a visit, and another in the next', () => {
  const next = { ...moment, view: 'v2', visit: { ...moment.visit, startedAt: now } }
  const other = { ...moment, view: 'v2' }
  const same = (often: PageTrigger['often'], one: PageMoment) =>
    occasionOf({ ...trigger, often }, moment) === occasionOf({ ...trigger, often }, one)
  const kinds = ['view', 'visit', 'day', 'week', 'once'] as const
  expect(kinds.filter((often) => same(often, other))).toEqual(['visit', 'day', 'week', 'once'])
  expect(kinds.filter((often) => same(often, next))).toEqual(['day', 'once'])
})
