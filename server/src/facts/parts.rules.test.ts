import { expect, test } from 'vitest'
import { factPaths, flatten } from '../events/flatten.ts'
import type { Placed } from '../events/happening.ts'
import { originOf } from '../events/origin.ts'
import { eventOf } from '../events/sample.ts'
import { dayMs } from '../lib/duration.ts'
import type { JsonObject } from '../lib/json.ts'
import { cartFacts, foldCart, type KnownCart, type Shelf } from './cart-facts.ts'
import { factAt, facts } from './catalogue.ts'
import { foldInflow, inflowFacts } from './inflow.ts'
import { foldLists } from './lists.ts'
import { foldMembership, memberFacts } from './member-state.ts'
import { factsOf, stranger } from './person.ts'
import { reachFacts, reachOf } from './reach.ts'
import { foldScores, scoreFacts } from './scores.ts'
import { foldSearches, searchFacts } from './searches.ts'
import { foldJourney, type Journey, mergeJourneys, stageFacts } from './stage.ts'

const iso = (at: number) => new Date(at).toISOString()
let position = 0
const did = (name: string, at: number, properties: JsonObject = {}): Placed =>
  eventOf({ name, at, properties, position: ++position, customer: 1 })
const edit = (name: string, properties: JsonObject, at = 0): Placed => ({
  ...did(name, at, properties),
  kind: 'edit',
})
const derived = (name: string, at: number, properties: JsonObject): Placed => ({
  ...did(name, at, properties),
  kind: 'derived',
})

test('every fact of the catalogue has its own path, both languages and values that fit its type', () => {
  expect(new Set(facts.map((fact) => fact.path)).size).toBe(facts.length)
  for (const fact of facts) {
    expect(fact.label.ko + fact.note.ko).toMatch(/[가-힣]/)
    expect(fact.label.en).not.toBe('')
    if (fact.values) expect(fact.type).toBe('text')
  }
})

test('what everybody has is there for a stranger, and every path that is told is in the catalogue', () => {
  const flat = flatten(factsOf(stranger), factPaths)
  const paths = [flat.texts, flat.numbers, flat.flags, flat.lists].flatMap((map) => [...map.keys()])
  for (const path of paths) expect(factAt(path)?.path).toBe(path)
  const always = facts.filter((fact) => fact.always).map((fact) => fact.path)
  expect(paths.filter((path) => path !== 'lists').sort()).toEqual(always.sort())
})

test('the stage is the furthest since the last order; an order makes bought, a mere visit after it changes nothing', () => {
  let state: Journey | undefined
  const go = (name: string, at: number, order: number | null = null) => {
    state = foldJourney(state, did(name, at), order)
    return stageFacts(state, order)
  }
  expect(stageFacts(undefined, null)).toEqual({ now: 'visited' })
  expect(go('Page Viewed', 5)).toEqual({ now: 'visited', since: iso(5) })
  expect(go('Product Viewed', 10)).toEqual({ now: 'considered', since: iso(10) })
  expect(go('Products Searched', 20)).toEqual({ now: 'considered', since: iso(10) })
  expect(go('Checkout Started', 30)).toEqual({ now: 'checkout', since: iso(30) })
  expect(stageFacts(state, 40)).toEqual({ now: 'bought', since: iso(40) })
  expect(go('Page Viewed', 50, 40)).toEqual({ now: 'bought', since: iso(40) })
  expect(go('Products Searched', 60, 40)).toEqual({ now: 'searched', since: iso(60) })
  // The order is cancelled: it was none.
  expect(stageFacts(state, null)).toEqual({ now: 'checkout', since: iso(30) })
})

test('a late event and many events leave the first time since the order in its place', () => {
  let state: Journey | undefined
  for (let at = 100; at < 200; at++) state = foldJourney(state, did('Product Viewed', at), 50)
  state = foldJourney(state, did('Product Viewed', 60), 50)
  expect(stageFacts(state, 50)).toEqual({ now: 'considered', since: iso(60) })
  expect(state?.taken[1].length).toBeLessThanOrEqual(20)
  expect(stageFacts(state, 199)).toEqual({ now: 'bought', since: iso(199) })
  const other = foldJourney(undefined, did('Checkout Started', 70), 50)
  expect(stageFacts(mergeJourneys(state, other, 50), 50)).toMatchObject({ now: 'checkout' })
})

