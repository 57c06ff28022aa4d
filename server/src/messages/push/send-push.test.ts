import { createECDH, randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { newPushSettings, subscriptions } from '../../channels/push/push.service.ts'
import { consent } from '../../consent/consent.service.ts'
import type { CustomerId } from '../../lib/brand.ts'
import { type MessageWorld, openMessageWorld, wish } from '../../testing/message-world.driver.ts'
import type { PushContent } from './content.ts'
import { pushPages } from './subscribe.routes.ts'

let taken = 0
const server = createServer((request, response) => {
  request.resume()
  request.on('end', () => {
    taken += 1
    response.writeHead(201).end()
  })
})

let world: MessageWorld
let service = ''
beforeAll(async () => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  service = `http://127.0.0.1:${(server.address() as AddressInfo).port}/push`
  world = await openMessageWorld()
  const settings = newPushSettings('mailto:help@shop.example', world.vault)
  await world.shops.set(world.shop, 'push', { ...settings })
})
afterAll(async () => {
  await world?.close()
  server.closeAllConnections()
  server.close()
})

const news: PushContent = {
  channel: 'web_push',
  title: '{{ customer.name | nim }}께 새 소식',
  text: '봄옷이 왔어요',
  url: 'https://shop.example/spring',
}

const pages = () =>
  pushPages({
    clock: world.clock,
    shops: world.shops,
    subscriptions: subscriptions({ db: world.db, vault: world.vault }),
    resolveKey: async (key) =>
      key === 'dgb_known' ? { shop: world.shop, scope: 'browser' } : undefined,
    accept: world.accept,
  })

const keysOfBrowser = () => {
  const own = createECDH('prime256v1')
  own.generateKeys()
  return {
    p256dh: own.getPublicKey('base64url'),
    auth: randomBytes(16).toString('base64url'),
  }
}

const say = (body: object) =>
  pages().request('/v1/push', {
    method: 'POST',
    headers: { 'content-type': 'text/plain' },
    body: JSON.stringify(body),
  })

async function customerOf(device: string): Promise<CustomerId> {
  await world.line.drain(world.shop)
  const [row] = await world.db<{ customer: number }[]>`
    select customer from identities where shop = ${world.shop} and kind = 'anonymous' and value = ${device}`
  return row?.customer as CustomerId
}

test('a browser that subscribes may be notified, and no more once it said no', async () => {
  const anonymousId = 'device-1'
  const subscription = { endpoint: 'https://push.example/one', keys: keysOfBrowser() }
  const subscribe = {
    act: 'subscribe',
    writeKey: 'dgb_known',
    anonymousId,
    subscription,
    wording: 'push-1',
  }
  expect((await say(subscribe)).status).toBe(200)
  // The same browser at the push service of this test.
  await subscriptions({ db: world.db, vault: world.vault }).save(world.shop, {
    device: anonymousId,
    subscription: { endpoint: service, keys: keysOfBrowser() },
    at: world.clock.now() + 1,
  })
  const customer = await customerOf(anonymousId)
  const { id } = await world.messages.publish(world.shop, news, { purpose: 'advertising' })
  const [asked] = await world.ask(wish(customer, id, { channel: 'web_push' }))
  expect(asked).toMatchObject({ kind: 'queued' })
  await world.sender().drain(world.shop)
  expect(taken).toBe(1)

  expect((await say({ ...subscribe, act: 'unsubscribe', endpoint: service })).status).toBe(200)
  await world.line.drain(world.shop)
  const [after] = await world.ask(wish(customer, id, { channel: 'web_push' }))
  expect(after).toMatchObject({ kind: 'refused', reason: 'opted_out' })
})

test('a page that tells of a known browser again does not undo a refusal', async () => {
  const anonymousId = 'device-2'
  const subscription = { endpoint: 'https://push.example/three', keys: keysOfBrowser() }
  const subscribe = {
    act: 'subscribe',
    writeKey: 'dgb_known',
    anonymousId,
    subscription,
    wording: 'push-1',
  }
  await say(subscribe)
  const customer = await customerOf(anonymousId)
  const mayPush = async () =>
    (await consent({ db: world.db }).of(world.shop, customer)).get('web_push')?.adDay
  expect(await mayPush()).toBe(true)
  world.clock.advance(60_000)
  const now = world.clock.now()
  const said = {
    channel: 'web_push',
    kind: 'withdraw',
    scope: 'ad_day',
    source: 'preference_centre',
  }
  await world.accept(world.shop, [
    {
      kind: 'consent',
      name: 'Consent Changed',
      at: now,
      receivedAt: now,
      messageId: 'no-more',
      ids: { customer, verified: true },
      body: { properties: said },
    },
  ])
  await world.line.drain(world.shop)
  expect(await mayPush()).toBe(false)
  world.clock.advance(60_000)
  expect((await say(subscribe)).status).toBe(200)
  await world.line.drain(world.shop)
  expect(await mayPush()).toBe(false)
})

