import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { signedHeaders } from '../../channels/webhook/signature.ts'
import { did } from '../../events/line-world.contract.ts'
import { dayMs, hourMs } from '../../lib/duration.ts'
import { insertShop, openTestWorld, type TestWorld } from '../../testing/world.store.ts'
import { vault } from '../../vault/vault.service.ts'
import type { Condition } from '../definition.ts'
import { defined, openSegments } from '../segments-world.contract.ts'
import { deliver } from './deliver.jobs.ts'
import { leaseMs, type Moves } from './webhook.ts'
import { webhooks } from './webhooks.service.ts'

let world: TestWorld
let server: ReturnType<typeof createServer>
let url: string
type Call = { readonly headers: Record<string, unknown>; readonly body: string }
const calls: Call[] = []
let answerWith: () => number = () => 204

beforeAll(async () => {
  world = await openTestWorld()
  server = createServer((request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (text: string) => {
      body += text
    })
    request.on('end', () => {
      calls.push({ headers: request.headers, body })
      response.writeHead(answerWith()).end()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hooks`
})
afterAll(async () => {
  server.closeAllConnections()
  server.close()
  await world.close()
})

const viewedToday: Condition = {
  kind: 'event',
  event: 'Product Viewed',
  window: { kind: 'rolling', span: { amount: 1, unit: 'days' } },
  measure: { of: 'count', is: { op: '>=', value: 1 } },
}

async function openShop() {
  const { db, clock } = world
  calls.length = 0
  answerWith = () => 204
  const shop = await insertShop(db)
  const room = openSegments(world)
  const actor = { shop, name: 'member:1' }
  const input = { name: '오늘 본 고객', description: '', definition: defined(viewedToday) }
  const { id: segment } = await room.segments.create(actor, input)
  await room.settle(shop)
  const needs = { db, clock, vault: vault(Buffer.alloc(32, 7)), allowPrivate: true }
  const desk = webhooks({ ...needs, segment: room.segments.get, audit: async () => {} })
  const worker = deliver(needs)
  const make = (on: Moves = 'both') => desk.create(actor, { segment, events: null, url, on })
  const view = async (user: string) => {
    await room.door.accept(shop, [did(world, { user, verified: true })])
    await room.settle(shop)
  }
  const settle = async () => {
    for (let i = 0; i < 20 && (await worker.turn()); i++);
  }
  return { shop, room, segment, actor, desk, worker, make, view, settle, needs }
}

test('a server is told who enters and who leaves, signed, once each', async () => {
  const { segment, make, view, settle, room, shop, desk } = await openShop()
  const webhook = await make()
  await view('kim')
  const enteredAt = world.clock.now()
  await settle()
  world.clock.advance(dayMs)
  await room.settle(shop)
  await settle()
  expect(calls.map(({ body }) => JSON.parse(body))).toMatchObject([
    {
      type: 'segment.entered',
      timestamp: new Date(enteredAt).toISOString(),
      data: { segment: { id: segment, name: '오늘 본 고객' }, customer: { member_ids: ['kim'] } },
    },
    { type: 'segment.left', timestamp: new Date(enteredAt + dayMs).toISOString() },
  ])
  for (const { headers, body } of calls) {
    const id = String(headers['webhook-id'])
    const seconds = Number(headers['webhook-timestamp'])
    expect(signedHeaders({ id, seconds, body }, webhook.secret)['webhook-signature']).toBe(
      headers['webhook-signature'],
    )
  }
  const which = { segment, webhook: webhook.id }
  const page = { state: undefined, after: undefined, limit: 10 }
  expect(await desk.deliveries(shop, which, page)).toMatchObject([
    { state: 'sent', status: 204, attempt: 1 },
    { state: 'sent', status: 204, attempt: 1 },
  ])
})

test('a webhook is told only what it asked for, and nothing from before it was made', async () => {
  const { make, view, settle, room, shop } = await openShop()
  await view('early')
  await make('enter')
  await view('kim')
  world.clock.advance(dayMs)
  await room.settle(shop)
  await settle()
  expect(calls.map(({ body }) => JSON.parse(body).data.customer.member_ids)).toEqual([['kim']])
})

test('an event that only calls itself a crossing tells nobody', async () => {
  const { make, settle, room, shop, segment } = await openShop()
  await make()
  const body = { properties: { segment_id: segment, segment_name: 'x' } }
  await room.door.accept(shop, [
    did(world, { user: 'eve', verified: true }, { name: 'Entered Segment', body }),
  ])
  await room.settle(shop)
  await settle()
  expect(calls).toEqual([])
})

test('a server that is down is told again under the same id, and after a day it is given up', async () => {
  const { make, view, settle, desk, shop, segment, actor } = await openShop()
  const webhook = await make('enter')
  answerWith = () => 503
  await view('kim')
  const which = { segment, webhook: webhook.id }
  const page = { state: 'failed', after: undefined, limit: 10 } as const
  for (let hour = 0; hour < 30; hour++) {
    await settle()
    world.clock.advance(hourMs)
  }
  const [failed, ...others] = await desk.deliveries(shop, which, page)
  expect(others).toEqual([])
  expect(failed).toMatchObject({ state: 'failed', status: 503 })
  expect(calls.length).toBeGreaterThan(8)
  expect(new Set(calls.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
  answerWith = () => 200
  await desk.retry(actor, which, failed?.id ?? '')
  await settle()
  expect(await desk.deliveries(shop, which, page)).toEqual([])
})

test('two workers send a delivery once, and one that died with it is replaced after its lease', async () => {
  const { make, view, needs, worker } = await openShop()
  await make('enter')
  for (const user of ['a', 'b', 'c', 'd', 'e', 'f']) await view(user)
  const other = deliver(needs)
  await Promise.all([worker.follow(), other.follow()])
  while (await worker.follow());
  for (let i = 0; i < 3; i++) await Promise.all([worker.send(), other.send()])
  expect(calls).toHaveLength(6)
  expect(new Set(calls.map(({ headers }) => headers['webhook-id'])).size).toBe(6)
  // A worker that died in the middle of a call.
  await world.db`
    update webhook_deliveries set state = 'sending', due = ${world.clock.now() + leaseMs}
    where id = ${String(calls[0]?.headers['webhook-id'])}`
  await worker.send()
  expect(calls).toHaveLength(6)
  world.clock.advance(leaseMs)
  await worker.send()
  expect(calls).toHaveLength(7)
  expect(calls[6]?.headers['webhook-id']).toBe(calls[0]?.headers['webhook-id'])
})

test('the test button calls at once; an address within is refused where it is not allowed', async () => {
  const { make, desk, shop, segment, actor, needs, room } = await openShop()
  const webhook = await make()
  const which = { segment, webhook: webhook.id }
  expect(await desk.test(shop, which)).toEqual({ ok: true, status: 204, error: null })
  expect(JSON.parse(calls[0]?.body ?? '{}')).toMatchObject({ type: 'segment.test' })
  const strict = webhooks({
    ...needs,
    allowPrivate: false,
    segment: room.segments.get,
    audit: async () => {},
  })
  await expect(
    strict.create(actor, { segment, events: null, url: 'https://127.0.0.1/', on: 'both' }),
  ).rejects.toMatchObject({ code: 'invalid', field: 'url' })
  expect(await strict.test(shop, which)).toMatchObject({ ok: false, status: null })
  expect(calls).toHaveLength(1)
  expect(JSON.stringify(await desk.list(shop, segment))).not.toContain('whsec')
  await desk.remove(actor, which)
  expect(await desk.list(shop, segment)).toEqual([])
})

test('a server is told what customers do, by name or all of it, with whose it was', async () => {
  const { shop, room, actor, desk, settle, view } = await openShop()
  const made = { segment: null, url, on: 'both' } as const
  const all = await desk.create(actor, { ...made, events: [] })
  const orders = await desk.create(actor, { ...made, events: ['Order Completed', 'Left Segment'] })
  await view('kim')
  await room.door.accept(shop, [
    did(world, { user: 'kim', verified: true }, { name: 'Order Completed', body: {} }),
  ])
  await room.settle(shop)
  world.clock.advance(dayMs)
  await room.settle(shop)
  await settle()
  const told = (secret: string) =>
    calls
      .filter(({ headers, body }) => {
        const id = String(headers['webhook-id'])
        const seconds = Number(headers['webhook-timestamp'])
        const signed = signedHeaders({ id, seconds, body }, secret)
        return signed['webhook-signature'] === headers['webhook-signature']
      })
      .map(({ body }) => JSON.parse(body).data)
      // Calls of one moment are made side by side: which of them arrives first is chance.
      .sort((a, b) => (a.event < b.event ? -1 : 1))
  expect(told(all.secret)).toMatchObject([
    { event: 'Order Completed', customer: { member_ids: ['kim'] } },
    { event: 'Product Viewed', customer: { member_ids: ['kim'] } },
  ])
  expect(told(orders.secret).map(({ event }) => event)).toEqual(['Left Segment', 'Order Completed'])
  expect(await desk.list(shop, null)).toMatchObject([
    { id: orders.id, events: ['Order Completed', 'Left Segment'], segment: null, pausedAt: null },
    { id: all.id, events: [] },
  ])
})

test('a server that stays away is called ever more rarely, then not at all until somebody says so', async () => {
  const { actor, desk, shop, segment, make, view, settle } = await openShop()
  const { id } = await make('enter')
  answerWith = () => 500
  for (const user of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j']) await view(user)
  const state = async () => (await desk.list(shop, segment))[0]
  for (let minute = 0; minute < 60; minute++) {
    await settle()
    world.clock.advance(60_000)
  }
  // Ten people each tried every minute would be 600 calls.
  expect(calls.length).toBeLessThan(40)
  expect(await state()).toMatchObject({ pausedAt: null })
  for (let hour = 0; hour < 25; hour++) {
    await settle()
    world.clock.advance(hourMs)
  }
  expect(await state()).toMatchObject({ pausedAt: expect.any(Number) })
  const before = calls.length
  await view('late')
  await settle()
  expect(calls).toHaveLength(before)
  answerWith = () => 204
  await desk.resume(actor, { segment, webhook: id })
  expect(await state()).toMatchObject({ pausedAt: null, failingSince: null })
  await view('back')
  await settle()
  // Calls of one moment are made side by side: which of them arrives last is chance.
  const members = calls.slice(before).map(({ body }) => JSON.parse(body).data.customer.member_ids)
  expect(members).toContainEqual(['back'])
  expect(members).not.toContainEqual(['late'])
})
