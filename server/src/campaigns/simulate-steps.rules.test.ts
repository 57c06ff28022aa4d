import { describe, expect, it } from 'vitest'
import type { CampaignId } from '../lib/brand.ts'
import { dayMs, hourMs, minuteMs } from '../lib/duration.ts'
import { Flow } from './campaign.ts'
import { agreed, simulation } from './simulate.ts'
import type { SimulationSetup } from './simulate-state.ts'

/** Ten in the morning in Seoul. */
const start = Date.UTC(2026, 2, 2, 1)
const id = 7 as CampaignId
const sms = (text: string) => ({ channel: 'sms', text })
const brand = { channel: 'kakao', kind: 'brand', profile: 'P', bubble: 'TEXT', text: '안녕하세요' }
const message = (step: number, content: object, more = {}) => ({
  kind: 'message',
  id: step,
  content,
  ...more,
})
const chain = message(1, brand, { fallbacks: [{ content: sms('문자로 알려 드려요') }] })

function flowOf(steps: readonly object[], over: object = {}): Flow {
  return Flow.parse({
    trigger: { kind: 'event', event: 'Signed Up' },
    steps,
    goal: { event: 'Order Completed', windowHours: 72 },
    holdoutShare: 0,
    ...over,
  })
}

function begun(flow: Flow, setup: Partial<SimulationSetup> = {}) {
  const run = simulation({ campaigns: [{ id, version: 1, flow }], ...setup })
  const enter = (customer: number, more: object = {}) => {
    const person = { assignmentKey: `k${customer}`, hasContact: true, consent: agreed }
    run.person({ customer, ...person, ...more })
    run.feed({ customer, name: 'Signed Up', at: Math.max(run.now(), start) })
  }
  const told = () => run.decisions().map((one) => `${one.channel} ${one.state} ${one.reason}`)
  return { run, enter, told }
}

describe('a chain of channels', () => {
  it('stops at the channel that reached the person', () => {
    const { run, enter, told } = begun(flowOf([chain]))
    enter(1)
    run.advanceTo(start + dayMs)
    expect(told()).toEqual(['kakao sent sent'])
    expect(run.underWay()).toEqual([])
  })
  it('takes the next when the first fails, also twenty minutes later, and what failed fills no day', () => {
    const result: SimulationSetup['result'] = ({ channel }) =>
      channel === 'kakao' ? { kind: 'failed', afterMs: 20 * minuteMs } : { kind: 'delivered' }
    const { run, enter, told } = begun(flowOf([chain]), { result })
    enter(1)
    run.advanceTo(start + dayMs)
    expect(told()).toEqual(['kakao failed provider_refused', 'sms sent sent'])
    expect(run.decisions()[1]?.at).toBe(start + 20 * minuteMs)
  })
  it('holds its place also behind other steps, and each channel is asked for once', () => {
    const second = { ...chain, id: 2 }
    const { run, enter, told } = begun(flowOf([{ kind: 'wait', id: 1, minutes: 10 }, second]), {
      result: ({ channel }) => ({ kind: channel === 'kakao' ? 'failed' : 'delivered' }),
    })
    enter(1)
    run.advanceTo(start + dayMs)
    expect(told()).toEqual(['kakao failed provider_refused', 'sms sent sent'])
    expect(run.underWay()).toEqual([])
  })
  it('does not take the next when nobody knows whether the first went out', () => {
    const { run, enter, told } = begun(flowOf([chain]), {
      result: () => ({ kind: 'unconfirmed' }),
    })
    enter(1)
    run.advanceTo(start + dayMs)
    expect(told()).toEqual(['kakao sent sent'])
  })
  it('takes the next at once for who cannot be reached by the first', () => {
    const { enter, told, run } = begun(flowOf([chain]))
    enter(1, { channels: { kakao: { hasContact: false, consent: undefined } } })
    run.advanceTo(start)
    expect(told()).toEqual(['kakao refused no_contact', 'sms sent sent'])
  })
  it('takes no channel for who is held out', () => {
    const { enter, told, run } = begun(flowOf([chain], { holdoutShare: 0.9 }))
    for (let customer = 1; customer <= 20; customer++) enter(customer)
    run.advanceTo(start + dayMs)
    const held = run.decisions().filter((one) => one.state === 'held_out')
    expect(held.length).toBeGreaterThan(10)
    expect(told()).toHaveLength(20)
  })
})

