import { describe, expect, test } from 'vitest'
import { Flow } from '../../server/src/campaigns/campaign.ts'
import type { LiveCampaign } from '../../server/src/campaigns/entry.ts'
import { outcomesOf, stratumOf } from '../../server/src/campaigns/outcome.ts'
import { cartAbandonment } from '../../server/src/campaigns/playbooks/cart-abandonment.ts'
import { agreed, type Simulation, simulation } from '../../server/src/campaigns/simulate.ts'
import type { CampaignId } from '../../server/src/lib/brand.ts'
import { effectOf } from '../../server/src/statistics/effect.ts'
import { newcombe } from '../../server/src/statistics/intervals.ts'
import { productOf } from './catalog.ts'
import { type Chance, chance } from './chance.ts'
import { asProperties } from './pages/goods.ts'
import { type Aim, afterReminder, basket, type Shopper, shopper, visit } from './shopper.ts'
import { orderProperties } from './telling.ts'
import { truth } from './truth.ts'

const hourMs = 3_600_000
const dayMs = 24 * hourMs
const start = Date.UTC(2026, 2, 1)
const trueEffect = truth.cartReminder.orderedWith - truth.cartReminder.orderedWithout
const windowMs = truth.cartReminder.windowDays * dayMs

type World = {
  readonly seed: string
  readonly weeks: number
  readonly people: number
  readonly holdoutShare: number
}

function campaignWith(holdoutShare: number): LiveCampaign {
  const flow = Flow.parse({ ...cartAbandonment.flow('ko'), holdoutShare })
  return { id: 7 as CampaignId, version: 1, flow }
}

/** What will happen at a time, in order of time and then of planning. */
function plans() {
  const queue: { readonly at: number; readonly nth: number; readonly run: (at: number) => void }[] =
    []
  let made = 0
  return {
    add: (at: number, run: (at: number) => void) => {
      const each = { at, nth: made++, run }
      let from = 0
      let to = queue.length
      while (from < to) {
        const middle = (from + to) >> 1
        const other = queue[middle]
        if (other && (other.at < each.at || (other.at === each.at && other.nth < each.nth)))
          from = middle + 1
        else to = middle
      }
      queue.splice(from, 0, each)
    },
    nextAt: () => queue[0]?.at ?? Number.POSITIVE_INFINITY,
    take: () => queue.shift(),
  }
}

const aims: readonly (readonly [Aim, number])[] = [
  ['look', 0.3],
  ['cart', 0.45],
  ['buy', 0.25],
]

/**
 * The demo's shoppers on the platform's own rules, week after week: they come, fill carts, order or leave; the campaign
 * decides; and from the moment of a (would-)send on, the truth says who orders within three days.
 */
function play(world: World) {
  const run = simulation({
    campaigns: [campaignWith(world.holdoutShare)],
    handoverMs: 30_000,
  })
  const end = start + world.weeks * 7 * dayMs
  const agenda = plans()
  const consented = new Map<number, boolean>()
  /** Until when a person's orders follow from the reminder alone. */
  const decidedUntil = new Map<number, number>()
  const sends: { readonly customer: number; readonly at: number; readonly allowed: boolean }[] = []

  for (let customer = 1; customer <= world.people; customer++) {
    const random = chance(`${world.seed}/person/${customer}`)
    introduce({ run, agenda, consented, decidedUntil, customer, random, end })
  }
  const react = (customer: number, at: number, reminded: boolean) => {
    decidedUntil.set(customer, at + windowMs)
    const random = chance(`${world.seed}/reaction/${customer}/${at}`)
    const after = afterReminder(reminded, random)
    if (after === undefined) return
    agenda.add(at + after, (time) => order(run, customer, `r${customer}-${at}`, time))
  }

  let seen = 0
  const settle = (until: number) => {
    while (Math.min(run.nextDue(), agenda.nextAt()) <= until) {
      if (run.nextDue() > agenda.nextAt()) {
        const next = agenda.take()
        if (next) next.run(next.at)
        continue
      }
      for (const sent of run.advanceTo(run.nextDue())) {
        sends.push({
          customer: sent.customer,
          at: run.now(),
          allowed: consented.get(sent.customer) === true,
        })
        react(sent.customer, sent.at, true)
      }
      const decisions = run.decisions()
      for (const decision of decisions.slice(seen)) {
        if (decision.state === 'held_out') react(decision.customer, decision.at, false)
      }
      seen = decisions.length
    }
    run.advanceTo(until)
  }
  settle(end + 20 * dayMs)
  return { run, sends, lift: liftOf(run, world.holdoutShare) }
}

