import { afterAll, describe, expect, test } from 'vitest'
import { assert } from '../../lib/assert.ts'
import { dayMs, hourMs, minuteMs } from '../../lib/duration.ts'
import type { SendingSettings } from '../../messages/sending.ts'
import { stepsOf } from '../flow-map.ts'
import type { SimulatedDecision } from '../simulate-door.ts'
import type { SeenOnPage } from './simulated-pages.contract.ts'
import { soldOut } from './simulated-recommended.contract.ts'
import { type ConsentAt, campaigns, end, pools, simulatedShop } from './simulated-shop.contract.ts'

// Every playbook that can run, all of them live in one shop, for eight virtual weeks: twenty shops from twenty seeds. Shops of odd
// numbers allow more messages a day, so that the order of precedence is what holds people apart.
const seeds = Array.from({ length: 20 }, (_, at) => at)
const settingsOf = (seed: number): Pick<SendingSettings, 'adsPerDay' | 'adsPerWeek'> =>
  seed % 2 === 0 ? { adsPerDay: 1, adsPerWeek: 3 } : { adsPerDay: 4, adsPerWeek: 9 }

const flowOf = new Map(campaigns.map(({ id, flow }) => [id, flow]))
const sentBy = new Set<number>()
const reasons = new Set<string>()
const met: SeenOnPage[] = []
type Lived = Pick<ReturnType<typeof simulatedShop>, 'run' | 'seen'>
/** The first two shops, to compare others with. */
const lived: Lived[] = []

