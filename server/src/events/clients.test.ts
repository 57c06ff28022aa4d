import Rudder from '@rudderstack/rudder-sdk-node'
import { Analytics } from '@segment/analytics-node'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type IngestServer, openIngestServer } from '../testing/ingest-server.service.ts'
import type { Happening } from './happening.ts'

// The published clients, unchanged: only host and key are ours. Their clock is the machine's, the server's is a spring
// morning months ago, so that every time below has gone through the correction of skew.
let server: IngestServer
beforeAll(async () => {
  server = await openIngestServer()
})
afterAll(() => server.close())

const seen = (happenings: readonly Happening[]) =>
  happenings.map(({ kind, name }) => `${kind}: ${name}`)

test('@segment/analytics-node delivers every kind of call', async () => {
  const client = new Analytics({ writeKey: server.writeKey, host: server.url, flushAt: 3 })
  const errors: unknown[] = []
  client.on('error', (error) => errors.push(error))
  const timestamp = new Date()
  client.track({
    userId: 'm1',
    event: 'Product Added',
    properties: { product_id: 'P1', price: 12000, quantity: 2 },
    timestamp,
  })
  client.identify({
    userId: 'm1',
    traits: { name: '김하늘', email: 'haneul@example.com', phone: '010-1234-5678' },
  })
  client.page({
    anonymousId: 'a1',
    name: 'Home',
    properties: { url: 'https://shop.example/', path: '/' },
  })
  client.screen({ userId: 'm1', name: 'Cart' })
  client.group({ userId: 'm1', groupId: 'vip' })
  client.alias({ userId: 'm1', previousId: 'a1' })
  await client.closeAndFlush()
  expect(errors).toEqual([])

  const log = await server.log()
  // Two batches on their way at once: either may be the first to arrive.
  expect(seen(log).toSorted()).toEqual([
    'alias: Aliased',
    'event: Page Viewed',
    'event: Product Added',
    'event: Screen Viewed',
    'group: Grouped',
    'identify: Identified',
  ])
  const added = log.find(({ name }) => name === 'Product Added')
  const identified = log.find(({ kind }) => kind === 'identify')
  expect(added).toMatchObject({
    ids: { user: 'm1', verified: true },
    body: {
      properties: { product_id: 'P1', price: 12000, quantity: 2 },
      context: { library: { name: '@segment/analytics-node' } },
    },
  })
  // Sent within seconds of being made, so it happened within seconds of being received.
  expect(server.world.clock.now() - (added?.at ?? 0)).toBeLessThan(10_000)
  expect(added?.at).toBeLessThanOrEqual(server.world.clock.now())
  expect(identified?.ids).toMatchObject({
    email: { masked: 'h***@example.com' },
    phone: { masked: '010-****-5678' },
  })
  expect(server.needs.vault.open(identified?.ids.phone?.sealed ?? '')).toBe('+821012345678')
  expect(JSON.stringify(log)).not.toMatch(/haneul@|1234-?5678/)
})

test("RudderStack's node SDK, whose gzip is labelled as a form, delivers every kind of call", async () => {
  const before = (await server.log()).length
  const client = new Rudder(server.writeKey, {
    dataPlaneUrl: server.url,
    flushAt: 20,
    flushInterval: 60_000,
    retryCount: 0,
  })
  client.track({
    userId: 'r1',
    event: 'Order Completed',
    properties: { order_id: 'O-1', total: 59000 },
  })
  client.identify({ userId: 'r1', traits: { email: 'r@example.com' } })
  client.page({ userId: 'r1', name: 'Home' })
  client.screen({ userId: 'r1', name: 'Cart' })
  client.group({ userId: 'r1', groupId: 'g' })
  client.alias({ userId: 'r1', previousId: 'old' })
  await new Promise<void>((done, fail) => {
    client.flush((error?: Error) => (error ? fail(error) : done()))
  })
  const log = (await server.log()).slice(before)
  expect(seen(log).toSorted()).toEqual([
    'alias: Aliased',
    'event: Order Completed',
    'event: Page Viewed',
    'event: Screen Viewed',
    'group: Grouped',
    'identify: Identified',
  ])
  expect(log.every(({ at, receivedAt }) => Math.abs(receivedAt - at) < 10_000)).toBe(true)
  expect(server.errors).toEqual([])
})
