import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { dayMs, hourMs, minuteMs } from '../../lib/duration.ts'
import { openMessageWorld } from '../../testing/message-world.driver.ts'
import { type MorningNeeds, type Mornings, mornings } from './morning.service.ts'
import { morningSettings } from './morning-settings.ts'
import { morningPost } from './post.service.ts'

let world: Awaited<ReturnType<typeof openMessageWorld>>
let morning: Mornings
let needs: MorningNeeds
const posted: string[] = []
let slackStatus = 200
const slack = createServer((request, response) => {
  let body = ''
  request.on('data', (chunk) => {
    body += chunk
  })
  request.on('end', () => {
    posted.push(body)
    response.writeHead(slackStatus).end()
  })
})

beforeAll(async () => {
  world = await openMessageWorld({})
  await new Promise<void>((resolve) => slack.listen(0, '127.0.0.1', resolve))
  const { db, clock, shops, vault } = world
  needs = {
    db,
    clock,
    shops,
    vault,
    effects: {
      own: async () => Promise.reject(new Error('no campaign has messaged anybody')),
    },
    suggestions: { first: async () => undefined },
    halted: async () => false,
    post: morningPost({
      channels: world.providers,
      vault,
      publicUrl: 'https://danggol.example',
      type: 'morning',
      sealedSlack: (shop) => morningSettings(shop.settings.morning)?.sealedSlack,
      allowPrivate: true,
    }),
    allowPrivate: true,
  }
  morning = mornings(needs)
})
afterAll(async () => {
  slack.close()
  await world.close()
})
beforeEach(() => {
  posted.length = 0
  slackStatus = 200
})

const actor = () => ({ shop: world.shop, name: 'member:1' })
const slackUrl = () => `http://127.0.0.1:${(slack.address() as AddressInfo).port}/services/x`
const inbox = async () =>
  await world.db<{ subject: string; text: string }[]>`select subject, text from inbox order by id`
/** The next 08:30 in Seoul. */
function toMorning(): void {
  const now = world.clock.now()
  const today = Math.floor((now + 9 * hourMs) / dayMs) * dayMs - 9 * hourMs
  world.clock.advance(today + dayMs + 8.5 * hourMs - now)
}

test('who switches it on after the hour hears from us tomorrow, once a place and morning', async () => {
  await morning.put(actor(), { emails: ['boss@shop.example'], slack: slackUrl(), webhook: '' })
  expect(await morning.turn()).toBe(false)
  toMorning()
  expect(await morning.turn()).toBe(true)
  world.clock.advance(minuteMs)
  expect(await Promise.all([morning.turn(), mornings(needs).turn()])).toEqual([false, false])
  expect(posted).toHaveLength(1)
  expect(await inbox()).toHaveLength(1)
  expect((await inbox())[0]?.text).toContain('■ 어제\n주문 0건')
  expect((await morning.get(world.shop)).last.map(({ state }) => state)).toEqual(['sent', 'sent'])
  toMorning()
  await morning.turn()
  expect(posted).toHaveLength(2)
})

test('what certainly did not arrive is tried again for half an hour, then given up', async () => {
  toMorning()
  slackStatus = 503
  for (let minute = 0; minute < 60; minute += 5) {
    await morning.turn()
    world.clock.advance(5 * minuteMs)
  }
  expect(posted).toHaveLength(4)
  const last = (await morning.get(world.shop)).last.find(
    ({ destination }) => destination.kind === 'slack',
  )
  expect(last).toMatchObject({ state: 'failed', detail: 'Slack answered 503.' })
})

test('a worker that dies in the middle leaves the morning unanswered, never doubled', async () => {
  toMorning()
  const dying = mornings({ ...needs, post: () => Promise.reject(new Error('killed')) })
  await expect(dying.turn()).rejects.toThrow('killed')
  world.clock.advance(minuteMs)
  expect(await morning.turn()).toBe(false)
  expect(posted).toEqual([])
})

test('a server that was away until noon lets the morning pass', async () => {
  toMorning()
  world.clock.advance(3 * hourMs)
  expect(await morning.turn()).toBe(false)
})

test('Slack’s address is kept sealed and never told; an empty one removes it', async () => {
  const shop = await world.shops.shop(world.shop)
  expect(JSON.stringify(shop.settings.morning)).not.toContain('services/x')
  expect(await morning.put(actor(), { emails: [], webhook: '' })).toMatchObject({ hasSlack: true })
  expect(await morning.put(actor(), { emails: [], slack: '', webhook: '' })).toEqual({
    emails: [],
    hasSlack: false,
    webhook: '',
  })
  await expect(morning.test(actor())).rejects.toThrow('where the message goes')
})

test('a webhook needs the secret it is signed with', async () => {
  const input = { emails: [], webhook: 'https://example.com/morning' }
  await expect(morning.put(actor(), input)).rejects.toMatchObject({ field: 'webhook' })
})

test('yesterday’s orders and messages stand beside the same weekday’s of the week before', async () => {
  const { shop, clock } = world
  const order = async (id: string, revenue: number) => {
    await world.say({
      name: 'Order Completed',
      ids: { user: 'u1', verified: true },
      body: {
        properties: {
          order_id: id,
          revenue,
          currency: 'KRW',
          products: [{ product_id: 'mug', price: revenue, quantity: 1 }],
        },
      },
    })
    await world.line.drain(shop)
  }
  await order('o1', 10_000)
  clock.advance(7 * dayMs)
  await order('o2', 30_000)
  await order('o3', 20_000)
  clock.advance(dayMs)
  const { parts } = await morning.preview(shop)
  expect(parts[0]?.lines).toEqual([
    '주문 2건 (지난주 같은 요일보다 +100%)',
    '매출 50,000원 (지난주 같은 요일보다 +400%)',
  ])
})
