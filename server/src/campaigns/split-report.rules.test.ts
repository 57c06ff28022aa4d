import { expect, test } from 'vitest'
import { Flow } from './campaign.ts'
import { type ArmCount, splitReports } from './split-report.ts'
import { shareIn, sharesText } from './split-shares.ts'

const message = (id: number) => ({ kind: 'message', id, content: { channel: 'sms', text: '안녕' } })
const flow = (mode: 'fixed' | 'adaptive') =>
  Flow.parse({
    trigger: { kind: 'event', event: 'Signed Up' },
    steps: [
      {
        kind: 'split',
        id: 1,
        mode,
        arms: [
          { id: 'a', name: '짧은 글', share: 3, steps: [message(2)] },
          { id: 'b', name: '긴 글', share: 1, steps: [message(3)] },
        ],
      },
    ],
    goal: { event: 'Order Completed', windowHours: 72 },
  })
const count = (arm: string, even: boolean, people: number, reached: number): ArmCount => ({
  split: 1,
  arm,
  even,
  shares: null,
  people,
  reached,
  open: 5,
})
const none = () => undefined

test('a split with set shares is compared on everybody', () => {
  const counts = [count('a', true, 3_000, 300), count('b', true, 1_000, 50)]
  const [report] = splitReports(flow('fixed'), counts, none)
  expect(report).toMatchObject({ step: 1, verdict: 'leads', leader: 'a' })
  const ahead = { arm: 'a', than: 'b', value: expect.closeTo(0.05, 9) }
  expect(report?.ahead).toMatchObject(ahead)
  expect(report?.ahead?.low).toBeGreaterThan(0)
  expect(report?.arms[0]).toMatchObject({
    share: 0.75,
    open: 5,
    all: { people: 3_000, reached: 300, rate: 0.1 },
    judged: { rate: 0.1, interval: { low: expect.closeTo(0.0804, 3) } },
  })
})

test('of arms that are not as large as set none is called better', () => {
  const shared = (arm: string, people: number, reached: number) => ({
    ...count(arm, true, people, reached),
    shares: 'a:0.75,b:0.25',
  })
  const sound = [shared('a', 3_000, 300), shared('b', 1_000, 50)]
  expect(splitReports(flow('fixed'), sound, none)[0]).toMatchObject({ isMismatched: false })
  const off = [shared('a', 3_000, 300), shared('b', 800, 40)]
  expect(splitReports(flow('fixed'), off, none)[0]).toMatchObject({
    ...{ isMismatched: true, leader: null, ahead: null, verdict: 'open' },
  })
})

test('a split that learns is compared only on those drawn evenly', () => {
  const counts = [
    count('a', true, 60, 6),
    count('b', true, 60, 5),
    count('a', false, 5_000, 900),
    count('b', false, 100, 2),
  ]
  const learnt = new Map([
    ['a', 0.9],
    ['b', 0.1],
  ])
  const [report] = splitReports(flow('adaptive'), counts, () => learnt)
  expect(report).toMatchObject({ verdict: 'open', leader: null, ahead: { arm: 'a' } })
  expect(report?.arms.map((arm) => arm.share)).toEqual([
    expect.closeTo(0.3 / 2 + 0.7 * 0.9, 9),
    expect.closeTo(0.3 / 2 + 0.7 * 0.1, 9),
  ])
  expect(report?.arms[0]).toMatchObject({ all: { people: 5_060 }, judged: { people: 60 } })
})

test('nothing is said of a handful of people, nor of an arm nobody is in', () => {
  const few = [count('a', true, 19, 10), count('b', true, 100, 1)]
  const [said] = splitReports(flow('fixed'), few, none)
  expect(said).toMatchObject({ verdict: 'too_little', ahead: null })
  const one = [count('a', true, 500, 100)]
  expect(splitReports(flow('fixed'), one, none)[0]).toMatchObject({
    verdict: 'too_little',
    arms: [{}, { judged: { people: 0, rate: null, interval: null } }],
  })
})

test('shares changed on the way: each person is compared with those drawn under the same ones', () => {
  const under = (shares: string, one: ArmCount): ArmCount => ({ ...one, shares })
  // Both arms do the same; most people got one in a good month and the other in a poor one.
  const good = [
    'a:0.9,b:0.1',
    count('a', true, 9_000, 1_800),
    count('b', true, 1_000, 200),
  ] as const
  const poor = ['a:0.1,b:0.9', count('a', true, 1_000, 50), count('b', true, 9_000, 450)] as const
  const counts = [good, poor].flatMap(([shares, ...arms]) => arms.map((arm) => under(shares, arm)))
  const [report] = splitReports(flow('fixed'), counts, none)
  expect(report).toMatchObject({ verdict: 'open', leader: null, reshared: true })
  expect(report?.ahead?.value).toBeCloseTo(0, 9)
  // Compared over all times together one of them would have led.
  const [pooled] = splitReports(
    flow('fixed'),
    [...good.slice(1), ...poor.slice(1)] as ArmCount[],
    none,
  )
  expect(pooled).toMatchObject({ verdict: 'leads', leader: 'a', reshared: false })
})

test('the arm that is better under every sharing leads, though all together it looks worse', () => {
  const under = (shares: string, one: ArmCount): ArmCount => ({ ...one, shares })
  const counts = [
    under('a:0.1,b:0.9', count('a', true, 1_000, 300)),
    under('a:0.1,b:0.9', count('b', true, 9_000, 1_800)),
    under('a:0.9,b:0.1', count('a', true, 9_000, 900)),
    under('a:0.9,b:0.1', count('b', true, 1_000, 50)),
  ]
  const [report] = splitReports(flow('fixed'), counts, none)
  expect(report).toMatchObject({ verdict: 'leads', leader: 'a', ahead: { arm: 'a', than: 'b' } })
  expect(report?.arms[0]?.all.rate).toBeLessThan(report?.arms[1]?.all.rate ?? 0)
})

test('shares are one text, whatever the weights add up to and in whichever order arms stand', () => {
  const weights = [
    { id: 'b', weight: 1 },
    { id: 'a', weight: 3 },
  ]
  const text = sharesText(weights)
  expect(text).toBe('a:0.75,b:0.25')
  expect(sharesText(weights.toReversed().map((one) => ({ ...one, weight: one.weight * 25 })))).toBe(
    text,
  )
  expect([shareIn(text, 'a'), shareIn(text, 'c')]).toEqual([0.75, 0])
})
