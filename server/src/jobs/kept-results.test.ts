import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import { minuteMs } from '../lib/duration.ts'
import { openMessageWorld } from '../testing/message-world.driver.ts'
import { type KeptResults, keptResults } from './kept-results.service.ts'

let world: Awaited<ReturnType<typeof openMessageWorld>>
let kept: KeptResults
const schema = z.object({ orders: z.number() })

beforeAll(async () => {
  world = await openMessageWorld({})
  kept = keptResults({ db: world.db, clock: world.clock, patienceMs: 0 })
})
afterAll(() => world.close())

/** A work that ends when it is told to. */
function slow(report: string) {
  const { promise, resolve, reject } = Promise.withResolvers<{ orders: number }>()
  let begun = 0
  const ask = (question: unknown = {}) =>
    kept.answer(world.shop, {
      report,
      question,
      schema,
      work: async () => {
        begun++
        return await promise
      },
    })
  return { ask, resolve, reject, begun: () => begun }
}

const settled = async (ask: () => Promise<{ readonly state: string }>) =>
  expect.poll(async () => (await ask()).state).toBe('ready')

test('who asks first is told that it is being worked out; the same question is worked out once', async () => {
  const report = slow('funnel')
  const since = world.clock.now()
  expect(await report.ask()).toEqual({ state: 'working', since })
  expect(await report.ask()).toEqual({ state: 'working', since })
  report.resolve({ orders: 3 })
  await settled(report.ask)
  expect(await report.ask()).toMatchObject({ madeAt: since, result: { orders: 3 } })
  expect(report.begun()).toBe(1)
  await report.ask({ days: 7 })
  expect(report.begun()).toBe(2)
})

test('an old result is shown with its time while a newer one is worked out', async () => {
  const ask = (orders: number) =>
    kept.answer(world.shop, {
      report: 'cohort',
      question: {},
      schema,
      work: async () => ({ orders }),
    })
  const madeAt = world.clock.now()
  await settled(() => ask(1))
  world.clock.advance(11 * minuteMs)
  expect(await ask(2)).toEqual({
    state: 'ready',
    madeAt,
    isRefreshing: true,
    result: { orders: 1 },
  })
  await expect
    .poll(async () => (await ask(2)).state === 'ready' && (await ask(2)))
    .toMatchObject({
      result: { orders: 2 },
    })
})

test('who cannot come again waits for a newer result, and is told the old one where that does not come', async () => {
  const late = Promise.withResolvers<{ orders: number }>()
  const ask = (work: () => Promise<{ orders: number }>, waitMs: number) =>
    kept.answer(world.shop, { report: 'morning', question: {}, schema, work, waitMs })
  expect(await ask(async () => ({ orders: 1 }), 60_000)).toMatchObject({ result: { orders: 1 } })
  world.clock.advance(11 * minuteMs)
  const newer = await ask(async () => ({ orders: 2 }), 60_000)
  expect(newer).toEqual({
    ...{ state: 'ready', madeAt: world.clock.now(), isRefreshing: false },
    result: { orders: 2 },
  })
  world.clock.advance(11 * minuteMs)
  expect(await ask(() => late.promise, 0)).toMatchObject({
    ...{ isRefreshing: true, result: { orders: 2 } },
  })
  late.resolve({ orders: 3 })
  await expect
    .poll(() => ask(() => late.promise, 0))
    .toMatchObject({ isRefreshing: false, result: { orders: 3 } })
})

test('a failure is told once and the next asker tries again', async () => {
  let fails = true
  const ask = () =>
    kept.answer(world.shop, {
      report: 'rfm',
      question: {},
      schema,
      work: async () => {
        if (fails) throw new Error('history is away')
        return { orders: 1 }
      },
    })
  await expect
    .poll(async () => await ask().catch((error: Error) => error.message))
    .toBe('history is away')
  fails = false
  await settled(ask)
})

test('a refresh that fails leaves the old result, and is not tried again with every look', async () => {
  let tried = 0
  const ask = (fails: boolean) =>
    kept.answer(world.shop, {
      report: 'home',
      question: {},
      schema,
      work: async () => {
        tried++
        if (fails) throw new Error('history is away')
        return { orders: 1 }
      },
    })
  await settled(() => ask(false))
  world.clock.advance(11 * minuteMs)
  await expect.poll(async () => ask(true)).toMatchObject({ isRefreshing: false })
  await ask(true)
  expect(tried).toBe(2)
  world.clock.advance(minuteMs)
  expect(await ask(false)).toMatchObject({ isRefreshing: true, result: { orders: 1 } })
})

test('a result of an older shape is none, and what nobody asked for a week is forgotten', async () => {
  const report = slow('value')
  report.resolve({ orders: 5 })
  await settled(report.ask)
  const other = z.object({ people: z.number() })
  await expect
    .poll(async () => {
      const question = {}
      const work = async () => ({ people: 2 })
      const got = await kept.answer(world.shop, { report: 'value', question, schema: other, work })
      return got.state === 'ready' && got.result
    })
    .toEqual({ people: 2 })
  world.clock.advance(8 * 24 * 60 * minuteMs)
  await kept.prune()
  const left = await world.db`select count(*)::int as left from kept_results`
  expect(left).toEqual([{ left: 0 }])
})

test('at the most two are worked out at once; the others wait for their turn', async () => {
  const reports = ['a', 'b', 'c'].map(slow)
  for (const report of reports) await report.ask()
  expect(reports.map((report) => report.begun())).toEqual([1, 1, 0])
  for (const report of reports) report.resolve({ orders: 1 })
  for (const report of reports) await settled(report.ask)
  expect(reports.map((report) => report.begun())).toEqual([1, 1, 1])
})

test('a result made before an import is old at once, one made a few events ago is not', async () => {
  const { db, shop } = world
  let orders = 0
  const ask = () =>
    kept.answer(shop, { report: 'rfm', question: {}, schema, work: async () => ({ orders }) })
  await settled(ask)
  const happened = (more: number) => db`
    insert into lanes (shop, name, position) values (${shop}, 'history', ${more})
    on conflict (shop, name) do update set position = lanes.position + ${more}`
  orders = 1
  await happened(100)
  expect(await ask()).toMatchObject({ result: { orders: 0 }, isRefreshing: false })
  await happened(20_000)
  expect(await ask()).toMatchObject({ result: { orders: 0 }, isRefreshing: true })
  await expect.poll(ask).toMatchObject({ result: { orders: 1 }, isRefreshing: false })
  orders = 2
  await happened(2_000)
  expect(await ask()).toMatchObject({ result: { orders: 1 }, isRefreshing: false })
})
