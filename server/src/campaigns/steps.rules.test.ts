import { describe, expect, it, test } from 'vitest'
import { thompsonShares } from '../experiments/thompson.ts'
import type { CampaignId } from '../lib/brand.ts'
import { dayMs, hourMs, minuteMs } from '../lib/duration.ts'
import { seededRandom } from '../lib/random.ts'
import { Flow } from './campaign.ts'
import { validate } from './flow-problems.ts'
import { goodsDaysOf } from './goods-days.ts'
import { agreed, simulation } from './simulate.ts'
import type { SimulationSetup } from './simulate-state.ts'

/** Monday, ten in the morning in Seoul. */
const start = Date.UTC(2026, 2, 2, 1)
const id = 7 as CampaignId
const email = (subject: string) => ({
  channel: 'email',
  subject,
  body: { kind: 'blocks', blocks: [{ kind: 'heading', text: '안녕하세요' }] },
})
const message = (step: number) => ({ kind: 'message', id: step, content: email('소식') })

function flowOf(steps: readonly object[], over: object = {}): Flow {
  const flow = Flow.parse({
    trigger: { kind: 'event', event: 'Signed Up' },
    steps,
    goal: { event: 'Order Completed', windowHours: 72 },
    holdoutShare: 0,
    ...over,
  })
  expect(validate(flow)).toEqual([])
  return flow
}

/** One person who entered at the start; answers when each message left, as hours since. */
function one(flow: Flow, setup: Partial<SimulationSetup> & { readonly traits?: object } = {}) {
  const settings = { adsPerDay: 20, adsPerWeek: 50 }
  const run = simulation({ campaigns: [{ id, version: 1, flow }], settings, ...setup })
  const traits = (setup.traits ?? {}) as never
  run.person({ customer: 1, assignmentKey: 'k', hasContact: true, consent: agreed, traits })
  const feed = (name: string, at: number, properties = {}) =>
    run.feed({ customer: 1, name, at, properties })
  const left = () =>
    run.decisions().map(({ step, sentAt }) => `${step} +${((sentAt ?? 0) - start) / hourMs}`)
  return { run, feed, left }
}

describe('waiting until a moment', () => {
  const until = (what: object) => [{ kind: 'wait_until', id: 1, until: what }, message(2)]
  const leftAfter = (what: object, traits: object = {}, properties = {}) => {
    const { run, feed, left } = one(flowOf(until(what)), { traits })
    feed('Signed Up', start, properties)
    run.advanceTo(start + 40 * dayMs)
    return left()
  }
  it('waits for the time of day, on the days chosen, in the shop’s zone or the person’s', () => {
    expect(leftAfter({ kind: 'time', time: '18:30' })).toEqual(['2 +8.5'])
    expect(leftAfter({ kind: 'time', time: '09:00', weekdays: [3] })).toEqual(['2 +47'])
    const newYork = { timezone: 'America/New_York' }
    // Eight in the evening of the day before in New York.
    expect(leftAfter({ kind: 'time', time: '21:00', zone: 'customer' }, newYork)).toEqual(['2 +1'])
    expect(leftAfter({ kind: 'time', time: '21:00', zone: 'customer' })).toEqual(['2 +11'])
  })
  it('waits for a day, a date of the person or of what let them in; who has none goes on at once', () => {
    expect(leftAfter({ kind: 'date', date: '2026-03-04', time: '10:00' })).toEqual(['2 +48'])
    expect(leftAfter({ kind: 'date', date: '2026-03-01', time: '10:00' })).toEqual(['2 +0'])
    const expires = { kind: 'trait', path: 'expires', offsetDays: -2, time: '10:00' }
    expect(leftAfter(expires, { expires: '2026-03-06' })).toEqual(['2 +48'])
    expect(leftAfter(expires)).toEqual(['2 +0'])
    const event = { kind: 'trigger', path: 'starts', time: '11:00' }
    expect(leftAfter(event, {}, { starts: '2026-03-03' })).toEqual(['2 +25'])
  })
})

