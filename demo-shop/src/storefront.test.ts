import { beforeEach, describe, expect, test } from 'vitest'
import type { DanggolApi, Message } from './danggol.provider.ts'
import { reminders } from './reminders.service.ts'
import { shopBooks } from './shop.service.ts'
import { storefront } from './storefront.routes.ts'

/** Danggol as the shop knows it: remembers what it is told; has nothing to read but what is put in. */
function fakeDanggol() {
  const told: Message[] = []
  const answers = new Map<string, unknown>()
  const api: DanggolApi = {
    send: async (messages) => void told.push(...messages),
    tellLate: async (messages) => void told.push(...messages),
    importHistory: async (messages) => void told.push(...messages),
    read: async (path) => answers.get(path),
    change: async () => undefined,
  }
  return { api, told, answers }
}

/** A browser that keeps cookies. */
function open() {
  const danggol = fakeDanggol()
  const app = storefront({
    books: shopBooks(() => Date.UTC(2026, 10, 22)),
    danggol: danggol.api,
    reminders: reminders(danggol.api, 'http://danggol.example'),
    danggolUrl: 'http://danggol.example',
    browserKey: 'browser-key',
    sign: () => undefined,
    log: () => {},
  })
  const jar = new Map([['dg_id', 'device-1']])
  const ask = async (path: string, more: RequestInit = {}) => {
    const cookie = [...jar].map(([name, value]) => `${name}=${value}`).join('; ')
    const headers = { host: 'shop.example', cookie, ...more.headers }
    const answer = await app.request(`http://shop.example${path}`, { ...more, headers })
    for (const set of answer.headers.getSetCookie()) {
      const [name = '', value = ''] = set.split(';')[0]?.split('=') ?? []
      jar.set(name, value)
    }
    return answer
  }
  const form = (path: string, fields: { readonly [name: string]: string }) =>
    ask(path, { method: 'POST', body: new URLSearchParams(fields) })
  const put = (product: string, quantity: number) =>
    ask('/cart', { method: 'POST', body: JSON.stringify({ product, quantity, add: true }) })
  return { ...danggol, ask, form, put, jar }
}

const haneul = { name: '김하늘', email: 'haneul@example.com', password: 'secret1', terms: 'yes' }
let shop: ReturnType<typeof open>
const events = () => shop.told.map((message) => message.event ?? message.type)

beforeEach(() => {
  shop = open()
})

test('the file that notifications need stands on the shop’s own address', async () => {
  const worker = await shop.ask('/danggol-worker.js')
  expect(worker.headers.get('content-type')).toContain('javascript')
  expect(await worker.text()).toBe("importScripts('http://danggol.example/worker.js')")
})

describe('joining', () => {
  test('tells who joined, verified by the server and tied to the device', async () => {
    expect((await shop.form('/join', haneul)).status).toBe(303)
    expect(events()).toEqual(['identify', 'Signed Up'])
    expect(shop.told[0]).toMatchObject({
      anonymousId: 'device-1',
      traits: { email: 'haneul@example.com' },
    })
  })

  test('records a consent for each ticked box and none for the others', async () => {
    await shop.form('/join', { ...haneul, emailAds: 'yes' })
    const changes = shop.told.filter((message) => message.event === 'Consent Changed')
    expect(changes).toMatchObject([
      { properties: { channel: 'email', kind: 'grant', scope: 'ad_day' } },
    ])
  })

  test('asks with empty boxes, and for night only together with advertising', async () => {
    const page = await (await shop.ask('/join')).text()
    expect(page).not.toMatch(/type="checkbox"[^>]*checked/)
    await shop.form('/join', { ...haneul, nightAds: 'yes' })
    expect(events()).not.toContain('Consent Changed')
  })

  test('is refused without a name, an address, the terms, or twice', async () => {
    for (const wrong of [{ name: '' }, { email: 'x' }, { password: '1' }, { terms: '' }]) {
      expect((await shop.form('/join', { ...haneul, ...wrong })).status).toBe(422)
    }
    await shop.form('/join', haneul)
    expect((await shop.form('/join', haneul)).status).toBe(422)
    expect(events()).toEqual(['identify', 'Signed Up'])
  })

  test('can be followed by taking consent back', async () => {
    await shop.form('/join', { ...haneul, emailAds: 'yes', personalData: 'yes' })
    await shop.form('/me/consents', { personalData: 'yes' })
    expect(shop.told.at(-1)).toMatchObject({ properties: { kind: 'withdraw', scope: 'ad_day' } })
  })
})

describe('buying', () => {
  test('keeps what a stranger put in when they sign in, and orders it', async () => {
    await shop.form('/join', haneul)
    await shop.form('/logout', {})
    await shop.put('mug', 2)
    expect((await shop.form('/login', haneul)).status).toBe(303)
    const done = await shop.form('/checkout', { payment: '카카오페이' })
    expect(done.headers.get('location')).toMatch(/^\/orders\//)
    expect(shop.told.at(-1)).toMatchObject({
      event: 'Order Completed',
      anonymousId: 'device-1',
      properties: {
        revenue: 36_000,
        shipping: 3_000,
        products: [{ product_id: 'mug', quantity: 2 }],
      },
    })
    expect(await (await shop.ask('/cart')).text()).toContain('아직 담은 물건이 없어요')
  })

  test('answers what changed in the cart, within its limits', async () => {
    expect(await (await shop.put('mug', 3)).json()).toMatchObject({ before: 0, quantity: 3 })
    expect(await (await shop.put('mug', 99)).json()).toMatchObject({ before: 3, quantity: 20 })
    expect((await shop.put('nothing', 1)).status).toBe(400)
  })

  test('an empty cart can not be ordered', async () => {
    await shop.form('/checkout', { payment: '신용카드' })
    expect(shop.told).toEqual([])
  })

  test('an order of one visitor is not shown to another', async () => {
    await shop.put('mug', 1)
    const to = (await shop.form('/checkout', {})).headers.get('location') ?? ''
    expect((await shop.ask(to)).status).toBe(200)
    shop.jar.clear()
    expect((await shop.ask(to)).status).toBe(404)
  })
})

test('a form of another site may not act for the visitor, and a login leads only inside', async () => {
  const strange = { method: 'POST', headers: { origin: 'https://evil.example' } }
  expect((await shop.ask('/logout', strange)).status).toBe(403)
  await shop.form('/join', haneul)
  const away = await shop.form('/login', { ...haneul, to: '//evil.example' })
  expect(away.headers.get('location')).toBe('/')
})

test('what a visitor types comes back as text', async () => {
  const page = await (await shop.ask('/search?q=%3Cscript%3Ealert(1)%3C/script%3E')).text()
  expect(page).not.toContain('<script>alert')
  expect(page).toContain('&lt;script&gt;')
})

test('the phone shows what was sent to this member', async () => {
  await shop.form('/join', haneul)
  const user = String(shop.told[0]?.userId)
  const text = '장바구니에 그대로 있어요\nhttp://x\n'
  shop.answers.set(`/api/customers?search=${user}`, { items: [{ id: 12 }] })
  shop.answers.set('/api/messages?customer=12&state=sent&limit=5', {
    items: [{ id: 3, sentAt: Date.UTC(2026, 10, 22), subject: '(광고) 담아두신 머그' }],
  })
  shop.answers.set('/api/messages/3', { text })
  const page = await (await shop.ask('/phone')).text()
  expect(page).toContain('(광고) 담아두신 머그')
  expect(page).toContain('장바구니에 그대로 있어요')
})
