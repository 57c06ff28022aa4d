import { expect, test } from 'vitest'
import { client, type Settings } from './client.ts'
import { type FakeDevice, fakeDevice, fakePage, fakeServer, type Received } from './fake-page.ts'
import { campaignOf } from './visit.ts'

function open(given: Partial<Settings> = {}, device: FakeDevice = fakeDevice(), startAt?: number) {
  const server = fakeServer()
  const world = fakePage(device, server, startAt)
  const danggol = client(world.page, {
    url: 'https://danggol.example/v1/b',
    key: 'k',
    kiosk: false,
    waitForConsent: false,
    ...given,
  })
  danggol.start()
  const sent = async (): Promise<readonly Received[]> => {
    await world.pass(1_000)
    return server.confirmed()
  }
  return { ...world, device, danggol, sent }
}

test('a device keeps one anonymous id, and the cookie and the storage restore each other', () => {
  const device = fakeDevice()
  const first = open({}, device).danggol.anonymousId()
  device.cookies.clear()
  expect(open({}, device).danggol.anonymousId()).toBe(first)
  expect(device.cookies.get('dg_id')).toBe(first)
  device.stored.clear()
  expect(open({}, device).danggol.anonymousId()).toBe(first)
})

test('after identify every event carries the member id, on the next page too', async () => {
  const device = fakeDevice()
  const { danggol, sent } = open({}, device)
  danggol.track('Before')
  danggol.identify('member-7', { plan: 'vip' }, { userSignature: 'abc' })
  danggol.track('After')
  const [before, identified, after] = await sent()
  expect(before).not.toHaveProperty('userId')
  expect(identified).toMatchObject({
    userId: 'member-7',
    traits: { plan: 'vip' },
    context: { userSignature: 'abc' },
  })
  expect(after).toMatchObject({ userId: 'member-7', anonymousId: before?.anonymousId })
  const next = open({}, device)
  next.danggol.track('Later')
  expect((await next.sent())[0]).toMatchObject({ userId: 'member-7' })
})

test('a page that is left names its product when it showed one, and none when it showed several', async () => {
  const { danggol, sent } = open({ stay: () => ({ engaged_seconds: 70, scroll_percent: 40 }) })
  danggol.page()
  danggol.track('Product Viewed', { product_id: 7 })
  danggol.track('Product Viewed', { product_id: '7' })
  danggol.page()
  danggol.track('Product Viewed', { product_id: 'a' })
  danggol.track('Product Viewed', { product_id: 'b' })
  danggol.page()
  danggol.track('view_item', { ecommerce: { items: [{ item_id: 'G-1' }] } })
  danggol.page()
  danggol.track('view_item', { items: [{ item_id: 'G-1' }, { item_id: 'G-2' }] })
  danggol.page()
  danggol.page()
  const left = (await sent()).filter((one) => one.event === 'Page Left')
  expect(left.map(({ properties }) => properties)).toEqual([
    expect.objectContaining({ product_id: '7', engaged_seconds: 70 }),
    expect.not.objectContaining({ product_id: expect.anything() }),
    expect.objectContaining({ product_id: 'G-1' }),
    expect.not.objectContaining({ product_id: expect.anything() }),
    expect.not.objectContaining({ product_id: expect.anything() }),
  ])
})

test('traits stay out of the device', async () => {
  const { danggol, device, sent } = open()
  danggol.identify('member-7', { email: 'haneul@example.com' })
  await sent()
  expect(JSON.stringify([...device.stored, ...device.cookies])).not.toContain('haneul')
})

test('signing out is said by the member and makes the device a stranger', async () => {
  const { danggol, sent } = open()
  danggol.identify('member-7')
  danggol.reset()
  danggol.track('As a stranger')
  const [identified, out, stranger] = await sent()
  expect(out).toMatchObject({
    event: 'Signed Out',
    userId: 'member-7',
    anonymousId: identified?.anonymousId,
  })
  expect(stranger).not.toHaveProperty('userId')
  expect(stranger?.anonymousId).not.toBe(identified?.anonymousId)
})

test('with data-consent="wait" nothing is stored or sent before the visitor agrees, and nothing is lost then', async () => {
  const { danggol, device, pass, sent } = open({ waitForConsent: true })
  danggol.page()
  danggol.track('Early')
  await pass(600_000)
  expect([...device.stored.keys(), ...device.cookies.keys()]).toEqual([])
  expect(await sent()).toEqual([])
  danggol.consent(true)
  expect((await sent()).map((message) => message.event ?? message.type)).toEqual(['page', 'Early'])
  expect(device.cookies.has('dg_id')).toBe(true)
  const next = open({ waitForConsent: true }, device)
  next.danggol.track('Agreed before')
  expect(await next.sent()).toHaveLength(1)
})