test('a wait of its own by product goes by the first one bought, else by its category, else by the usual span', () => {
  const byGoods = {
    products: [{ id: 'soap', name: '비누', days: 58 }],
    categories: [{ name: '차', days: 20 }],
  }
  const steps = [{ kind: 'wait', id: 1, minutes: 30 * 24 * 60, byGoods }, message(2)]
  const leftAfter = (properties: object) => {
    const { run, feed, left } = one(
      flowOf(steps, {
        trigger: { kind: 'event', event: 'Order Completed' },
        reentry: { afterDays: 0 },
      }),
    )
    feed('Order Completed', start, properties)
    run.advanceTo(start + 100 * dayMs)
    return left()
  }
  const soap = { product_id: 'soap', category: '차' }
  const tea = { product_id: 'green', category: '차' }
  const mug = { product_id: 'mug', category: '그릇' }
  expect(leftAfter({ products: [soap, tea] })).toEqual([`2 +${58 * 24}`])
  expect(leftAfter({ products: [tea, soap] })).toEqual([`2 +${20 * 24}`])
  expect(leftAfter({ products: [mug] })).toEqual([`2 +${30 * 24}`])
  expect(leftAfter({})).toEqual([`2 +${30 * 24}`])
})

test('a daily wait goes by the last count of the day on which it begins, and by what is listed until there is one', () => {
  const byGoods = {
    products: [{ id: 'soap', name: '비누', days: 58 }],
    categories: [],
    daily: { isOn: true, times: 1 },
  }
  const half = { ...byGoods, daily: { isOn: true, times: 0.5 } }
  const steps: readonly object[] = [
    { kind: 'wait', id: 1, minutes: 0, byGoods },
    message(2),
    { kind: 'wait', id: 3, minutes: 0, byGoods: half },
    message(4),
  ]
  const days = (soap: number) =>
    goodsDaysOf([
      { kind: 'product', key: 'soap', days: soap },
      { kind: 'category', key: '차', days: 21 },
      { kind: 'shop', key: '', days: 33 },
    ])
  const leftAfter = (product: object, counted: ReturnType<typeof days>, isOn = true) => {
    const flow = flowOf(
      isOn
        ? steps
        : [
            { kind: 'wait', id: 1, minutes: 0, byGoods: { ...byGoods, daily: { isOn, times: 1 } } },
            message(2),
          ],
      { trigger: { kind: 'event', event: 'Order Completed' }, reentry: { afterDays: 0 } },
    )
    const { run, feed, left } = one(flow, { goodsDays: counted })
    feed('Order Completed', start, { products: [product] })
    run.advanceTo(start + 130 * dayMs)
    return left()
  }
  const soap = { product_id: 'soap', category: '차' }
  const after = (first: number, second: number) => [
    `2 +${first * 24}`,
    `4 +${(first + second) * 24}`,
  ]
  expect(leftAfter(soap, days(41))).toEqual(after(41, 21))
  expect(leftAfter({ product_id: 'green', category: '차' }, days(41))).toEqual(after(21, 11))
  expect(leftAfter({ product_id: 'mug' }, days(41))).toEqual(after(33, 17))
  expect(leftAfter(soap, undefined)).toEqual(after(58, 58))
  expect(leftAfter(soap, days(41), false)).toEqual([`2 +${58 * 24}`])
})

