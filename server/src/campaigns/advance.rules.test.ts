import { describe, expect, it } from 'vitest'
import { eventOf } from '../events/sample.ts'
import type { CampaignId, CustomerId } from '../lib/brand.ts'
import { dayMs, hourMs, minuteMs } from '../lib/duration.ts'
import { type Advanced, advance, type Input } from './advance.ts'
import { cartFor } from './ask.ts'
import { Flow } from './campaign.ts'
import type { Enrolment } from './enrolment.ts'
import { consider, type LiveCampaign } from './entry.ts'
import type { Facts } from './facts.ts'
import { validate } from './flow-problems.ts'
import { type Memory, noMemory, remembered } from './memory.ts'
import { cartAbandonment } from './playbooks/cart-abandonment.ts'

const start = Date.UTC(2026, 2, 1, 3)
const flow = cartAbandonment.flow('ko')
const campaign: LiveCampaign = { id: 7 as CampaignId, version: 1, flow }

/** One shopper's story under one campaign, told event by event; the least that a line would do. */
function story(
  over: { readonly flow?: Flow; readonly sold?: boolean; readonly paused?: boolean } = {},
) {
  const live = { ...campaign, flow: over.flow ?? flow }
  let memory: Memory = noMemory
  let last: Advanced | undefined
  let position = 0
  const facts = (): Facts => ({
    cart: cartFor({ entry: { kind: 'person', value: '' } }, memory),
    lastOrderAt: memory.lastOrderAt,
    sellable: () => over.sold !== true,
    paused: over.paused ?? false,
    isMember: () => false,
    traits: {},
    assignmentKey: 'k',
    zones: { shop: 'Asia/Seoul', customer: undefined },
    sharesOf: () => undefined,
    armBefore: () => undefined,
  })
  const act = (input: Input, now: number) => {
    if (!last) throw new Error('nobody entered')
    last = advance(live.flow, { enrolment: last.enrolment, input, facts: facts(), now })
    return last
  }
  return {
    enrolment: () => last?.enrolment,
    remember: (decided: Memory['decided']) => {
      memory = { ...memory, decided }
    },
    happens(name: string, at: number, properties = {}) {
      position += 1
      const happening = eventOf({ name, at, position, customer: 1, properties })
      memory = remembered(memory, happening)
      if (last?.enrolment.state === 'active') return act({ kind: 'happening', happening }, at)
      const open = () => false
      const considered = consider(live, happening, { isMember: () => false, memory, open, now: at })
      if (considered.kind === 'not') return considered.why
      last = { enrolment: considered.enrolment, effects: [] }
      return act({ kind: 'entered' }, at)
    },
    timer: (now: number, generation = last?.enrolment.generation ?? 0) =>
      act({ kind: 'timer', generation }, now),
    act,
  }
}

const queued = {
  outcome: 'queued',
  reason: '',
  until: undefined,
  coupon: undefined,
  message: 1,
} as const
const added = { product_id: 'mug', name: '머그컵', price: 12000 }
const kinds = (advanced: Advanced | string) =>
  typeof advanced === 'string' ? advanced : advanced.effects.map((effect) => effect.kind)

