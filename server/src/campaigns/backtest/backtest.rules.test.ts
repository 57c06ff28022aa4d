import { describe, expect, it } from 'vitest'
import { eventOf } from '../../events/sample.ts'
import type { CampaignId } from '../../lib/brand.ts'
import { dayMs, hourMs } from '../../lib/duration.ts'
import { Flow } from '../campaign.ts'
import { callTimes } from './calls.ts'
import { sideOf } from './counts.ts'
import { needsOf } from './needs.ts'
import { factsThen, memberThen, type Past } from './past.ts'
import type { Plan } from './plan.ts'
import { replay } from './replay.ts'
import { leftOf, shelfOf } from './shelf.ts'
import { givenOut } from './taken.ts'
import { tally } from './tally.ts'
import { tracing } from './trace.ts'

const start = Date.UTC(2026, 2, 2)
const mug = { product_id: 'mug', name: '머그컵', price: 12000 }
const mail = {
  channel: 'email',
  subject: '안녕',
  preheader: '',
  body: { kind: 'blocks', blocks: [{ kind: 'text', text: '반가워요' }] },
}
const flow = Flow.parse({
  trigger: { kind: 'event', event: 'Product Added' },
  exits: ['Order Completed'],
  steps: [
    { kind: 'wait', id: 1, minutes: 60 },
    { kind: 'message', id: 2, content: mail },
  ],
  goal: { event: 'Order Completed', windowHours: 72 },
  holdoutShare: 0,
  reentry: { afterDays: 0 },
})

function planned(over: Flow = flow): Plan {
  return {
    shop: 1,
    campaign: { id: 7 as CampaignId, version: 1, flow: over },
    timeZone: 'Asia/Seoul',
    from: start,
    to: start + 7 * dayMs,
    channels: ['email'],
    settings: undefined,
    sellable: undefined,
    pools: undefined,
  }
}

const nobody: Past = {
  survivor: 1,
  people: [{ customer: 1, assignmentKey: 'k', createdAt: 0 }],
  happenings: [],
  merges: [],
  crossings: [],
  traits: [],
  consents: [],
  contacts: new Map([['email', { suppressed: null }]]),
  memberOf: new Set(),
  elsewhere: [],
  arms: new Map(),
}
const said = (kind: 'grant' | 'withdraw', moment: number) => ({
  customer: 1,
  channel: 'email' as const,
  kind,
  scope: 'ad_day' as const,
  at: moment,
  position: moment,
  source: 'api' as const,
  moment,
})
let position = 0
const did = (name: string, moment: number, more: { customer?: number; at?: number } = {}) => ({
  moment,
  happening: eventOf({
    name,
    at: more.at ?? moment,
    position: ++position,
    customer: more.customer ?? 1,
    properties: mug,
  }),
})
const agreed: Past = { ...nobody, consents: [said('grant', start - dayMs)] }
const reasons = (past: Past, plan = planned()) =>
  replay(plan, past)
    .decisions()
    .map((one) => `${one.state}/${one.reason}`)

describe('a life that is lived again', () => {
  it('gets the message an hour after the cart, at the time of then', () => {
    const past = { ...agreed, happenings: [did('Product Added', start + hourMs)] }
    expect(replay(planned(), past).decisions()).toMatchObject([
      { state: 'sent', at: start + 2 * hourMs },
    ])
  })
  it('hears an order that reached us late no sooner than the line did', () => {
    const late = did('Order Completed', start + 3 * hourMs, { at: start + 1.5 * hourMs })
    const past = { ...agreed, happenings: [did('Product Added', start + hourMs), late] }
    expect(reasons(past)).toEqual(['sent/sent'])
    const inTime = { ...late, moment: start + 1.6 * hourMs }
    expect(
      reasons({ ...past, happenings: [did('Product Added', start + hourMs), inTime] }),
    ).toEqual([])
  })
  it('is asked for the consent of that moment, not of today', () => {
    const happenings = [did('Product Added', start + hourMs)]
    const before = [said('grant', start - dayMs), said('withdraw', start)]
    expect(reasons({ ...nobody, happenings, consents: before })).toEqual(['refused/opted_out'])
    const after = [said('grant', start - dayMs), said('withdraw', start + 3 * hourMs)]
    expect(reasons({ ...nobody, happenings, consents: after })).toEqual(['sent/sent'])
    expect(reasons({ ...nobody, happenings })).toEqual(['refused/no_consent'])
  })
  it('counts what other campaigns really sent against the caps, from when they sent it', () => {
    const happenings = [did('Product Added', start + hourMs)]
    const other = (madeAt: number) => ({
      madeAt,
      at: madeAt,
      purpose: 'advertising' as const,
      precedence: null,
      waiting: false,
    })
    expect(reasons({ ...agreed, happenings, elsewhere: [other(start)] })).toEqual([
      'refused/frequency_day',
    ])
    expect(reasons({ ...agreed, happenings, elsewhere: [other(start + 5 * hourMs)] })).toEqual([
      'sent/sent',
    ])
  })
  it('follows a visitor into the account they sign in to, with the cart they filled before', () => {
    const visitor = { customer: 2, assignmentKey: 'v', createdAt: 0 }
    const past: Past = {
      ...agreed,
      people: [...agreed.people, visitor],
      happenings: [did('Product Added', start + hourMs, { customer: 2 })],
      merges: [{ from: 2, to: 1, at: start + 1.5 * hourMs }],
    }
    expect(reasons(past)).toEqual(['sent/sent'])
    expect(reasons({ ...past, merges: [] })).toEqual(['refused/no_contact'])
  })
  it('is written down in sentences, each with its time', () => {
    const written = tracing(flow)
    const happenings = [did('Product Added', start + hourMs)]
    replay(planned(), { ...agreed, happenings }, written)
    expect(written.trace().map(({ at, en }) => [at - start, en])).toEqual([
      [hourMs, 'Entered the campaign.'],
      [hourMs, 'Waits.'],
      [2 * hourMs, 'Sent.'],
      [2 * hourMs, 'Reached the end.'],
    ])
  })
})