function liftOf(run: Simulation, share: number) {
  const outcomes = outcomesOf(run.decisions(), run.orders(), 72)
  const value = ({ orders }: { readonly orders: number }) => Math.min(1, orders)
  return effectOf([stratumOf(outcomes, { share, value })], 'rate')
}

type Introduction = {
  readonly run: Simulation
  readonly agenda: ReturnType<typeof plans>
  readonly consented: Map<number, boolean>
  readonly decidedUntil: Map<number, number>
  readonly customer: number
  readonly random: Chance
  readonly end: number
}

function introduce(given: Introduction): void {
  const { run, agenda, consented, decidedUntil, customer, random, end } = given
  const who = shopper(random)
  const allow = (yes: boolean) => {
    consented.set(customer, yes)
    run.person({
      customer,
      assignmentKey: `person-${customer}`,
      hasContact: true,
      consent: yes ? agreed : undefined,
    })
  }
  allow(who.consents.emailAds)
  // One in twenty thinks better of it.
  if (who.consents.emailAds && random.happens(0.05))
    agenda.add(start + random.next() * (end - start), () => allow(false))
  // One in five is first seen on a device nobody has signed in on.
  let device = random.happens(0.2) ? 100_000 + customer : undefined
  if (device)
    run.person({
      customer: device,
      assignmentKey: `device-${customer}`,
      hasContact: false,
      consent: undefined,
    })
  let at = start
  for (let nth = 0; ; nth++) {
    at += 60_000 + random.exponential(9 * dayMs)
    if (at >= end) break
    const aim = random.pick(aims)
    agenda.add(at, (time) => {
      if (time < (decidedUntil.get(customer) ?? 0)) return
      if (device !== undefined && nth > 0) {
        run.merge(device, customer)
        device = undefined
      }
      come(
        { run, agenda, who, random, customer: device ?? customer, aim: device ? 'cart' : aim },
        time,
        decidedUntil,
      )
    })
  }
}

type Coming = Pick<Introduction, 'run' | 'agenda' | 'random' | 'customer'> & {
  readonly who: Shopper
  readonly aim: Aim
}

function come(coming: Coming, at: number, decidedUntil: ReadonlyMap<number, number>): void {
  const { run, agenda, random, customer, who, aim } = coming
  let time = at
  for (const act of visit(aim, basket(who, random), random)) {
    time += act.afterMs
    if (act.kind !== 'add' && act.kind !== 'order') continue
    const cart = act.kind === 'order' ? act.lines : undefined
    agenda.add(time, (now) => {
      if (now < (decidedUntil.get(customer) ?? 0)) return
      if (cart) return order(run, customer, `v${customer}-${now}`, now)
      const product = act.kind === 'add' ? productOf(act.product) : undefined
      if (product)
        run.feed({
          customer,
          name: 'Product Added',
          at: now,
          properties: { ...asProperties(product), quantity: 1 },
        })
    })
  }
}

function order(run: Simulation, customer: number, id: string, at: number): void {
  run.feed({
    customer,
    name: 'Order Completed',
    at,
    properties: orderProperties([['mug', 1]], id) as never,
  })
}

/** The least number of successes that is not too few: a fair process falls under it in fewer than 1 of 1,000 runs. */
function leastOf(runs: number, share: number): number {
  // Counted by failures: their probabilities do not vanish in the machine's numbers.
  let term = share ** runs
  let sum = term
  let failures = 0
  while (sum < 0.999) {
    term *= ((runs - failures) / (failures + 1)) * ((1 - share) / share)
    failures++
    sum += term
  }
  return runs - failures
}

const eightWeeks = (seed: string): World => ({ seed, weeks: 8, people: 500, holdoutShare: 0.3 })