describe('a coupon step', () => {
  const flow = (over = {}) =>
    flowOf(
      [
        { kind: 'coupon', id: 1, pool: 3 },
        message(2, sms('쿠폰 {{ coupon.code }}')),
        { kind: 'wait', id: 3, minutes: 3 * 24 * 60 },
        message(4, sms('새로 나온 컵이에요')),
      ],
      over,
    )
  const pools = [{ id: 3, left: 2, perPerson: null, endsAt: null }]
  it('gives one to each, and the message that promises one does not go without', () => {
    const { run, enter } = begun(flow(), { pools })
    for (const customer of [1, 2, 3]) enter(customer)
    run.advanceTo(start + 10 * dayMs)
    expect(run.coupons().map((one) => one.customer)).toEqual([1, 2])
    const third = run.decisions().filter((one) => one.customer === 3)
    expect(third.map((one) => `${one.step} ${one.reason}`)).toEqual(['2 coupon_gone', '4 sent'])
  })
  it('gives none to who is held out, and both arms pass the same looks', () => {
    const { run, enter } = begun(flow({ holdoutShare: 0.5 }))
    for (let customer = 1; customer <= 100; customer++) enter(customer)
    run.advanceTo(start + 10 * dayMs)
    const held = run.decisions().filter((one) => one.arm === 'holdout')
    expect(new Set(held.map((one) => one.state))).toEqual(new Set(['held_out']))
    expect(held.length).toBeGreaterThan(50)
    const owners = new Set(run.coupons().map((one) => one.customer))
    expect(held.filter((one) => owners.has(one.customer))).toEqual([])
    expect(owners.size + held.length / 2).toBe(100)
  })
})

it('a coupon given on one device is the one that the earlier way shows, once both are one person', () => {
  const steps = [
    { kind: 'wait', id: 1, minutes: 60 },
    {
      kind: 'branch',
      id: 2,
      paths: [
        {
          id: 'a',
          name: '첫 방문',
          when: {
            kind: 'trigger',
            filter: {
              kind: 'property',
              path: 'gift',
              is: { type: 'boolean', op: 'is', value: true },
            },
          },
          steps: [{ kind: 'coupon', id: 3, pool: 3 }],
        },
      ],
      otherwise: [],
    },
    { kind: 'wait', id: 4, minutes: 600 },
    message(5, sms('쿠폰 {{ coupon.code }}')),
  ]
  const { run } = begun(flowOf(steps))
  const person = { hasContact: true, consent: agreed }
  run.person({ customer: 1, assignmentKey: 'k1', ...person })
  run.person({ customer: 2, assignmentKey: 'k2', ...person })
  run.feed({ customer: 1, name: 'Signed Up', at: start })
  run.feed({ customer: 2, name: 'Signed Up', at: start + minuteMs, properties: { gift: true } })
  run.advanceTo(start + 2 * hourMs)
  run.merge(2, 1)
  run.advanceTo(start + dayMs)
  expect(run.coupons()).toMatchObject([{ customer: 1, step: 3 }])
  expect(run.decisions()).toMatchObject([{ customer: 1, step: 5, state: 'sent' }])
})

describe('what steps know', () => {
  it('a trait that was set and a list are seen by the segments of the steps behind', () => {
    const flow = flowOf([
      { kind: 'set_trait', id: 1, trait: 'tier.name', value: 'gold' },
      { kind: 'list', id: 2, list: 5 },
      {
        kind: 'branch',
        id: 3,
        paths: [
          {
            id: 'a',
            name: '골드',
            when: {
              kind: 'all',
              of: [
                { kind: 'segment', segment: 9 },
                {
                  kind: 'trait',
                  path: 'tier.name',
                  is: { type: 'text', op: 'equals', value: 'gold' },
                },
              ],
            },
            steps: [message(4, sms('골드'))],
          },
        ],
        otherwise: [message(5, sms('일반'))],
      },
    ])
    const { run, enter } = begun(flow, {
      isMember: ({ lists }, segment) => segment === 9 && lists.has(5),
    })
    enter(1, { traits: { tier: { since: 2024 } } })
    run.advanceTo(start)
    expect(run.decisions().map((one) => one.step)).toEqual([4])
    expect(run.known(1).traits).toEqual({ tier: { since: 2024, name: 'gold' } })
  })
  it('the answer of the shop’s server leads the way', () => {
    const flow = flowOf([
      { kind: 'webhook', id: 1, content: { channel: 'webhook', url: 'https://shop.example/a' } },
      {
        kind: 'branch',
        id: 2,
        paths: [
          {
            id: 'a',
            name: '재고',
            when: {
              kind: 'answer',
              step: 1,
              path: 'stock',
              is: { type: 'number', op: 'is', than: { op: '>=', value: 1 } },
            },
            steps: [message(3, sms('있어요'))],
          },
        ],
        otherwise: [message(4, sms('없어요'))],
      },
    ])
    const result: SimulationSetup['result'] = ({ customer }) => ({
      kind: 'delivered',
      answer: { stock: customer === 1 ? 4 : 0 },
    })
    const { run, enter } = begun(flow, { result })
    enter(1)
    enter(2)
    run.advanceTo(start)
    const sent = run.decisions().filter((one) => one.channel === 'sms')
    expect(sent.map((one) => `${one.customer} ${one.step}`)).toEqual(['1 3', '2 4'])
  })
  it('a split gives a person the same arm whenever they come again', () => {
    const arm = (path: string, step: number) => ({
      id: path,
      name: path,
      share: 1,
      steps: [message(step, sms(path))],
    })
    const flow = flowOf([{ kind: 'split', id: 1, arms: [arm('a', 2), arm('b', 3)] }], {
      reentry: { afterDays: 0 },
    })
    const { run, enter } = begun(flow)
    for (let customer = 1; customer <= 40; customer++) enter(customer)
    run.advanceTo(start + 8 * dayMs)
    for (let customer = 1; customer <= 40; customer++)
      run.feed({ customer, name: 'Signed Up', at: start + 8 * dayMs })
    run.advanceTo(start + 9 * dayMs)
    const arms = Map.groupBy(run.decisions(), (one) => one.customer)
    for (const mine of arms.values()) {
      expect(mine).toHaveLength(2)
      expect(new Set(mine.map((one) => one.step)).size).toBe(1)
    }
    const first = run.decisions().filter((one) => one.step === 2).length / 2
    expect(first).toBeGreaterThan(10)
    expect(first).toBeLessThan(30)
  })
  it('a schedule calls everybody of its audience, and nobody else', () => {
    const schedule = { kind: 'once', at: '2026-03-02T10:00' }
    const flow = flowOf([message(1, sms('오늘의 소식'))], {
      trigger: { kind: 'schedule', schedule },
      audience: 4,
      reentry: { afterDays: 0 },
    })
    const { run } = begun(flow, { isMember: ({ customer }) => customer === 1 })
    for (const customer of [1, 2]) {
      run.person({ customer, assignmentKey: 'k', hasContact: true, consent: agreed })
      run.call({ campaign: id, customer, at: start })
      run.feed({ customer, name: 'Campaign Called', at: start, properties: { campaign_id: 7 } })
    }
    run.advanceTo(start + hourMs)
    expect(run.decisions().map((one) => one.customer)).toEqual([1])
  })
})

