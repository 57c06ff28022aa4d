import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Campaigns, campaigns } from '../../campaigns/campaigns.service.ts'
import { history } from '../../events/history.service.ts'
import { dayMs } from '../../lib/duration.ts'
import { seenReports } from '../../onsite/seen.service.ts'
import { openMessageWorld } from '../../testing/message-world.driver.ts'
import { challengePages } from './challenge.routes.ts'
import { type Challenges, challenges } from './challenge.service.ts'
import { emptyNote } from './note.ts'

let world: Awaited<ReturnType<typeof openMessageWorld>>
let room: Campaigns
let challenge: Challenges
let campaign = 0
const actor = () => ({ shop: world.shop, name: 'member:1', role: 'marketer' }) as const

beforeAll(async () => {
  world = await openMessageWorld({
    rooms: (built) => {
      room = campaigns(built)
      return [room.room({ inTurn: () => ({ isMember: () => false }) })]
    },
  })
  const { db, warehouse, clock, vault, shops } = world
  challenge = challenges({
    db,
    warehouse,
    clock,
    vault,
    shops,
    campaigns: room,
    effects: { effect: async () => ({ state: 'working', since: clock.now() }) },
    seen: seenReports({ warehouse }),
    segmentName: async () => undefined,
    productNames: async () => [],
    publicUrl: 'https://danggol.example',
  })
  campaign = (await room.create(actor(), { playbook: 'cart_abandonment' })).id
})
afterAll(() => world.close())

const mug = { product_id: 'mug', name: '머그컵', price: 12_000, currency: 'KRW', quantity: 1 }
const say = (user: string, name: string, properties = {}) =>
  world.say({ name, ids: { user, verified: true }, body: { properties } })
const page = async (url: string) => {
  const app = challengePages({
    challenges: challenge,
    onError: (error) => {
      throw error
    },
  })
  const answer = await app.request(new URL(url).pathname)
  return { status: answer.status, html: await answer.text(), headers: answer.headers }
}

test('the hypothesis may change until the campaign starts, then it is fixed; the other notes go on', async () => {
  const note = { ...emptyNote, hypothesis: '한 시간 뒤 알림이 주문을 늘려요.', target: 2 }
  await challenge.put(actor(), campaign, { ...note, hypothesis: '처음 생각' })
  await challenge.put(actor(), campaign, note)
  world.clock.advance(1_000)
  await room.start(actor(), campaign)
  world.clock.advance(dayMs)
  await expect(
    challenge.put(actor(), campaign, { ...note, hypothesis: '결과에 맞춘 생각' }),
  ).rejects.toMatchObject({ field: 'hypothesis' })
  await expect(challenge.put(actor(), campaign, { ...note, target: 1 })).rejects.toThrow('fixed')
  await challenge.put(actor(), campaign, { ...note, next: '더 길게 본다' })
  expect(await challenge.get(world.shop, campaign)).toMatchObject({
    note: { hypothesis: '한 시간 뒤 알림이 주문을 늘려요.', next: '더 길게 본다' },
    isFixedBefore: true,
    mayPropose: false,
    exposure: { days: 1, people: 0, isEnough: false },
  })
})

test('a link opens the page to strangers until it is closed, replaced or over', async () => {
  const first = await challenge.share(actor(), campaign)
  const opened = await page(first?.url ?? '')
  expect(opened.status).toBe(200)
  expect(opened.html).toContain('한 시간 뒤 알림이 주문을 늘려요.')
  expect(opened.headers.get('content-security-policy')).toContain("default-src 'none'")
  const second = await challenge.share(actor(), campaign)
  expect((await page(first?.url ?? '')).status).toBe(404)
  expect((await page(second?.url ?? '')).status).toBe(200)
  const forged = second?.url.replace(/\.(\d+)\./, '.9$1.') ?? ''
  expect((await page(forged)).status).toBe(404)
  await challenge.unshare(actor(), campaign)
  expect((await page(second?.url ?? '')).status).toBe(404)
  const third = await challenge.share(actor(), campaign)
  world.clock.advance(30 * dayMs)
  expect((await page(third?.url ?? '')).status).toBe(404)
})

test('the period before is told of the same people’s doing, followed as long', async () => {
  const { db, warehouse, shop, clock } = world
  const written = history({ db, warehouse, clock })
  const other = (await room.create(actor(), { playbook: 'cart_abandonment' })).id
  const order = (user: string) =>
    say(user, 'Order Completed', {
      order_id: user,
      revenue: 12_000,
      currency: 'KRW',
      products: [mug],
    })
  for (let at = 0; at < 30; at++) await say(`past${at}`, 'Product Added', mug)
  clock.advance(1_000)
  for (let at = 0; at < 10; at++) await order(`past${at}`)
  await world.line.drain(shop)
  clock.advance(5 * dayMs)
  await room.start(actor(), other)
  for (let at = 0; at < 40; at++) await say(`now${at}`, 'Product Added', mug)
  clock.advance(1_000)
  for (let at = 0; at < 10; at++) await order(`now${at}`)
  await world.line.drain(shop)
  const { url = '' } = (await challenge.share(actor(), other)) ?? {}
  const told = async () => (await page(url)).html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
  expect(await told()).toContain('아직 일러요')
  // Younger than the window: both are followed for half of its days.
  clock.advance(2 * dayMs)
  await written.drain(shop)
  const young = await told()
  expect(young).toContain('캠페인 기간 40명 25.0 %')
  expect(young).toContain('똑같이 1일 동안')
  clock.advance(6 * dayMs)
  const words = await told()
  expect(words).toContain('캠페인 기간 40명 25.0 % –')
  expect(words).toContain('바로 전 같은 길이의 기간 30명 33.3 %')
})
