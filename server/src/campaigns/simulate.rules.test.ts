import { describe, expect, it } from 'vitest'
import type { CampaignId } from '../lib/brand.ts'
import { dayMs, hourMs, minuteMs } from '../lib/duration.ts'
import { seededRandom } from '../lib/random.ts'
import { effectOf } from '../statistics/effect.ts'
import { Flow } from './campaign.ts'
import type { LiveCampaign } from './entry.ts'
import { outcomesOf, stratumOf } from './outcome.ts'
import { cartAbandonment } from './playbooks/cart-abandonment.ts'
import { agreed, type Simulation, simulation } from './simulate.ts'

const start = Date.UTC(2026, 2, 1)
const flow = Flow.parse({ ...cartAbandonment.flow('ko'), holdoutShare: 0.3 })
const campaign: LiveCampaign = { id: 7 as CampaignId, version: 1, flow }
const mug = { product_id: 'mug', name: '머그컵', price: 12000 }
const order = { products: [mug], revenue: 12000, order_id: 'A' }

function shop(people = 1, handoverMs = 0): Simulation {
  const run = simulation({ campaigns: [campaign], handoverMs })
  for (let customer = 1; customer <= people; customer++)
    run.person({ customer, assignmentKey: `k${customer}`, hasContact: true, consent: agreed })
  return run
}

/** Shoppers who fill carts and order by chance; a reminder makes an order `effect` more likely. */
function weeks(seed: string, effect: number) {
  const people = 300
  const run = shop(people)
  const random = seededRandom(seed)
  const react = (until: number) => {
    for (const { customer, at } of run.advanceTo(until))
      if (random.chance(effect))
        later.push({ customer, at: at + random.integer(24) * hourMs + minuteMs })
  }
  const later: { customer: number; at: number }[] = []
  for (let day = 0; day < 56; day++) {
    for (let visit = 0; visit < 30; visit++) {
      const at = start + day * dayMs + visit * 40 * minuteMs
      react(at)
      for (const one of later.splice(0)) {
        if (one.at > at) later.push(one)
        else run.feed({ customer: one.customer, name: 'Order Completed', at, properties: order })
      }
      const customer = 1 + random.integer(people)
      run.feed({ customer, name: 'Product Added', at, properties: mug })
      if (random.chance(0.2))
        run.feed({ customer, name: 'Order Completed', at: at + minuteMs, properties: order })
      else if (random.chance(0.1)) later.push({ customer, at: at + random.integer(48) * hourMs })
    }
  }
  react(start + 60 * dayMs)
  return run
}

describe('the simulation', () => {
  it('tells the same rows for the same seed, and others for another', () => {
    const [one, again, other] = [weeks('a', 0.3), weeks('a', 0.3), weeks('b', 0.3)]
    expect(again.decisions()).toEqual(one.decisions())
    expect(other.decisions()).not.toEqual(one.decisions())
    expect(one.decisions().length).toBeGreaterThan(300)
    expect(one.underWay()).toEqual([])
  })
  it('holds every rule of the door: caps, re-entry, nobody asked for whom an order came first', () => {
    const run = weeks('c', 0.5)
    const sent = Map.groupBy(
      run.decisions().filter((one) => one.state === 'sent'),
      (one) => one.customer,
    )
    for (const rows of sent.values()) {
      for (const [at, row] of rows.entries()) {
        const before = rows[at - 1]
        if (before) expect(row.at - before.at).toBeGreaterThanOrEqual(7 * dayMs)
      }
    }
    const arms = Map.groupBy(run.decisions(), (one) => one.customer)
    for (const rows of arms.values()) expect(new Set(rows.map((row) => row.arm)).size).toBe(1)
  })
  it('finds a large true effect', () => {
    const run = weeks('d', 0.6)
    const outcomes = outcomesOf(run.decisions(), run.orders(), flow.goal.windowHours)
    const share = flow.holdoutShare
    const value = ({ orders }: { readonly orders: number }) => Math.min(1, orders)
    const effect = effectOf([stratumOf(outcomes, { share, value })], 'rate')
    expect(effect.verdict).toBe('helps')
    expect(effect.people.treatment + effect.people.holdout).toBe(outcomes.length)
  })
  it('sends nothing without consent, and says why', () => {
    const run = shop()
    run.person({ customer: 1, assignmentKey: 'k', hasContact: true, consent: undefined })
    run.feed({ customer: 1, name: 'Product Added', at: start, properties: mug })
    expect(run.advanceTo(start + dayMs)).toEqual([])
    expect(run.decisions()).toMatchObject([
      { state: 'refused', reason: 'no_consent', at: start + hourMs },
    ])
  })
  it('keeps a message back when the order comes before it leaves', () => {
    const run = shop(1, 10 * minuteMs)
    run.person({ customer: 1, assignmentKey: 'k', hasContact: true, consent: agreed })
    run.feed({ customer: 1, name: 'Product Added', at: start, properties: mug })
    run.feed({
      customer: 1,
      name: 'Order Completed',
      at: start + hourMs + minuteMs,
      properties: order,
    })
    expect(run.advanceTo(start + dayMs)).toEqual([])
    expect(run.decisions()).toMatchObject([{ state: 'refused', reason: 'goal_reached' }])
  })
  it('lets an enrolment follow a visitor who signs in', () => {
    const run = shop(2)
    run.feed({ customer: 1, name: 'Product Added', at: start, properties: mug })
    run.merge(1, 2)
    run.advanceTo(start + dayMs)
    expect(run.decisions()).toMatchObject([{ customer: 2, at: start + hourMs }])
  })
})