describe('once', () => {
  const flow = (key: 'person' | 'product') =>
    flowOf([{ kind: 'wait', id: 1, minutes: 60 }, message(2, sms('안녕하세요'))], {
      trigger: { kind: 'event', event: 'Product Viewed', key },
      reentry: { afterDays: null },
    })
  const views = (key: 'person' | 'product', products: readonly string[]) => {
    const { run } = begun(flow(key), { settings: { adsPerDay: 20, adsPerWeek: 50 } })
    run.person({ customer: 1, assignmentKey: 'k', hasContact: true, consent: agreed })
    for (const [at, product] of products.entries()) {
      const properties = { product_id: product }
      run.feed({ customer: 1, name: 'Product Viewed', at: start + at * hourMs * 3, properties })
    }
    run.advanceTo(start + dayMs)
    return run.decisions().length
  }
  it('is once a person, and once a product where products are told apart', () => {
    expect(views('person', ['a', 'b', 'a'])).toBe(1)
    expect(views('product', ['a', 'b', 'a', 'b'])).toBe(2)
  })
  it('holds also when the first time ended without a message, and after two people became one', () => {
    const { run } = begun(flow('person'))
    for (const customer of [1, 2])
      run.person({ customer, assignmentKey: `k${customer}`, hasContact: true, consent: agreed })
    run.feed({ customer: 1, name: 'Product Viewed', at: start })
    run.feed({ customer: 1, name: 'Order Completed', at: start + minuteMs })
    for (let other = 0; other < 300; other++)
      run.feed({ customer: 1, name: 'Product Viewed', at: start + hourMs + other * minuteMs })
    run.merge(1, 2)
    run.feed({ customer: 2, name: 'Product Viewed', at: start + dayMs })
    run.advanceTo(start + 2 * dayMs)
    expect(run.decisions()).toEqual([])
  })
})

describe('several campaigns', () => {
  const campaign = (number: number, weight: number, event: string) => ({
    id: number as CampaignId,
    version: 1,
    flow: flowOf([message(1, sms('안내'))], {
      trigger: { kind: 'event', event },
      precedence: { class: 'journey', weight },
    }),
  })
  it('a weightier message takes the place of a lighter one that still waits', () => {
    const run = simulation({
      campaigns: [campaign(1, 1, 'A'), campaign(2, 5, 'B')],
      handoverMs: 10 * minuteMs,
    })
    run.person({ customer: 1, assignmentKey: 'k', hasContact: true, consent: agreed })
    run.feed({ customer: 1, name: 'A', at: start })
    run.feed({ customer: 1, name: 'B', at: start + minuteMs })
    run.feed({ customer: 1, name: 'A', at: start + hourMs })
    run.advanceTo(start + dayMs)
    const told = run.decisions().map((one) => `${one.campaign} ${one.reason}`)
    expect(told).toEqual(['1 outweighed', '2 sent'])
  })
  it('a message that waited for the morning is looked at again before it leaves', () => {
    const night = start + 12 * hourMs
    const run = simulation({ campaigns: [campaign(1, 1, 'A')], shop: 3 })
    const person = { customer: 1, assignmentKey: 'k', hasContact: true }
    run.person({ ...person, consent: agreed })
    run.feed({ customer: 1, name: 'A', at: night })
    expect(run.decisions()).toMatchObject([{ state: 'queued', reason: 'night' }])
    run.person({ ...person, consent: undefined })
    run.advanceTo(night + dayMs)
    expect(run.decisions()).toMatchObject([{ state: 'refused', reason: 'no_consent' }])
  })
})
