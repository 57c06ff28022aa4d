/// <reference types="node" />
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openShop } from './opened-shop.contract.ts'

// Whatever a visitor, a feed or a colleague writes stays text: everything that a shop shows is given the words of an attacker, and
// every page that shows it is opened. The dashboard's own policy is switched off here, so that nothing hides behind it.

const payloads = [
  '<script>hit()</script>',
  '"><img src=x onerror=hit()>',
  "'><svg onload=hit()>",
  'javascript:hit()',
  'JaVa\tScRiPt:hit()',
  'data:text/html,<script>hit()</script>',
  '</title></style></textarea></script><script>hit()</script>',
  '{{constructor.constructor("hit()")()}}',
  '<iframe srcdoc="<script>parent.hit()</script>">',
  '<a href="javascript:hit()" autofocus onfocus=hit()>x</a>',
]
const all = payloads.join(' ')

let shop: Awaited<ReturnType<typeof openShop>>
const ran: string[] = []

beforeAll(async () => {
  shop = await openShop('corpus')
  await watched(shop.page)
})
afterAll(() => shop?.close())

/** Hears every script of an attacker in this page, whatever address it goes to. */
async function watched(page: Page): Promise<void> {
  await page.exposeFunction('hit', () => void ran.push(page.url()))
  page.on('dialog', (dialog) => {
    ran.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
}

type Answer = Readonly<Record<string, unknown>> & { readonly id: number }
async function send(method: 'post' | 'patch' | 'get', path: string, data?: object) {
  const headers = { 'x-danggol-csrf': '1' }
  const options = { headers, ...(data ? { data } : {}) }
  const answer = await shop.page.request[method](`${shop.origin}/api/${path}`, options)
  if (!answer.ok()) throw new Error(`${path}: ${await answer.text()}`)
  return (await answer.json()) as Answer
}

/** Twelve things that somebody does, in the attacker's words. */
function deedsOf(said: string, nth: number): readonly object[] {
  const goods = { product_id: `p${nth}`, name: said, category: said, brand: said, price: 9_000 }
  const product = { ...goods, url: said, image_url: said, quantity: 1, benefit: said }
  const page = { title: said, url: `https://shop.example/${said}`, path: said, referrer: said }
  const who = { anonymousId: `d${nth}`, userId: `m${nth}` }
  const traits = { name: said, company: said, [`t${nth}`]: said, email: `m${nth}@example.com` }
  const track = (event: string, properties: object) => ({ type: 'track', event, properties })
  const items = [
    { type: 'identify', traits },
    { type: 'page', name: said, properties: page, context: { page, userAgent: said } },
    track('Products Searched', { query: said }),
    track('Product Viewed', product),
    track(said, { [said]: said }),
    track('Promotion Viewed', { name: said, campaign_id: 1, card: said, position: 1 }),
    track('Product Added', product),
    track('Order Completed', { order_id: said, products: [product], revenue: 9_000, coupon: said }),
    track('Product Reviewed', { name: said, note: said, url: said }),
  ]
  return items.map((one, at) => ({ ...one, ...who, messageId: `${nth}-${at}` }))
}

async function tell(): Promise<void> {
  const { key } = await send('post', 'keys', { name: all.slice(0, 100), scope: 'write' })
  for (const [nth, said] of payloads.entries()) {
    const sent = await fetch(`${shop.origin}/v1/batch`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Basic ${btoa(`${key}:`)}` },
      body: JSON.stringify({ batch: deedsOf(said, nth) }),
    })
    expect(sent.ok).toBe(true)
  }
}

/** A campaign whose mail says again what the person and the event said. */
async function mailing(): Promise<number> {
  await send('patch', 'shop', {
    url: 'https://shop.example',
    sender: {
      legalName: all.slice(0, 100),
      fromEmail: 'hello@shop.example',
      contactEmail: 'help@shop.example',
      phone: '02-1234-5678',
      address: all.slice(0, 200),
    },
  })
  const { id, draft } = await send('post', 'campaigns', {})
  const blocks = [
    { kind: 'heading', text: `{{ customer.name }} ${payloads[1]}` },
    { kind: 'text', text: '{{ event.note }} {{ event.name }} <script>hit()</script>' },
    { kind: 'button', label: '{{ event.note }}', url: '{{ event.url | web_url: shop.url }}' },
  ]
  const content = {
    channel: 'email',
    subject: '{{ customer.name }} {{ event.note }}',
    preheader: '',
    body: { kind: 'blocks', blocks },
  }
  await send('patch', `campaigns/${id}`, {
    name: all.slice(0, 60),
    draft: {
      ...(draft as object),
      trigger: { kind: 'event', event: 'Product Reviewed', key: 'person' },
      steps: [{ kind: 'message', id: 1, content }],
      exits: [],
      conditions: [],
      holdoutShare: 0,
      nature: { purpose: 'informational', because: 'answer' },
    },
  })
  await send('post', `campaigns/${id}/start`, {})
  return id
}

/** A form on the shop's own page, whose words and whose answer are the attacker's. */
async function asking(pool: number): Promise<void> {
  const { id, draft } = await send('post', 'campaigns', {})
  const field = { id: 'n', kind: 'text', label: payloads[1], trait: 'note', required: false }
  const said = all.slice(0, 190)
  const cards = [
    { title: said, text: said, url: 'https://shop.example/x', image: '/x.png', alt: said },
  ]
  const parts = [
    { kind: 'heading', id: 'p1', text: all.slice(0, 200) },
    { kind: 'cards', id: 'p2', from: { kind: 'written', cards }, label: '보기' },
    { kind: 'form', id: 'p3', fields: [field], label: '보내기', thanks: payloads[0] },
    { kind: 'coupon', id: 'p4', title: payloads[2], label: '받기' },
  ].map((part) => JSON.parse(JSON.stringify(part).replaceAll('{{', '{ {')) as object)
  const content = { channel: 'onsite', form: 'modal', parts }
  await send('patch', `campaigns/${id}`, {
    name: payloads[1],
    draft: {
      ...(draft as object),
      trigger: { kind: 'page' },
      steps: [{ kind: 'message', id: 1, content, coupon: pool }],
      holdoutShare: 0,
    },
  })
  await send('post', `campaigns/${id}/start`, {})
}

/** Opens the dashboard's page, waits until it has come to rest, and looks for anything that could run. */
async function look(path: string): Promise<void> {
  const { page, origin } = shop
  await page.goto(origin + path)
  await page.waitForFunction(
    "document.querySelector('h1') && !document.querySelector('[aria-busy=true]')",
  )
  for (const frame of page.frames()) {
    const found = await frame.evaluate(() =>
      [...document.querySelectorAll('a[href], iframe[src], img[src], form[action]')].flatMap(
        (one) => {
          const to = one.getAttribute('href') ?? one.getAttribute('src') ?? ''
          return /^\s*(javascript|vbscript|data:text)/i.test(to.replace(/[\t\n]/g, '')) ? [to] : []
        },
      ),
    )
    expect([path, found]).toEqual([path, []])
  }
  expect([path, ran]).toEqual([path, []])
}

test('nothing that anybody wrote runs on any page of the dashboard that shows it, nor on the shop’s own', async () => {
  const pool = await send('post', 'coupons', {
    name: all.slice(0, 60),
    discount: { kind: 'amount', amount: 1_000 },
    minOrder: 0,
    validHours: 48,
    total: 10,
    perPerson: { count: 1, days: 90 },
    codes: { kind: 'generated', prefix: '' },
    notes: all,
  })
  const campaign = await mailing()
  await asking(pool.id)
  const segment = await send('post', 'segments', {
    name: all.slice(0, 60),
    definition: {
      format: 1,
      where: {
        kind: 'event',
        event: 'Product Viewed',
        window: { kind: 'ever' },
        measure: { of: 'count', is: { op: '>=', value: 1 } },
      },
    },
  })
  const png =
    'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='
  const name = encodeURIComponent(payloads[1] ?? '')
  await shop.page.request.post(`${shop.origin}/api/images?name=${name}`, {
    headers: { 'x-danggol-csrf': '1', 'content-type': 'application/octet-stream' },
    data: Buffer.from(png, 'base64'),
  })
  await tell()
  const inbox = async () => ((await send('get', 'inbox')).items as readonly Answer[]) ?? []
  await expect.poll(async () => (await inbox()).length, { timeout: 20_000 }).toBe(payloads.length)
  await onShopsPage()

  const { items } = await send('get', 'customers?limit=50')
  const people = items as readonly Answer[]
  expect(people.length).toBeGreaterThan(payloads.length)
  for (const path of [
    ...['/', '/events', '/customers', '/segments', `/segments/${segment.id}`],
    ...[`/segments/${segment.id}/edit`, '/campaigns', `/campaigns/${campaign}`],
    ...[`/campaigns/${campaign}/report`, `/campaigns/${campaign + 1}`],
    ...['/coupons', `/coupons/${pool.id}`, '/images', '/messages', '/messages?view=decisions'],
    ...['/products', '/products/p1', '/recommendations', '/first-purchase'],
    ...['/settings/keys', '/settings/audit'],
    ...people.map(({ id }) => `/customers/${id}`),
  ])
    await look(path)
  // Each mail as its reader sees it.
  for (const one of await inbox()) await look(`/inbox?mail=${one.id}`)
  expect(shop.broken).toEqual([])
})

/** A page of the shop with the script: the message stands on it, its form is filled in and its coupon pressed. */
async function onShopsPage(): Promise<void> {
  // A person's browser: bots are shown nothing.
  const userAgent =
    'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36'
  const context = await shop.page.context().browser()?.newContext({ userAgent, bypassCSP: true })
  if (!context) throw new Error('no browser')
  const page = await context.newPage()
  await watched(page)
  const { key } = await send('post', 'keys', { name: 'page', scope: 'browser' })
  const html = `<!doctype html><title>shop</title><h1>shop</h1><script async src="/sdk.js" data-key="${key}"></script>`
  await page.route(/\/shop-page/, (route) =>
    route.fulfill({ contentType: 'text/html', body: html }),
  )
  await page.goto(`${shop.origin}/shop-page?${encodeURIComponent(all)}#${payloads[3]}`)
  const popup = page.getByRole('dialog')
  await popup.waitFor()
  await popup.getByRole('textbox').fill(payloads[1] ?? '')
  await popup.getByRole('button', { name: '보내기' }).click()
  await popup.getByText(payloads[0] ?? '', { exact: true }).waitFor()
  await popup.getByRole('button', { name: '받기' }).click()
  const found = await popup.evaluate((box) =>
    [...box.querySelectorAll('script, svg, iframe, a[href^="javascript" i]')].map(
      (one) => one.outerHTML,
    ),
  )
  expect(found).toEqual([])
  expect(ran).toEqual([])
  await context.close()
}