describe.each(seeds)('shop %i', (seed) => {
  const settings = settingsOf(seed)
  const { run, consents, seen } = simulatedShop(`gallery ${seed}`, settings)
  const waiting = run.underWay()
  run.advanceTo(end)
  const open = run.underWay()
  run.advanceTo(end + 200 * dayMs)
  if (seed < 2) lived.push({ run, seen })
  const decisions = run.decisions()
  // What arrived, or may have; a message that failed was handed over all the same.
  const went = decisions.flatMap((one) =>
    one.sentAt === null ? [] : [{ ...one, sentAt: one.sentAt }],
  )
  // What stands on a page is no transmission.
  const left = went.filter((one) => one.channel !== 'onsite')
  const arrived = left.filter((one) => one.state === 'sent')
  const byPerson = Map.groupBy(
    arrived.filter((one) => one.purpose === 'advertising'),
    (one) => one.customer,
  )
  for (const rows of byPerson.values()) rows.sort((a, b) => a.sentAt - b.sentAt)

  test('no advertisement leaves without the consent that its channel has at that moment', () => {
    for (const one of left) {
      if (one.purpose !== 'advertising') continue
      const states = consentsAt(consents, one, one.sentAt)
      expect(states.some((state) => state?.consent?.adDay && state.hasContact)).toBe(true)
    }
    expect(left.length).toBeGreaterThan(100)
  })

  test('none leaves at night without the consent to the night, and no Brand Message at all', () => {
    for (const one of left) {
      if (one.purpose !== 'advertising' || one.channel === 'email') continue
      const minute = ((one.sentAt + 9 * hourMs) % dayMs) / minuteMs
      if (minute >= 8 * 60 && minute < (one.channel === 'kakao' ? 20 * 60 + 50 : 21 * 60)) continue
      expect(one.channel).toBe('sms')
      const states = consentsAt(consents, one, one.sentAt)
      expect(states.some((state) => state?.consent?.adNight)).toBe(true)
    }
  })

  test('nobody gets more than the shop allows in a day and in a week', () => {
    const { adsPerDay, adsPerWeek } = settings
    for (const rows of byPerson.values())
      for (const [at, row] of rows.entries()) {
        const [day, week] = [rows[at + adsPerDay], rows[at + adsPerWeek]]
        if (day) expect(day.sentAt - row.sentAt).toBeGreaterThanOrEqual(dayMs)
        if (week) expect(week.sentAt - row.sentAt).toBeGreaterThanOrEqual(7 * dayMs)
      }
  })

  test('a lighter message does not leave within a day after a weightier one', () => {
    for (const rows of byPerson.values())
      for (const [at, row] of rows.entries())
        for (const later of rows.slice(at + 1))
          if (later.precedence.weight < row.precedence.weight)
            expect(later.sentAt - row.sentAt).toBeGreaterThanOrEqual(dayMs)
  })

  test('everybody under way waits for a time within the bounds of the flow, and every enrolment ends', () => {
    for (const { campaign, due } of open) {
      const flow = flowOf.get(campaign)
      assert(due !== null && flow, 'who is under way waits for a time')
      expect(due).toBeGreaterThan(end)
      expect(due - end).toBeLessThanOrEqual(longestWait(campaign))
    }
    expect(waiting.length).toBeGreaterThan(0)
    expect(run.underWay()).toEqual([])
    expect(decisions.filter((one) => one.state === 'queued')).toEqual([])
  })

  test('nobody is told twice for the same cause: one message a step arrives, and people come back only when they may', () => {
    const causes = Map.groupBy(arrived, (one) => `${one.enrolment}:${one.step}`)
    for (const rows of causes.values()) expect(rows).toHaveLength(1)
    // How often a page speaks is its own rule, below.
    const offSite = decisions.filter((one) => one.channel !== 'onsite')
    for (const rows of Map.groupBy(offSite, (one) => `${one.campaign}:${one.customer}`).values())
      comesBackInTime(rows)
  })

  test('people stay on their side of the comparison, and coupons within their limits', () => {
    for (const rows of Map.groupBy(
      decisions,
      (one) => `${one.campaign}:${one.customer}`,
    ).values()) {
      const drawn = rows.filter((one) => one.wouldSend)
      expect(new Set(drawn.map((one) => one.arm)).size).toBeLessThanOrEqual(1)
    }
    for (const { id, left: pieces, perPerson } of pools) {
      const given = run.coupons().filter((one) => one.pool === id)
      if (pieces !== null) expect(given.length).toBeLessThanOrEqual(pieces)
      if (!perPerson) continue
      for (const own of Map.groupBy(given, (one) => one.customer).values())
        for (const [at, one] of own.entries()) {
          const next = own[at + perPerson.count]
          if (next) expect(next.at - one.at).toBeGreaterThanOrEqual(perPerson.days * dayMs)
        }
    }
    for (const one of went) if (one.state === 'sent') sentBy.add(one.campaign)
    for (const one of decisions) reasons.add(one.reason)
  })

  test('what a page decided is decided once, at that instant and in that arm, and fills its own enrolment', () => {
    const told = ({ campaign, customer, at, arm }: (typeof seen)[number] | SimulatedDecision) =>
      `${campaign} ${customer} ${at} ${arm}`
    const rows = decisions.filter((one) => one.channel === 'onsite')
    expect(rows.map(told)).toEqual(seen.map(told))
    expect(new Set(rows.map((one) => one.enrolment)).size).toBe(rows.length)
    for (const one of rows) expect(one.state).toBe(one.arm === 'holdout' ? 'held_out' : 'sent')
  })

  test('at most one popup a page view and two a visit, never on busy pages, and strangers alone are asked to join', () => {
    const popups = seen.filter((one) => one.isPopup && one.arm === 'treatment')
    for (const rows of Map.groupBy(popups, (one) => one.view).values()) expect(rows).toHaveLength(1)
    for (const rows of Map.groupBy(popups, (one) => `${one.customer} ${one.visit}`).values())
      expect(rows.length).toBeLessThanOrEqual(2)
    for (const one of seen) {
      expect(one.url).not.toContain('orderform')
      if (one.asks !== 'nothing') expect(one.joined).toBe(one.asks === 'consent')
    }
  })

  test('who presses for a coupon has one piece a showing, however often they press', () => {
    const pieces = run.coupons().filter(({ message }) => message?.startsWith('onsite:'))
    const got = seen.filter(({ pressed }) => pressed === 'available')
    expect(pieces).toHaveLength(got.length)
    expect(new Set(pieces.map(({ message }) => message)).size).toBe(pieces.length)
  })

  test('what a page recommends can be bought, is named once, and is not what lies in the cart', () => {
    for (const { campaign, cards, carted } of seen) {
      const recipe = recipeOf(campaign)
      expect(cards.length > 0).toBe(recipe !== undefined)
      if (!recipe) continue
      expect(cards.length).toBeGreaterThanOrEqual(Math.max(1, recipe.atLeast))
      expect(cards.length).toBeLessThanOrEqual(recipe.limit)
      expect(new Set(cards).size).toBe(cards.length)
      expect(cards).not.toContain(soldOut)
      if (recipe.strategy === 'recently_viewed') continue
      expect(cards.filter((product) => carted.includes(product))).toEqual([])
    }
  })

  test('who asked for silence is left in peace, and nobody sees a message more often than it may be seen', () => {
    for (const rows of Map.groupBy(seen, (one) => `${one.customer} ${one.campaign}`).values())
      for (const [nth, one] of rows.entries()) {
        const later = rows[nth + 1]
        if (!later) continue
        expect(later.at).toBeGreaterThanOrEqual(one.restUntil)
        const { trigger } = flowOf.get(one.campaign as never) ?? {}
        const often = trigger?.kind === 'page' ? trigger.often : 'view'
        if (often === 'visit') expect(later.visit).not.toBe(one.visit)
        if (often === 'week') expect(later.at - one.at).toBeGreaterThanOrEqual(7 * dayMs)
        if (often === 'day') expect(dayOf(later.at)).not.toBe(dayOf(one.at))
      }
    for (const one of seen) met.push(one)
  })
})