test('a member is one by the row, dormant and withdrawn by the word of the server, back by signing in', () => {
  expect(memberFacts(undefined, false)).toEqual({ state: 'anonymous' })
  let state = foldMembership(undefined, did('Signed Up', 10))
  expect(memberFacts(state, true)).toEqual({ state: 'member', joined_at: iso(10) })
  const told = (traits: JsonObject, at: number, browser = false): Placed => ({
    ...did('Identified', at),
    kind: 'identify',
    body: { traits, ...(browser ? { browser: true } : {}) },
  })
  state = foldMembership(state, told({ member_state: 'withdrawn' }, 20, true))
  expect(memberFacts(state, true)).toMatchObject({ state: 'member' })
  state = foldMembership(state, told({ member_state: 'dormant', joined_at: '2020-01-01' }, 30))
  expect(memberFacts(state, true)).toEqual({
    state: 'dormant',
    joined_at: '2020-01-01T00:00:00.000Z',
  })
  state = foldMembership(state, did('Signed In', 40))
  expect(memberFacts(state, true)).toMatchObject({ state: 'member' })
  state = foldMembership(state, did('Account Deleted', 35))
  expect(memberFacts(state, true)).toMatchObject({ state: 'member' })
  state = foldMembership(state, did('Account Deleted', 50))
  expect(memberFacts(state, true)).toMatchObject({ state: 'withdrawn' })
})

test('the last search is the newest by time, then by position; empty words are none', () => {
  let state = foldSearches(undefined, did('Products Searched', 10, { query: ' 코트 ' }))
  state = foldSearches(state, did('Products Searched', 5, { query: 'late' }))
  state = foldSearches(state, did('Products Searched', 20, { query: '  ' }))
  expect(searchFacts(state)).toEqual({ last: '코트', last_at: iso(10) })
  state = foldSearches(state, did('Products Searched', 10, { query: '모자' }))
  expect(searchFacts(state)).toMatchObject({ last: '모자' })
})

test.each<[string, Parameters<typeof originOf>[0], object | undefined]>([
  [
    'utm parameters of the address',
    { properties: { url: 'https://s.example/p?utm_source=Naver&utm_medium=CPC&utm_campaign=봄' } },
    { source: 'naver', medium: 'cpc', campaign: '봄', landing: '/p' },
  ],
  [
    'the campaign that the SDK carries',
    {
      properties: { url: 'https://s.example/cart' },
      context: { campaign: { source: 'kakao', medium: 'social', name: 'x' } },
    },
    { source: 'kakao', medium: 'social', campaign: 'x', landing: '/cart' },
  ],
  [
    'a click id',
    { properties: { url: 'https://s.example/?gclid=abc', referrer: 'https://www.google.com/' } },
    { source: 'google', medium: 'cpc', referrer: 'www.google.com/', landing: '/' },
  ],
  [
    'a search engine',
    {
      context: {
        page: {
          url: 'https://s.example/',
          referrer: 'https://search.naver.com/search.naver?q=secret',
        },
      },
    },
    { source: 'naver', medium: 'organic', referrer: 'search.naver.com/search.naver', landing: '/' },
  ],
  [
    'another site',
    {
      context: {
        page: { url: 'https://s.example/' },
        referrer: { url: 'https://www.blog.example/a' },
      },
    },
    { source: 'blog.example', medium: 'referral', referrer: 'www.blog.example/a', landing: '/' },
  ],
  [
    'a page of its own',
    { context: { page: { url: 'https://s.example/b', referrer: 'https://s.example/a' } } },
    { source: 'direct', medium: 'none', landing: '/b' },
  ],
  ['no page at all', { properties: { order_id: '1' } }, undefined],
])('a visit is known to come from %s', (_, body, origin) => {
  expect(originOf(body)).toEqual(origin)
})

test('first touch is the earliest visit that told its origin, last touch the newest', () => {
  let state = foldInflow(
    undefined,
    derived('Visit Started', 20, { source: 'naver', medium: 'cpc' }),
  )
  state = foldInflow(state, derived('Visit Started', 10, { source: 'kakao', landing: '/a' }))
  state = foldInflow(state, derived('Visit Started', 30, {}))
  state = foldInflow(state, did('Visit Started', 40, { source: 'a page that lies' }))
  expect(inflowFacts(state)).toEqual({
    first: { source: 'kakao', landing: '/a', at: iso(10) },
    last: { source: 'naver', medium: 'cpc', at: iso(20) },
  })
})