describe('the cart reminder', () => {
  it('waits an hour after the cart was filled, then asks to send, then is done', () => {
    const shopper = story()
    const entered = shopper.happens('Product Added', start, added)
    expect(entered).toMatchObject({
      effects: [{ kind: 'wait', until: start + hourMs, generation: 1 }],
    })
    expect(shopper.timer(start + hourMs).effects).toEqual([
      { kind: 'ask', step: 2, visit: 2, act: { kind: 'send', link: 0 } },
    ])
    const answered = shopper.act({ kind: 'answered', step: 2, answer: queued }, start + hourMs)
    expect(answered.effects).toEqual([{ kind: 'end', reason: 'completed' }])
    expect(answered.enrolment).toMatchObject({ state: 'done', endReason: 'completed', due: null })
  })
  it('keeps one timer however often the cart changes, and the older ones are void', () => {
    const shopper = story()
    shopper.happens('Product Added', start, added)
    for (let change = 1; change <= 1_000; change++)
      shopper.happens('Product Added', start + change * minuteMs, added)
    const lastChange = start + 1_000 * minuteMs
    expect(shopper.enrolment()).toMatchObject({ due: lastChange + hourMs, generation: 1_001 })
    expect(shopper.timer(lastChange, 1_000).effects).toEqual([])
    expect(kinds(shopper.timer(lastChange + hourMs))).toEqual(['ask'])
  })
  it('is not sent when the order comes one millisecond before the wait is over', () => {
    const shopper = story()
    shopper.happens('Product Added', start, added)
    const ordered = shopper.happens('Order Completed', start + hourMs - 1, { products: [added] })
    expect(ordered).toMatchObject({ effects: [{ kind: 'end', reason: 'ordered' }] })
    expect(shopper.timer(start + hourMs, 1).effects).toEqual([])
  })
  it('is not called off by an order from before the cart that only now reaches us', () => {
    const shopper = story()
    shopper.happens('Product Added', start, added)
    shopper.happens('Order Completed', start - 2 * hourMs, { products: [{ product_id: 'tea' }] })
    expect(shopper.enrolment()).toMatchObject({ state: 'active' })
    expect(kinds(shopper.timer(start + hourMs))).toEqual(['ask'])
  })
  it('is not sent for a cart that was emptied', () => {
    const shopper = story()
    shopper.happens('Product Added', start, added)
    shopper.happens('Product Removed', start + minuteMs, { product_id: 'mug' })
    expect(shopper.timer(start + hourMs + minuteMs).effects).toEqual([
      { kind: 'end', reason: 'cart_empty' },
    ])
  })
  it('is not sent when nothing in the cart can be bought', () => {
    const shopper = story({ sold: true })
    shopper.happens('Product Added', start, added)
    expect(shopper.timer(start + hourMs).effects).toEqual([
      { kind: 'end', reason: 'nothing_sellable' },
    ])
  })
  it('asks nothing while paused, and asks at once on resuming', () => {
    const paused = story({ paused: true })
    paused.happens('Product Added', start, added)
    expect(kinds(paused.timer(start + hourMs))).toEqual(['wait'])
    expect(paused.enrolment()).toMatchObject({ state: 'active', step: 2, due: start + hourMs })
  })
  it('ignores an answer to another message', () => {
    const shopper = story()
    shopper.happens('Product Added', start, added)
    shopper.timer(start + hourMs)
    expect(
      shopper.act({ kind: 'answered', step: 9, answer: queued }, start + hourMs).effects,
    ).toEqual([])
    expect(shopper.enrolment()).toMatchObject({ state: 'active', awaiting: true })
  })
  it('starts for nobody from imported or day-old events', () => {
    const old = eventOf({
      name: 'Product Added',
      at: start,
      position: 1,
      customer: 1,
      properties: added,
    })
    const known = { isMember: () => false, memory: noMemory, open: () => false, now: start }
    expect(consider(campaign, { ...old, importId: 'file' }, known)).toEqual({
      kind: 'not',
      why: 'imported',
    })
    const late = { ...known, now: start + dayMs + 1 }
    expect(consider(campaign, old, late)).toEqual({ kind: 'not', why: 'too_late' })
  })
  it('starts for none of the shop’s own people', () => {
    const happening = eventOf({
      name: 'Product Added',
      at: start,
      position: 1,
      customer: 1,
      properties: added,
    })
    const known = { isMember: () => true, memory: noMemory, open: () => false, now: start }
    expect(consider(campaign, happening, known).kind).toBe('enters')
    expect(consider(campaign, happening, { ...known, internal: true })).toEqual({
      kind: 'not',
      why: 'internal',
    })
  })
  it('comes at most once in seven days, counted from the decision', () => {
    const shopper = story()
    shopper.remember({ 7: start })
    expect(shopper.happens('Product Added', start + 7 * dayMs - 1, added)).toBe('reentry')
    expect(kinds(shopper.happens('Product Added', start + 7 * dayMs, added))).toEqual(['wait'])
  })
  it('lets a person in again at once when the first time ended without a decision', () => {
    const shopper = story()
    shopper.happens('Product Added', start, added)
    shopper.happens('Order Completed', start + minuteMs, { products: [added] })
    expect(kinds(shopper.happens('Product Added', start + 2 * minuteMs, added))).toEqual(['wait'])
  })
})

describe('a flow', () => {
  const change = (over: Partial<Flow>) => Flow.parse({ ...flow, ...over })
  const codes = (over: Partial<Flow>) => validate(change(over)).map((problem) => problem.code)
  it('of the playbook can go live', () => {
    expect(validate(flow)).toEqual([])
    expect(validate(cartAbandonment.flow('en'))).toEqual([])
  })
  it('says what is in the way of going live', () => {
    expect(codes({ steps: [] })).toEqual(['no_steps'])
    expect(codes({ steps: [{ kind: 'wait', id: 1, minutes: 5 }] })).toEqual(['no_message'])
    expect(codes({ steps: [...flow.steps, ...flow.steps] })).toContain('repeated_step_id')
    expect(codes({ exits: [{ kind: 'event', event: 'Product Added' }] })).toEqual([
      'exit_is_trigger',
    ])
    expect(codes({ steps: [{ kind: 'exit', id: 9 }, ...flow.steps] })).toEqual(['step_after_exit'])
    expect(codes({ trigger: { kind: 'event', event: 'Product Viewed', key: 'product' } })).toEqual([
      'key_without_cart',
    ])
  })
  it('refuses more steps than it may have and hold-outs above 90 %', () => {
    const steps = Array.from(
      { length: 201 },
      (_, at) => ({ kind: 'wait', id: at + 1, minutes: 1 }) as const,
    )
    expect(Flow.safeParse({ ...flow, steps }).success).toBe(false)
    expect(Flow.safeParse({ ...flow, holdoutShare: 0.95 }).success).toBe(false)
  })
  it('moves through steps that need no time at one moment', () => {
    const steps: Flow['steps'] = [
      { kind: 'wait', id: 3, minutes: 1 },
      { kind: 'wait', id: 4, minutes: 0 },
      { kind: 'exit', id: 5 },
    ]
    const shopper = story({ flow: change({ steps, conditions: [] }) })
    shopper.happens('Product Added', start, added)
    shopper.timer(start + minuteMs)
    expect(shopper.timer(start + minuteMs).effects).toEqual([{ kind: 'end', reason: 'exit_step' }])
    const enrolment: Enrolment | undefined = shopper.enrolment()
    expect(enrolment).toMatchObject({ state: 'done', customer: 1 as CustomerId, visit: 3 })
  })
})