describe('eight weeks of the demo shop', () => {
  const runs = Array.from({ length: 60 }, (_, i) => play(eightWeeks(`eight-weeks-${i}`)))

  test('the report covers the true effect of the reminder as often as it says', () => {
    const covered = runs.filter(
      ({ lift }) =>
        lift.difference && lift.difference.low <= trueEffect && trueEffect <= lift.difference.high,
    )
    expect(covered.length).toBeGreaterThanOrEqual(leastOf(runs.length, 0.95))
  })

  test('on average the report says the true effect', () => {
    const values = runs.map(({ lift }) => lift.difference?.value ?? Number.NaN)
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length
    const spread = Math.sqrt(
      values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1),
    )
    expect(Math.abs(mean - trueEffect)).toBeLessThan((3.3 * spread) / Math.sqrt(values.length))
  })

  test('the hold-out is as large as asked for', () => {
    const total = runs.reduce(
      (sum, { lift }) => sum + lift.people.treatment + lift.people.holdout,
      0,
    )
    const held = runs.reduce((sum, { lift }) => sum + lift.people.holdout, 0)
    expect(total).toBeGreaterThan(60 * 100)
    expect(Math.abs(held / total - 0.3)).toBeLessThan(3.3 * Math.sqrt((0.3 * 0.7) / total))
  })

  test('nobody without consent is messaged, also who withdrew it on the way', () => {
    expect(runs.flatMap(({ sends }) => sends).length).toBeGreaterThan(5_000)
    expect(runs.flatMap(({ sends }) => sends.filter((each) => !each.allowed))).toEqual([])
    const refused = runs.flatMap(({ run }) =>
      run.decisions().filter((each) => each.reason === 'no_consent'),
    )
    expect(refused.length).toBeGreaterThan(100)
  })

  test('no held-out person is ever messaged', () => {
    for (const { run, sends } of runs) {
      const held = new Set(
        run
          .decisions()
          .flatMap((each) => (each.state === 'held_out' ? [each.customer as number] : [])),
      )
      expect(held.size).toBeGreaterThan(20)
      expect(sends.filter(({ customer }) => held.has(customer))).toEqual([])
    }
  })

  test('at most one advertisement in 24 hours and three in seven days reach a person', () => {
    for (const { sends } of runs) {
      for (const mine of Map.groupBy(sends, ({ customer }) => customer).values()) {
        for (const [i, { at }] of mine.entries()) {
          expect(at - (mine[i - 1]?.at ?? Number.NEGATIVE_INFINITY)).toBeGreaterThan(dayMs - 30_000)
          expect(at - (mine[i - 3]?.at ?? Number.NEGATIVE_INFINITY)).toBeGreaterThan(
            7 * dayMs - 30_000,
          )
        }
      }
    }
  })

  test('every enrolment ends', () => {
    for (const { run } of runs) expect(run.underWay()).toEqual([])
  })
})

test('four weeks with the same seed are the same weeks', () => {
  const world = { ...eightWeeks('twice'), weeks: 4 }
  const [one, again, other] = [play(world), play(world), play({ ...world, seed: 'other' })]
  expect(again.run.decisions()).toEqual(one.run.decisions())
  expect(again.run.orders()).toEqual(one.run.orders())
  expect(again.sends).toEqual(one.sends)
  expect(other.run.decisions()).not.toEqual(one.run.decisions())
})

test('drawn outcomes alone: the interval of one look covers the truth in 95 of 100 shops, small hold-outs included', () => {
  const random = chance('drawn outcomes')
  const { orderedWith, orderedWithout } = truth.cartReminder
  const drawn = (people: number, share: number) => {
    let reached = 0
    for (let i = 0; i < people; i++) if (random.happens(share)) reached++
    return { people, reached }
  }
  for (const [treated, held] of [
    [900, 100],
    [300, 130],
    [2_000, 220],
  ] as const) {
    const shops = 2_000
    let covered = 0
    for (let i = 0; i < shops; i++) {
      const { low, high } = newcombe(drawn(treated, orderedWith), drawn(held, orderedWithout))
      if (low <= trueEffect && trueEffect <= high) covered++
    }
    expect(covered).toBeGreaterThanOrEqual(leastOf(shops, 0.95))
    // An interval that always covers says nothing.
    expect(covered / shops).toBeLessThan(0.975)
  }
})