test('a refusal holds at the very next decision and hand-over, before the line has read it; a new yes opens again', async () => {
  const anonymousId = 'device-4'
  const subscription = { endpoint: `${service}/four`, keys: keysOfBrowser() }
  const ledger = consent({ db: world.db })
  await subscriptions({ db: world.db, vault: world.vault }).save(world.shop, {
    device: anonymousId,
    subscription,
    at: world.clock.now(),
  })
  const says = (kind: 'grant' | 'withdraw') =>
    world.say({
      kind: 'consent',
      name: 'Consent Changed',
      ids: { anonymous: anonymousId, verified: true },
      body: { properties: { channel: 'web_push', kind, source: 'push_permission' } },
    })
  await says('grant')
  const customer = await customerOf(anonymousId)
  const { id } = await world.messages.publish(world.shop, news, { purpose: 'advertising' })
  const ask = async (cause: string) =>
    (await world.ask(wish(customer, id, { channel: 'web_push', causeKey: cause })))[0]
  expect(await ask('before')).toMatchObject({ kind: 'queued' })
  world.clock.advance(60_000)
  const before = taken
  await ledger.close(world.shop, { customer, channels: ['web_push'], at: world.clock.now() })
  await world.sender().drain(world.shop)
  expect(taken).toBe(before)
  expect(await ask('after')).toMatchObject({ kind: 'refused', reason: 'opted_out' })
  world.clock.advance(2 * 86_400_000)
  await says('grant')
  await world.line.drain(world.shop)
  expect(await ask('again')).toMatchObject({ kind: 'queued' })
  await world.sender().drain(world.shop)
  expect(taken).toBe(before + 1)
})

test('a body without end is not read to its end', async () => {
  let given = 0
  const body = new ReadableStream<Uint8Array>({
    pull: (to) => {
      given += 1
      // Were it read on, memory would be gone; the test ends it long before.
      if (given > 1_000) to.close()
      else to.enqueue(new Uint8Array(16 * 1024))
    },
  })
  const request = new Request('http://shop/v1/push', { method: 'POST', body, duplex: 'half' })
  expect((await pages().request(request)).status).toBe(413)
  expect(given).toBeLessThan(10)
})

test.each([
  ['an unknown key', { writeKey: 'dgb_other' }, 401],
  ['an address that is not https', { subscription: { endpoint: 'http://10.0.0.1/' } }, 400],
  ['no device', { anonymousId: '' }, 400],
])('%s is refused', async (_, wrong, status) => {
  const subscription = { endpoint: 'https://push.example/two', keys: keysOfBrowser() }
  const body = { act: 'subscribe', writeKey: 'dgb_known', anonymousId: 'd', subscription, ...wrong }
  expect((await say(body)).status).toBe(status)
})

test('push services that somebody made up do not stop the others', async () => {
  const kept = subscriptions({ db: world.db, vault: world.vault })
  const { id } = await world.messages.publish(world.shop, news, { purpose: 'advertising' })
  const people: CustomerId[] = []
  for (let at = 0; at < 12; at++) {
    const anonymousId = `stranger-${at}`
    // Nobody listens there; the last one is a browser.
    const endpoint = at < 11 ? `http://127.0.0.1:1/${at}` : `${service}/last`
    const subscription = { endpoint: `https://push.example/s${at}`, keys: keysOfBrowser() }
    await say({
      act: 'subscribe',
      writeKey: 'dgb_known',
      anonymousId,
      subscription,
      wording: 'push-1',
    })
    await kept.drop(world.shop, subscription.endpoint)
    await kept.save(world.shop, {
      device: anonymousId,
      subscription: { endpoint, keys: keysOfBrowser() },
      at: world.clock.now(),
    })
    people.push(await customerOf(anonymousId))
  }
  const sender = world.sender()
  const before = taken
  for (const customer of people) {
    await world.ask(wish(customer, id, { channel: 'web_push' }))
    await sender.drain(world.shop)
  }
  expect(taken).toBe(before + 1)
})