test('who declines is forgotten and stays so', async () => {
  const device = fakeDevice()
  const { danggol, sent } = open({}, device)
  danggol.track('Counted')
  await sent()
  danggol.consent(false)
  danggol.track('Not counted')
  expect(await sent()).toHaveLength(1)
  expect([...device.stored]).toEqual([['dg.consent', 'no']])
  expect(device.cookies.size).toBe(0)
  const next = open({}, device)
  next.danggol.track('Not counted either')
  expect(await next.sent()).toEqual([])
  expect(device.cookies.size).toBe(0)
})

test('a page view carries address, title and referrer; inside an app the page before is the referrer', async () => {
  const { danggol, visit, sent } = open()
  visit('https://shop.example/', 'https://search.example/')
  danggol.page()
  visit('https://shop.example/products/p1?color=red', 'https://search.example/')
  danggol.page('상품', { section: 'tea' })
  danggol.track('Product Viewed')
  const [home, product, viewed] = await sent()
  expect(home).toMatchObject({ properties: { path: '/', referrer: 'https://search.example/' } })
  expect(product).toMatchObject({
    name: '상품',
    properties: {
      path: '/products/p1',
      search: '?color=red',
      referrer: 'https://shop.example/',
      section: 'tea',
    },
  })
  expect(viewed).toMatchObject({
    context: { page: { path: '/products/p1', referrer: 'https://shop.example/' } },
  })
})

test('the campaign of the landing page goes with the whole visit and not with the next one', async () => {
  const device = fakeDevice()
  const at = Date.UTC(2026, 10, 22)
  const landing = open({}, device, at)
  landing.visit(
    'https://shop.example/?utm_source=kakao&utm_campaign=autumn',
    'https://talk.example/x',
  )
  landing.danggol.page()
  await landing.sent()
  const inside = open({}, device, at + 60_000)
  inside.visit('https://shop.example/cart', 'https://shop.example/')
  inside.danggol.page()
  expect((await inside.sent())[0]).toMatchObject({
    context: {
      campaign: { source: 'kakao', name: 'autumn' },
      referrer: { url: 'https://talk.example/x' },
    },
  })
  const tomorrow = open({}, device, at + 86_400_000)
  tomorrow.danggol.page()
  expect((await tomorrow.sent())[0]?.context).not.toHaveProperty('campaign')
})

test('utm parameters get Segment names', () => {
  expect(
    campaignOf('?utm_source=a&utm_medium=b&utm_campaign=c&utm_term=d&utm_content=e&x=1'),
  ).toEqual({
    source: 'a',
    medium: 'b',
    name: 'c',
    term: 'd',
    content: 'e',
  })
  expect(campaignOf('?q=1')).toBeUndefined()
})

test('a shared device says so in every message', async () => {
  const { danggol, sent } = open({ kiosk: true })
  danggol.track('Seen')
  expect((await sent())[0]).toMatchObject({ context: { kiosk: true } })
})

test('alias, group and given ids keep their Segment shape', async () => {
  const { danggol, sent } = open()
  danggol.alias('new-id', 'old-id')
  danggol.group('vip', { level: 3 })
  danggol.track('Bought', {}, { messageId: 'order-9', timestamp: '2026-11-01T00:00:00Z' })
  expect(await sent()).toMatchObject([
    { type: 'alias', userId: 'new-id', previousId: 'old-id' },
    { type: 'group', groupId: 'vip', traits: { level: 3 } },
    { type: 'track', messageId: 'order-9', timestamp: '2026-11-01T00:00:00.000Z' },
  ])
})

test('a page opened to look at a draft says nothing and leaves nothing, whether or not the visitor agreed', async () => {
  for (const waitForConsent of [false, true]) {
    const { danggol, device, visit, sent } = open({ waitForConsent })
    visit('https://shop.example/?dg_preview=a.b')
    danggol.page()
    danggol.track('Looked')
    danggol.flush()
    expect(await sent()).toEqual([])
    expect([...device.stored.keys(), ...device.cookies.keys()]).toEqual([])
    visit('https://shop.example/next')
    danggol.consent(true)
    danggol.page()
    expect((await sent()).map(({ type }) => type)).toEqual(['page'])
  }
})
