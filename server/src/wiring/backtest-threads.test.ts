import { afterAll, beforeAll, expect, test } from 'vitest'
import { backtests } from '../campaigns/backtest/backtests.service.ts'
import { runBacktest } from '../campaigns/backtest/run.service.ts'
import { Flow } from '../campaigns/campaign.ts'
import type { EngineAddresses } from '../engines/engines.service.ts'
import type { ShopId } from '../lib/brand.ts'
import { dayMs } from '../lib/duration.ts'
import { insertShop, openTestWorld, type TestWorld } from '../testing/world.store.ts'
import { helpingThreads, inThreads } from './backtest-threads.ts'
import { replayNeeds } from './backtesting.ts'

// Backtests in threads of their own, over real engines.
let world: TestWorld
let shop: ShopId
const people = 40

beforeAll(async () => {
  world = await openTestWorld()
  shop = await insertShop(world.db)
  const now = world.clock.now()
  await world.db`
    insert into customers (shop, id, assignment_key, member, traits, created_at, first_seen_at, last_seen_at, version)
    overriding system value
    select ${shop}, n, 'c' || n, true, '{}', ${now - 90 * dayMs}, ${now - 90 * dayMs}, ${now}, n
    from generate_series(1, ${people}) n`
  await world.warehouse.insert(
    'events',
    Array.from({ length: 2 * people }, (_, at) => {
      const time = new Date(now - dayMs * (1 + (at % 20))).toISOString()
      const product = JSON.stringify({ product_id: `p${at % 3}`, name: '머그컵', price: 12_000 })
      return {
        shop,
        customer: 1 + (at % people),
        position: at + 1,
        at: time,
        received_at: time,
        processed_at: time,
        kind: 'event',
        name: 'Product Added',
        properties: product,
      }
    }),
  )
})
afterAll(() => world?.close())

const flow = Flow.parse({
  trigger: { kind: 'event', event: 'Product Added' },
  conditions: ['cart_not_empty'],
  steps: [
    { kind: 'wait', id: 1, minutes: 60 },
    { kind: 'message', id: 2, content: { channel: 'sms', text: '담아 두셨어요' } },
  ],
  goal: { event: 'Order Completed', windowHours: 72 },
})
const actor = () => ({ shop, name: 'member:1', role: 'marketer' }) as const
const period = () => ({ from: world.clock.now() - 30 * dayMs, to: world.clock.now() })
const engines = (): EngineAddresses => ({
  databaseUrl: world.databaseUrl,
  warehouseUrl: world.warehouseUrl,
  warehouseDatabase: world.warehouse.database,
})
const room = () => backtests({ ...world, live: inThreads(engines()) })

test('a thread finds what this one would have found, and says how far it is', async () => {
  const one = room()
  const { id } = await one.ask(actor(), { flow, ...period() })
  expect(await one.turn()).toBe(true)
  const done = await one.get(shop, id)
  expect(done).toMatchObject({ state: 'done', done: people, people, problem: null })
  const run = { shop, campaign: 0, flow, against: null, ...period() }
  const here = await runBacktest(replayNeeds(world), run, {
    signal: new AbortController().signal,
    tell: () => undefined,
  })
  expect(done.result).toEqual(JSON.parse(JSON.stringify(here)))
  expect(here.side.people).toBe(people)
})

test('shares of several threads are together what one finds', async () => {
  const run = { shop, campaign: 0, flow, against: flow, ...period() }
  const needs = replayNeeds(world)
  const { signal } = new AbortController()
  const alone = await runBacktest(needs, run, { signal, tell: () => undefined })
  const told: number[] = []
  const helped = await runBacktest(needs, run, {
    signal,
    tell: (done) => told.push(done),
    helpers: { ...helpingThreads({ engines: engines(), run }, 7), count: 2 },
  })
  expect(helped).toEqual(alone)
  expect(told.at(-1)).toBe(people)
})

test('one that is called off ends although its thread waits for an answer', async () => {
  const one = room()
  const { id } = await one.ask(actor(), { flow, ...period() })
  await world.db.begin(async (tx) => {
    await tx`lock table consent_events in access exclusive mode`
    const turn = one.turn()
    while ((await one.get(shop, id)).state === 'queued')
      await new Promise((go) => setTimeout(go, 20))
    await one.cancel(shop, id)
    expect(await turn).toBe(true)
  })
  expect((await one.get(shop, id)).state).toBe('cancelled')
})

test('a thread that cannot go on is a backtest that failed, and says so in a sentence', async () => {
  const gone = new URL(world.databaseUrl)
  gone.pathname = '/nowhere'
  const failures: unknown[] = []
  const one = backtests({
    ...world,
    live: inThreads({ ...engines(), databaseUrl: gone.toString() }),
    onError: (error) => failures.push(error),
  })
  const { id } = await one.ask(actor(), { flow, ...period() })
  expect(await one.turn()).toBe(true)
  const { state, problem } = await one.get(shop, id)
  expect(state).toBe('failed')
  expect(problem).toMatchObject({
    code: 'unread',
    en: expect.stringContaining('could not be read'),
  })
  expect(String(failures[0])).toContain('nowhere')
})