describe('waiting for something', () => {
  const steps = (watch: object) => [
    {
      kind: 'wait_for',
      id: 1,
      watch,
      minutes: 120,
      happened: [message(2)],
      timedOut: [message(3)],
    },
    { kind: 'wait', id: 4, minutes: 60 },
    message(5),
  ]
  const viewed = { kind: 'event', event: 'Product Viewed' }
  it('goes one way when it happens, the other when the time is over, and on from there', () => {
    const early = one(flowOf(steps(viewed)))
    early.feed('Signed Up', start)
    early.feed('Product Viewed', start + hourMs)
    early.run.advanceTo(start + dayMs)
    expect(early.left()).toEqual(['2 +1', '5 +2'])
    const late = one(flowOf(steps(viewed)))
    late.feed('Signed Up', start)
    late.feed('Product Viewed', start + 2 * hourMs)
    late.run.advanceTo(start + dayMs)
    expect(late.left()).toEqual(['3 +2', '5 +3'])
  })
  it('lets through at once who is where it waits for', () => {
    let inside = true
    const isMember = () => inside
    const watch = { kind: 'segment', segment: 4, on: 'entered' }
    const there = one(flowOf(steps(watch)), { isMember })
    there.feed('Signed Up', start)
    there.run.advanceTo(start + dayMs)
    expect(there.left()).toEqual(['2 +0', '5 +1'])
    inside = false
    const enters = one(flowOf(steps(watch)), { isMember })
    enters.feed('Signed Up', start)
    enters.feed('Entered Segment', start + minuteMs, { segment_id: 9 })
    enters.feed('Entered Segment', start + hourMs, { segment_id: 4 })
    enters.run.advanceTo(start + dayMs)
    expect(enters.left()).toEqual(['2 +1', '5 +2'])
  })
})

describe('the way out', () => {
  const waiting = [{ kind: 'wait', id: 1, minutes: 60 }, message(2)]
  it('is the goal, with its conditions', () => {
    const filter = {
      kind: 'all',
      of: [
        {
          kind: 'property',
          path: 'revenue',
          is: { type: 'number', op: 'is', than: { op: '>=', value: 50_000 } },
        },
      ],
    }
    const goal = { event: 'Order Completed', filter, windowHours: 72 }
    const small = one(flowOf(waiting, { goal }))
    small.feed('Signed Up', start)
    small.feed('Order Completed', start + minuteMs, { revenue: 10_000 })
    small.run.advanceTo(start + dayMs)
    expect(small.left()).toEqual(['2 +1'])
    const large = one(flowOf(waiting, { goal }))
    large.feed('Signed Up', start)
    large.feed('Order Completed', start + minuteMs, { revenue: 50_000 })
    large.run.advanceTo(start + dayMs)
    expect(large.left()).toEqual([])
  })
  it('is a segment that is entered or left, wherever the person stands', () => {
    const exits = [{ kind: 'segment', segment: 4, on: 'left' }]
    const { run, feed, left } = one(flowOf(waiting, { exits }))
    feed('Signed Up', start)
    feed('Entered Segment', start + minuteMs, { segment_id: 4 })
    expect(run.underWay()).toHaveLength(1)
    feed('Left Segment', start + 2 * minuteMs, { segment_id: 4 })
    run.advanceTo(start + dayMs)
    expect(left()).toEqual([])
    expect(run.underWay()).toEqual([])
  })
})

test('a step that leads back goes round once a wait, until the goal is reached', () => {
  const flow = flowOf([
    { kind: 'wait', id: 1, minutes: 24 * 60 },
    message(2),
    { kind: 'goto', id: 3, to: 1 },
  ])
  const { run, feed, left } = one(flow)
  feed('Signed Up', start)
  run.advanceTo(start + 3 * dayMs + hourMs)
  feed('Order Completed', start + 3 * dayMs + 2 * hourMs)
  run.advanceTo(start + 30 * dayMs)
  expect(left()).toEqual(['2 +24', '2 +48', '2 +72'])
})