test("the cart is counted from events, and is the shop's where its server told it whole", () => {
  const shelf: Shelf = (id) =>
    id === 'a' ? { category: '조명', told: { price: 90_000, gone: false } } : undefined
  const go = (state: KnownCart | undefined, happening: Placed) => foldCart(state, happening, shelf)
  let state = go(undefined, did('Product Added', 10, { product_id: 'a', price: 10 }))
  state = go(state, did('Product Added', 20, { product_id: 'b', price: 2.5, quantity: 3 }))
  expect(cartFacts(state)).toEqual({
    items: 2,
    value: 17.5,
    changed_at: iso(20),
    products: ['b', 'a'],
    categories: ['조명'],
    sold_out: false,
    price_dropped: true,
    as_of: iso(20),
    source: 'events',
  })
  state = go(state, did('Product Removed', 30, { product_id: 'a' }))
  expect(cartFacts(state)).toMatchObject({ items: 1, price_dropped: false })
  state = go(state, did('Cart Viewed', 40, { products: [{ product_id: 'c', price: 7 }] }))
  expect(cartFacts(state)).toMatchObject({ items: 1, value: 7, source: 'shop', as_of: iso(40) })
  // The same cart told again is as of then, though nothing changed.
  state = go(state, did('Cart Viewed', 45, { products: [{ product_id: 'c', price: 7 }] }))
  expect(cartFacts(state)).toMatchObject({ as_of: iso(45), changed_at: iso(40), source: 'shop' })
  state = go(state, did('Order Completed', 50, { products: [{ product_id: 'c' }] }))
  expect(cartFacts(state)).toMatchObject({ items: 0, value: 0, source: 'events' })
  expect(go(undefined, { ...did('Product Added', 1, { product_id: 'a' }), importId: 'x' })).toBe(
    undefined,
  )
})

test('a channel can be advertised to with an address, consent by day and nothing closing it', () => {
  const said = {
    adDay: true,
    adNight: false,
    personalDataMarketing: true,
    grantedAt: 0,
    refusedAt: null,
  }
  const consents = new Map([['email', said] as const, ['sms', said] as const])
  const open = reachFacts(reachOf({ contacts: ['email'], consents, suppressed: [] }))
  expect(open.reach).toMatchObject({ email: true, sms: false, kakao: false })
  expect(open.consent).toMatchObject({
    sms: { ad_day: true, ad_night: false, personal_data_marketing: true },
    phone: { ad_day: false },
  })
  const closed = reachFacts(reachOf({ contacts: ['email'], consents, suppressed: ['email'] }))
  expect(closed.reach).toMatchObject({ email: false })
  expect(reachOf({ contacts: [], consents: new Map(), suppressed: [] })).toBeUndefined()
})

test('lists are put on and taken off by the team alone', () => {
  let lists = foldLists(undefined, edit('List Changed', { list: 7, change: 'added' }))
  lists = foldLists(lists, edit('List Changed', { list: '9', change: 'added' }))
  lists = foldLists(lists, edit('List Changed', { list: 7, change: 'added' }))
  expect(lists).toEqual(['7', '9'])
  expect(foldLists(lists, did('List Changed', 0, { list: 1, change: 'added' }))).toBe(lists)
  expect(foldLists(lists, edit('List Changed', { list: 7, change: 'removed' }))).toEqual(['9'])
})

test('only facts of the night are written, of their type, and an older night changes nothing', () => {
  const written = (values: JsonObject, at: number) => edit('Facts Written', { facts: values }, at)
  let state = foldScores(
    undefined,
    written({ 'rfm.cell': '5-5', 'value.percentile': 'high', 'orders.count': 9 }, dayMs),
  )
  expect(scoreFacts(state)).toEqual({ rfm: { cell: '5-5' } })
  state = foldScores(state, written({ 'rfm.cell': '1-1' }, 0))
  expect(scoreFacts(state)).toEqual({ rfm: { cell: '5-5' } })
  state = foldScores(state, written({ 'rfm.cell': null, 'value.percentile': 90 }, 2 * dayMs))
  expect(scoreFacts(state)).toEqual({ value: { percentile: 90 } })
})
