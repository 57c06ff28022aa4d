import { describe, expect, test } from 'vitest'
import { monthOf } from './calendar.ts'
import { type Past, pastOf } from './generator.ts'
import { textsOf } from './phones.ts'
import { noConsents } from './session.ts'
import { tellPast } from './telling.ts'
import { basketScale, published, truth } from './truth.ts'

// Online Retail ends on 9 December: told to the same day, the seasons line up.
const settings = { seed: 'calibration', customers: 6_000, until: Date.UTC(2026, 11, 9, 15) }
const past = pastOf(settings)

function ordersOf(all: readonly Past[]) {
  return all.flatMap((each) =>
    each.kind === 'act' && each.act.kind === 'order' ? [{ ...each, lines: each.act.lines }] : [],
  )
}

describe('a year of the demo shop against Online Retail', () => {
  const orders = ordersOf(past)
  const byPerson = new Map<number, number[]>()
  for (const order of orders)
    byPerson.set(order.person, [...(byPerson.get(order.person) ?? []), order.at])
  const gaps = [...byPerson.values()]
    .flatMap(([first, second]) =>
      first !== undefined && second !== undefined ? [(second - first) / 86_400_000] : [],
    )
    .sort((a, b) => a - b)

  test('as many customers order twice', () => {
    expect(byPerson.size).toBe(settings.customers)
    expect(Math.abs(gaps.length / byPerson.size - published.repeatShare)).toBeLessThan(0.02)
  })

  test('the second order comes after as many days', () => {
    const median = gaps[Math.floor(gaps.length / 2)] ?? 0
    expect(Math.abs(median - published.daysToSecondOrder)).toBeLessThan(4)
  })

  test('baskets are an eighth of theirs, which are wholesalers', () => {
    const mean = orders.reduce((sum, order) => sum + order.lines.length, 0) / orders.length
    expect(Math.abs(mean - published.linesPerOrder * basketScale)).toBeLessThan(0.15)
  })

  test('each month has its share of the orders', () => {
    const total = published.ordersByMonth.reduce((sum, count) => sum + count, 0)
    const shares = published.ordersByMonth.map((count) => count / total)
    const ours = shares.map(
      (_, month) => orders.filter((order) => monthOf(order.at) === month).length / orders.length,
    )
    for (const [month, share] of shares.entries())
      expect(Math.abs((ours[month] ?? 0) - share)).toBeLessThan(0.015)
  })
})

test('the same seed tells the same year, another seed another one', () => {
  const small = { seed: 'a', customers: 60, until: settings.until }
  expect(pastOf(small)).toEqual(pastOf(small))
  expect(pastOf({ ...small, seed: 'b' })).not.toEqual(pastOf(small))
})

test('the past is told in order of time, ends before now, and every message has an id of its own', () => {
  const small = pastOf({ seed: 'a', customers: 200, until: settings.until })
  expect(small.every((each, i) => i === 0 || (small[i - 1]?.at ?? 0) <= each.at)).toBe(true)
  expect(small.every((each) => each.at < settings.until)).toBe(true)
  const messages = small.flatMap((each) => tellPast(each, 'a', 'http://shop.example'))
  expect(new Set(messages.map((message) => message.messageId)).size).toBe(messages.length)
})

test('people are strangers until they join, and only members order', () => {
  const joinedAt = new Map<number, number>()
  const confused = past.filter((each) => {
    if (each.kind === 'joined') joinedAt.set(each.person, each.at)
    return each.member !== (joinedAt.get(each.person) ?? Number.POSITIVE_INFINITY) <= each.at
  })
  expect(confused).toEqual([])
  expect(ordersOf(past).every((order) => order.member)).toBe(true)
})

test('a customer joins once and consents only to what they ticked', () => {
  const joined = past.filter((each) => each.kind === 'joined')
  expect(joined).toHaveLength(settings.customers)
  for (const each of joined.slice(0, 300)) {
    const told = tellPast(each, 's', '').filter((message) => message.event === 'Consent Changed')
    const by = (channel: string) =>
      told.filter(({ properties }) => (properties as { channel: string }).channel === channel)
    expect(by('email')).toHaveLength(Object.values(each.who.consents).filter(Boolean).length)
    expect(by('sms')).toHaveLength(textsOf(each.person, each.who.consents)?.scopes.length ?? 0)
  }
})

test('some customers gave a mobile number, each another one, and all of an exchange that does not exist', () => {
  const given = Array.from({ length: 1_000 }, (_, person) => textsOf(person, noConsents)?.phone)
  const phones = given.filter((phone) => phone !== undefined)
  expect(phones.length / given.length).toBeCloseTo(truth.phones.given, 1)
  expect(new Set(phones).size).toBe(phones.length)
  expect(phones.every((phone) => /^010-0\d{3}-\d{4}$/.test(phone))).toBe(true)
})

test('every visit comes from somewhere, first ones by other ways than later ones, and its address says so', () => {
  const visits = past.flatMap((each) => (each.kind === 'act' && each.from ? [each] : []))
  expect(visits.every(({ act }) => act.kind === 'page' && act.path === '/')).toBe(true)
  const strangers = visits.filter(({ member }) => !member)
  expect(new Set(strangers.map(({ from }) => from?.name)).size).toBe(7)
  expect(strangers.some(({ from }) => from?.name === 'newsletter')).toBe(false)
  const ad = visits.find(({ from }) => from?.name === 'instagram')
  const [told] = ad ? tellPast(ad, 's', 'http://shop.example') : []
  expect(told?.properties).toMatchObject({
    url: 'http://shop.example/?utm_source=instagram&utm_medium=paid_social&utm_campaign=table-of-the-season',
    path: '/',
  })
})

test('some orders save by a coupon or a sale: less is paid, and a refund gives back no more', () => {
  const orders = ordersOf(past)
  const saved = orders.filter(({ saving }) => saving)
  expect(saved.length / orders.length).toBeGreaterThan(0.1)
  expect(saved.length / orders.length).toBeLessThan(0.35)
  const totals = new Map<string, number>()
  for (const order of orders) {
    const told = tellPast(order, 's', '')[0]?.properties as {
      readonly order_id: string
      readonly revenue: number
      readonly total: number
      readonly discount?: number
      readonly coupon?: string
      readonly products: readonly { readonly price: number; readonly quantity: number }[]
    }
    const goods = told.products.reduce((sum, { price, quantity }) => sum + price * quantity, 0)
    expect(told.revenue).toBe(goods - (told.discount ?? 0))
    if (told.coupon === truth.savings.welcome.code) {
      expect(told.order_id).toMatch(/-1$/)
      expect(goods).toBeGreaterThanOrEqual(truth.savings.welcome.from)
    }
    totals.set(told.order_id, told.total)
  }
  const refunds = past.flatMap((each) => (each.kind === 'refunded' ? tellPast(each, 's', '') : []))
  expect(refunds.length).toBeGreaterThan(100)
  for (const { properties } of refunds) {
    const refund = properties as { readonly order_id: string; readonly total: number }
    expect(refund.total).toBe(totals.get(refund.order_id))
  }
})