test('a split that learns sends most people where the goal is reached, and a floor of them everywhere', () => {
  const flow = flowOf([
    {
      kind: 'split',
      id: 1,
      mode: 'adaptive',
      floor: 0.3,
      arms: ['a', 'b', 'c'].map((arm, at) => ({
        id: arm,
        name: arm,
        share: 1,
        steps: [message(at + 2)],
      })),
    },
  ])
  const rates: { readonly [arm: string]: number } = { a: 0.05, b: 0.2, c: 0.05 }
  const random = seededRandom('learning')
  const counts = new Map(['a', 'b', 'c'].map((arm) => [arm, { id: arm, people: 0, reached: 0 }]))
  let learnt: ReadonlyMap<string, number> | undefined
  const run = simulation({
    campaigns: [{ id, version: 1, flow }],
    sharesOf: () => learnt,
  })
  const drawn: string[] = []
  for (let customer = 1; customer <= 3_000; customer++) {
    run.person({ customer, assignmentKey: `k${customer}`, hasContact: true, consent: agreed })
    run.feed({ customer, name: 'Signed Up', at: start + customer * minuteMs })
    const step = run.decisions().at(-1)?.step ?? 0
    const arm = 'abc'[step - 2] ?? ''
    drawn.push(arm)
    const so = counts.get(arm)
    if (so)
      counts.set(arm, {
        ...so,
        people: so.people + 1,
        reached: so.reached + (random.chance(rates[arm] ?? 0) ? 1 : 0),
      })
    if (customer % 100 === 0) learnt = thompsonShares([...counts.values()], `${customer}`)
  }
  const late = drawn.slice(-1_000)
  const share = (arm: string) => late.filter((one) => one === arm).length / late.length
  expect(share('b')).toBeGreaterThan(0.7)
  for (const arm of ['a', 'c']) {
    expect(share(arm)).toBeGreaterThan(0.06)
    expect(share(arm)).toBeLessThan(0.2)
  }
})

describe('a flow from outside', () => {
  const parse = (steps: readonly object[]) =>
    Flow.safeParse({
      trigger: { kind: 'api' },
      steps,
      goal: { event: 'Order Completed', windowHours: 72 },
    })
  it('is refused when its steps or tests nest without end, before anything walks it', () => {
    let steps: object[] = [{ kind: 'exit', id: 1 }]
    let when: object = { kind: 'segment', segment: 1 }
    for (let at = 2; at < 10_000; at++) {
      const watch = { kind: 'event', event: 'Product Viewed' }
      steps = [{ kind: 'wait_for', id: at, watch, minutes: 5, happened: steps }]
      when = { kind: 'not', of: when }
    }
    const branch = { kind: 'branch', id: 1, paths: [{ id: 'a', name: 'a', when, steps: [] }] }
    for (const hostile of [steps, [branch]])
      expect(parse(hostile).error?.issues[0]?.message).toContain('at most 8 deep')
  })
  it('keeps its texts, but for NUL and half characters that no database reads', () => {
    const told = (subject: string) => {
      const [step] = parse([{ ...message(1), content: email(subject) }]).data?.steps ?? []
      return step?.kind === 'message' && step.content.channel === 'email' && step.content.subject
    }
    const whole = '안녕 👋 \\ud83d \\u0000'
    expect(told(whole)).toBe(whole)
    expect(told('안\u0000녕 \ud83d')).toBe('안녕 \ufffd')
  })
  it('is checked at once, however many ways lead through it', () => {
    const when = { kind: 'segment', segment: 1 }
    const branches = Array.from({ length: 60 }, (_, at) => {
      const paths = ['a', 'b'].map((path, place) => {
        const steps = [{ kind: 'set_trait', id: 100 + 2 * at + place, trait: 'x', value: 1 }]
        return { id: path, name: path, when, steps }
      })
      return { kind: 'branch', id: at + 1, paths }
    })
    const wait = { kind: 'wait', id: 90, minutes: 5 }
    const codes = (steps: readonly object[]) => {
      const { data } = parse(steps)
      return data && validate(data).map(({ code }) => code)
    }
    const round = [...branches, message(91), { kind: 'goto', id: 92, to: 1 }]
    expect(codes(round)).toEqual(['loop_without_wait'])
    expect(codes([...branches, wait, ...round.slice(-2)])).toEqual([])
  })
})
