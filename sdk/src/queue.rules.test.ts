import { expect, test } from 'vitest'
import { client } from './client.ts'
import {
  batchOf,
  type FakeDevice,
  type FakeServer,
  fakeDevice,
  fakePage,
  fakeServer,
} from './fake-page.ts'
import { backoffMs, limits } from './queue.ts'

const settings = {
  url: 'https://danggol.example/v1/b',
  key: 'browser-key',
  kiosk: false,
  waitForConsent: false,
}

function open(device: FakeDevice, server: FakeServer, startAt?: number) {
  const world = fakePage(device, server, startAt)
  const danggol = client(world.page, settings)
  danggol.start()
  return { ...world, danggol }
}

test('events of a moment travel in one request with the key in the body', async () => {
  const server = fakeServer()
  const { danggol, pass } = open(fakeDevice(), server)
  danggol.track('Product Viewed', { product_id: 'p1' })
  danggol.track('Product Added', { product_id: 'p1' })
  await pass(1_000)
  expect(server.bodies).toHaveLength(1)
  expect(JSON.parse(server.bodies[0] ?? '')).toMatchObject({
    writeKey: 'browser-key',
    sentAt: expect.any(String),
  })
  expect(server.events()).toEqual(['Product Viewed', 'Product Added'])
})

test('an event whose request failed three times arrives once, in order and with the same messageId', async () => {
  const server = fakeServer()
  server.answerNext(503, 0, 429)
  const { danggol, pass } = open(fakeDevice(), server)
  danggol.track('First')
  await pass(500)
  danggol.track('Second')
  await pass(60_000)
  expect(server.events()).toEqual(['First', 'Second'])
  const sent = server.bodies.flatMap((body) => batchOf(body).map((message) => message.messageId))
  expect(new Set(sent).size).toBe(2)
  expect(server.bodies).toHaveLength(4)
})

test('the wait doubles with each failure, ends at five minutes and is never under Retry-After', () => {
  expect([1, 2, 3, 4].map((failures) => backoffMs(failures, 0, 1))).toEqual([
    1_000, 2_000, 4_000, 8_000,
  ])
  expect(backoffMs(3, 0, 0)).toBe(2_000)
  expect(backoffMs(60, 0, 1)).toBe(300_000)
  expect(backoffMs(1, 30_000, 0.5)).toBe(30_000)
})

test('a new event does not break a wait the server asked for', async () => {
  const server = fakeServer()
  server.answerWith({ status: 503, retryAfterMs: 20_000 })
  const { danggol, pass } = open(fakeDevice(), server)
  danggol.track('One')
  await pass(1_000)
  danggol.track('Two')
  await pass(15_000)
  expect(server.bodies).toHaveLength(1)
  await pass(10_000)
  expect(server.events()).toEqual(['One', 'Two'])
})

test('what a page could not send is sent by the next page of the shop', async () => {
  const device = fakeDevice()
  const down = fakeServer()
  down.answerNext(...Array(50).fill(503))
  const first = open(device, down)
  first.danggol.track('Left behind')
  await first.pass(400)
  first.danggol.leave()
  const up = fakeServer()
  const next = open(device, up)
  await next.pass(100)
  expect(up.events()).toEqual(['Left behind'])
  expect([...device.stored.keys()].filter((key) => key.startsWith('dg.q.'))).toEqual([])
})

test('an open tab keeps its events to itself; those of a crashed one are taken over after two minutes', async () => {
  const device = fakeDevice()
  const down = fakeServer()
  down.answerNext(...Array(50).fill(0))
  const crashed = open(device, down, 1_000_000)
  crashed.danggol.track('From the crashed tab')
  await crashed.pass(400)
  const soon = fakeServer()
  await open(device, soon, 1_030_000).pass(1_000)
  expect(soon.events()).toEqual([])
  const later = fakeServer()
  await open(device, later, 1_000_000 + limits.abandonedMs + 1_000).pass(1_000)
  expect(later.events()).toEqual(['From the crashed tab'])
})

test('a page left at once hands its events to the browser', async () => {
  const server = fakeServer()
  const { danggol } = open(fakeDevice(), server)
  danggol.page()
  danggol.track('Product Viewed')
  danggol.leave()
  expect(server.events()).toEqual(['page', 'Product Viewed'])
})

test('one event the server refuses does not take the others with it', async () => {
  const server = fakeServer()
  const { danggol, pass } = open(fakeDevice(), {
    ...server,
    take: (body) => (body.includes('"Bad"') ? { status: 400, retryAfterMs: 0 } : server.take(body)),
  })
  for (const name of ['A', 'B', 'Bad', 'C']) danggol.track(name)
  await pass(5_000)
  expect(server.events()).toEqual(['A', 'B', 'C'])
})

test('a wrong key stops this page from asking again and keeps the events', async () => {
  const device = fakeDevice()
  const wrong = fakeServer()
  wrong.answerNext(401)
  const { danggol, pass } = open(device, wrong)
  danggol.track('Kept')
  await pass(3_600_000)
  expect(wrong.bodies).toHaveLength(1)
  const right = fakeServer()
  await open(device, right, Date.UTC(2026, 10, 23)).pass(1_000)
  expect(right.events()).toEqual(['Kept'])
})

test('a request stays small and at most a thousand events wait', async () => {
  const server = fakeServer()
  server.answerNext(503)
  const { danggol, pass } = open(fakeDevice(), server)
  for (let i = 0; i < 1_100; i++) danggol.track(`Event ${i}`, { text: 'x'.repeat(500) })
  await pass(600_000)
  expect(server.confirmed()).toHaveLength(limits.waitingEvents)
  for (const body of server.bodies) {
    expect(batchOf(body).length).toBeLessThanOrEqual(limits.batchEvents)
    expect(body.length).toBeLessThan(60_000)
  }
})