test('what stands on pages changes nothing elsewhere', () => {
  const elsewhere = ({ run }: Pick<Lived, 'run'>) => {
    const rows = run.decisions().filter((one) => one.channel !== 'onsite')
    return rows
      .map(({ campaign, customer, step, at, state, reason, sentAt }) =>
        [at, campaign, customer, step, state, reason, sentAt].join(' '),
      )
      .sort()
  }
  const [first] = lived
  assert(first, 'the first shop has lived')
  const withoutPages = campaigns.filter(({ flow }) => flow.trigger.kind !== 'page')
  const { run } = simulatedShop('gallery 0', settingsOf(0), withoutPages)
  run.advanceTo(end + 200 * dayMs)
  expect(elsewhere(first)).toEqual(elsewhere({ run }))
})

test('the same seed tells the same rows', () => {
  const tell = ({ run, seen }: Lived) => ({
    seen,
    decisions: run.decisions(),
    coupons: run.coupons(),
    orders: run.orders(),
  })
  const [, second] = lived
  assert(second, 'the second shop has lived')
  const { run, seen } = simulatedShop('gallery 1', settingsOf(1))
  run.advanceTo(end + 200 * dayMs)
  expect(tell({ run, seen })).toEqual(tell(second))
})

afterAll(() => {
  // A rule that was never tried holds nothing: everything was sent by somebody and held back for every reason.
  expect(campaigns.filter(({ id }) => !sentBy.has(id))).toEqual([])
  for (const reason of [
    'no_consent',
    'frequency_day',
    'outweighed',
    'held_out',
    'coupon_gone',
    'coupon_had',
  ])
    expect([...reasons]).toContain(reason)
  for (const { id, flow } of campaigns) {
    if (flow.trigger.kind !== 'page') continue
    const arms = new Map(
      met.flatMap((one) => (one.campaign === id ? [[one.customer, one.arm]] : [])),
    )
    const held = [...arms.values()].filter((arm) => arm === 'holdout').length
    // Four standard deviations around the share that was asked for.
    const spread = 4 * Math.sqrt(flow.holdoutShare * (1 - flow.holdoutShare) * arms.size)
    expect(Math.abs(held - flow.holdoutShare * arms.size)).toBeLessThan(spread)
    expect(held).toBeGreaterThan(0)
  }
  const popups = met.filter((one) => one.isPopup && one.arm === 'treatment')
  const ofVisit = Map.groupBy(popups, (one) => `${one.customer} ${one.visit}`)
  expect([...ofVisit.values()].some((rows) => rows.length === 2)).toBe(true)
  expect(met.some((one) => one.restUntil > 0)).toBe(true)
  expect(met.some((one) => one.cards.length > 1)).toBe(true)
  expect(met.some((one) => one.pressed === 'available')).toBe(true)
})

/** What the message of a page recommends. */
function recipeOf(campaign: number) {
  const { steps = [] } = flowOf.get(campaign as never) ?? {}
  return steps
    .flatMap((step) => (step.kind === 'message' ? step.content : []))
    .flatMap((content) => ('recommend' in content ? (content.recommend ?? []) : []))
    .at(0)
}

/** The shop's day, which begins at midnight in Seoul. */
function dayOf(at: number): number {
  return Math.floor((at + 9 * hourMs) / dayMs)
}

/** What the person's channel was at a time; at the moment of a change both. */
function consentsAt(consents: readonly ConsentAt[], one: SimulatedDecision, at: number) {
  if (one.channel === 'webhook' || one.channel === 'web_push' || one.channel === 'onsite') return []
  const own = consents.filter(({ customer }) => customer === one.customer)
  const last = own.findLast((state) => state.at < at)
  return [last, ...own.filter((state) => state.at === at)].map(
    (state) => state?.channels[one.channel],
  )
}

/** Who entered once never enters again; others so many days after the last decision about them. */
function comesBackInTime(rows: readonly SimulatedDecision[]): void {
  const enrolments = [...Map.groupBy(rows, (one) => one.enrolment).values()]
  const { afterDays } = flowOf.get(rows[0]?.campaign ?? (0 as never))?.reentry ?? {}
  if (afterDays === null) expect(enrolments).toHaveLength(1)
  for (const [at, own] of enrolments.entries()) {
    const [last, first] = [own.at(-1)?.at ?? 0, enrolments[at + 1]?.[0]?.at]
    if (first !== undefined) expect(first - last).toBeGreaterThanOrEqual((afterDays ?? 0) * dayMs)
  }
}

/** The longest that one step of a flow can keep anybody: its wait, a night or a day, and the report of a delivery. */
function longestWait(campaign: number): number {
  const flow = campaigns.find(({ id }) => id === campaign)?.flow
  const waits = (flow ? stepsOf(flow) : []).map((step) => {
    if (step.kind === 'wait') return step.minutes * minuteMs
    if (step.kind === 'wait_until') return step.until.kind === 'time' ? dayMs : 60 * dayMs
    return step.kind === 'message' ? dayMs + step.deliveryMinutes * minuteMs : 0
  })
  return Math.max(0, ...waits)
}