describe('membership of the time', () => {
  const crossings = [
    { customer: 1, segment: 5, at: start + hourMs, entered: true },
    { customer: 1, segment: 5, at: start + 3 * hourMs, entered: false },
  ]
  it('is that of the last crossing, else the opposite of the next, else that of today', () => {
    const at = (time: number, past: Past = { ...nobody, crossings }) =>
      memberThen(past, { customer: 1, segment: 5, at: time })
    expect([at(start), at(start + hourMs), at(start + 3 * hourMs)]).toEqual([false, true, false])
    expect(at(start, { ...nobody, memberOf: new Set([5]) })).toBe(true)
    expect(at(start, { ...nobody, crossings: crossings.slice(1), memberOf: new Set() })).toBe(true)
  })
  it('leaves an address that bounced open until it did', () => {
    const contacts = new Map([
      ['email', { suppressed: { why: 'hard_bounce', since: start } }] as const,
    ])
    const at = (moment: number) =>
      factsThen({ ...agreed, contacts }, { customer: 1, moment, channels: ['email'] }).channels
        ?.email
    expect(at(start - 1)?.suppressed).toBe(null)
    expect(at(start)?.suppressed).toBe('hard_bounce')
  })
})

describe('what a backtest counts', () => {
  it('adds up: entries, messages by day and hour, most a person, reasons', () => {
    const count = tally('Asia/Seoul', planned())
    for (const customer of [1, 2, 3]) {
      const happenings =
        customer === 3
          ? []
          : [did('Product Added', start + hourMs), did('Product Added', start + 2 * dayMs)]
      const past = customer === 2 ? { ...nobody, happenings } : { ...agreed, happenings }
      count.person(replay(planned(), past, count))
    }
    const side = sideOf(count.counts())
    expect(side).toMatchObject({
      people: 2,
      entries: 4,
      sent: 2,
      underWay: 0,
      perPerson: {
        most: 2,
        mostInWeek: 2,
        spread: [
          { messages: 0, people: 1 },
          { messages: 2, people: 1 },
        ],
      },
      decisions: [
        { outcome: 'refused', code: 'no_consent', count: 2 },
        { outcome: 'sent', code: 'sent', count: 2 },
      ],
    })
    expect(side.days.map((day) => day.entered)).toEqual([2, 0, 2, 0, 0, 0, 0, 0])
    expect(side.days[0]).toEqual({ day: '2026-03-02', entered: 2, sent: 1, heldOut: 0 })
    expect(side.hours[11]).toBe(1)
    expect(side.hours[10]).toBe(1)
  })
  it('gives coupons out in order of time while there are any', () => {
    const left = leftOf(new Map([[3, 2]]), [{ pool: 3, at: start, back: start + 5 }])
    const taken = [start + 9, start + 1, start + 7, start + 2].map((at) => ({ pool: 3, at }))
    expect(givenOut(taken, left).get(3)).toEqual({ given: 2, missing: 2 })
    expect([left(3, start - 1), left(3, start), left(3, start + 5), left(9, start)]).toEqual([
      2,
      1,
      2,
      null,
    ])
  })
  it('knows what could be bought then', () => {
    const news = [
      { at: start, properties: { product_id: 'mug', stock: 1 } },
      { at: start + hourMs, properties: { product_id: 'mug', stock: 0 } },
      { at: start + 2 * hourMs, properties: { product_id: 'mug', name: '머그컵' } },
    ]
    const buyable = shelfOf(news, new Set(['tea']))
    expect([
      buyable('mug', start - 1),
      buyable('mug', start + hourMs),
      buyable('mug', start + dayMs),
    ]).toEqual([true, false, false])
    expect([buyable('tea', start), buyable('cup', start)]).toEqual([false, true])
  })
})

describe('whom and when a schedule calls', () => {
  const trigger = (more: object) => Flow.parse({ ...flow, trigger: more })
  it('is every run of the period since the person is known', () => {
    const weekly = trigger({ kind: 'schedule', schedule: { kind: 'daily', time: '10:00' } })
    const known = { customer: 1, assignmentKey: 'k', createdAt: start + 5 * dayMs }
    expect(callTimes(planned(weekly), nobody)).toHaveLength(7)
    expect(callTimes(planned(weekly), { ...nobody, people: [known] })).toHaveLength(2)
  })
  it('is the day that their date comes round', () => {
    const birthday = trigger({ kind: 'anniversary', trait: 'birthday', offsetDays: -1 })
    const traits = [{ customer: 1, moment: 0, change: { birthday: '1990-03-05' } }]
    expect(callTimes(planned(birthday), { ...nobody, traits })).toEqual([Date.UTC(2026, 2, 4, 1)])
    expect(callTimes(planned(birthday), nobody)).toEqual([])
  })
  it('reads nothing that no flow names', () => {
    expect(needsOf([flow]).names).toEqual([
      'Cart Viewed',
      'Order Completed',
      'Product Added',
      'Product Removed',
    ])
  })
})
