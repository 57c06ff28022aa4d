import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { build } from 'esbuild'
import { type Browser, type BrowserContext, chromium } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { batchOf, type Received } from './fake-page.ts'

/** A server that records: the shop's pages, the script, and `/v1/b`, which answers what it is told to. */
type Recorder = {
  readonly origin: string
  /** Confirmed messages, each messageId once, in order of arrival: what the real server would have stored. */
  readonly stored: Map<string, Received>
  readonly requests: { readonly contentType: string | undefined; readonly method: string }[]
  /** Answers 503 to that many of the next requests. */
  refuse: number
  readonly close: () => void
}

let script = ''
let browser: Browser
let context: BrowserContext
let recorder: Recorder
const servers: Server[] = []

const snippet = (more: string) => `<script>
  window.danggol = window.danggol || [];
  ['track', 'identify', 'page', 'alias', 'group', 'reset', 'consent'].forEach(function (m) {
    danggol[m] = function () { danggol.push([m].concat([].slice.call(arguments))) }
  })
</script><script async src="/sdk.js" data-key="browser-key" ${more}></script>`

async function record(): Promise<Recorder> {
  const stored = new Map<string, Received>()
  const requests: { contentType: string | undefined; method: string }[] = []
  const state = { refuse: 0 }
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://x')
    if (pathname === '/sdk.js')
      return response.setHeader('content-type', 'text/javascript').end(script)
    if (pathname !== '/v1/b') {
      const body = `<!doctype html><meta charset="utf-8"><title>상점 ${pathname}</title>
        ${snippet(searchParams.get('attributes') ?? '')}<script>${searchParams.get('run') ?? ''}</script>`
      return response.setHeader('content-type', 'text/html').end(body)
    }
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      requests.push({ contentType: request.headers['content-type'], method: request.method ?? '' })
      response.setHeader('access-control-allow-origin', '*')
      if (state.refuse > 0) {
        state.refuse--
        response.writeHead(503).end()
        return
      }
      for (const message of batchOf(Buffer.concat(parts).toString()))
        stored.set(message.messageId, message)
      response.writeHead(200, { 'content-type': 'application/json' }).end('{"success":true}')
    })
  })
  servers.push(server)
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  return Object.assign(state, {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stored,
    requests,
    close: () => server.close(),
  })
}

const names = (of: Recorder) =>
  [...of.stored.values()]
    .map((message) => message.event ?? message.type)
    // Told of every page that was looked at for a second, however slow the machine: it has a test of its own.
    .filter((name) => name !== 'Page Left')
const pageUrl = (path: string, run = '', attributes = '') =>
  `${recorder.origin}${path}?run=${encodeURIComponent(run)}&attributes=${encodeURIComponent(attributes)}`

beforeAll(async () => {
  const built = await build({
    entryPoints: [new URL('./index.ts', import.meta.url).pathname],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: 'es2020',
  })
  script = built.outputFiles[0]?.text ?? ''
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  })
}, 60_000)

afterAll(async () => {
  await browser?.close()
  for (const server of servers) server.close()
})

async function shop() {
  recorder = await record()
  context = await browser.newContext()
  return { recorder, page: await context.newPage() }
}

test('calls made before the script came arrive after the page view, without a preflight', async () => {
  const { page } = await shop()
  await page.goto(
    pageUrl(
      '/',
      `danggol.identify('m-1', { name: '하늘' }); danggol.track('Product Viewed', { product_id: 'p1' })`,
    ),
  )
  await expect.poll(() => names(recorder)).toEqual(['page', 'identify', 'Product Viewed'])
  expect([...recorder.stored.values()][0]).toMatchObject({
    properties: { path: '/', title: '상점 /' },
    context: { library: { name: '@danggol/browser' } },
  })
  expect(
    recorder.requests.every(
      ({ contentType, method }) => method === 'POST' && contentType === 'text/plain',
    ),
  ).toBe(true)
  expect((await context.cookies()).map((cookie) => cookie.name)).toEqual(['dg_id'])
})

test('page code that kept the waiting list for itself is heard too', async () => {
  const { page } = await shop()
  await page.goto(pageUrl('/', 'window.mine = danggol'))
  await page.waitForFunction(
    () => !Array.isArray((window as unknown as { danggol: unknown }).danggol),
  )
  await page.evaluate(() =>
    (window as unknown as { mine: { track: (name: string) => void } }).mine.track('Held'),
  )
  await expect.poll(() => names(recorder)).toEqual(['page', 'Held'])
})

test('no event is lost or doubled when the server answers 503 three times', async () => {
  const { page } = await shop()
  recorder.refuse = 3
  await page.goto(pageUrl('/'))
  for (let i = 0; i < 20; i++) {
    await page.evaluate(
      (nth) =>
        (window as unknown as { danggol: { track: (name: string) => void } }).danggol.track(
          `Step ${nth}`,
        ),
      i,
    )
  }
  await expect.poll(() => recorder.stored.size, { timeout: 20_000 }).toBe(21)
  expect(names(recorder)).toEqual(['page', ...Array.from({ length: 20 }, (_, i) => `Step ${i}`)])
  const left = await page.evaluate(() =>
    Object.keys(localStorage).filter((key) => key.startsWith('dg.q.')),
  )
  expect(left).toEqual([])
}, 30_000)

test('events of a page that is left at once arrive, also when the tab is closed', async () => {
  const { page } = await shop()
  await page.goto(pageUrl('/one'))
  await page.waitForFunction(
    () => !Array.isArray((window as unknown as { danggol: unknown }).danggol),
  )
  await page.evaluate((to) => {
    const { danggol } = window as unknown as { danggol: { track: (name: string) => void } }
    danggol.track('Left by a link')
    location.href = to
  }, pageUrl('/two'))
  await page.waitForURL(/\/two/)
  await page.waitForFunction(
    () => !Array.isArray((window as unknown as { danggol: unknown }).danggol),
  )
  await page.evaluate(() =>
    (window as unknown as { danggol: { track: (name: string) => void } }).danggol.track(
      'Tab closed',
    ),
  )
  await page.close({ runBeforeUnload: false })
  await expect
    .poll(() => new Set(names(recorder)), { timeout: 10_000 })
    .toEqual(new Set(['page', 'Left by a link', 'Tab closed']))
  expect(names(recorder).filter((name) => name === 'Left by a link')).toHaveLength(1)
}, 30_000)

test('a single-page app and the dataLayer are heard, and a thrown error stays ours', async () => {
  const { page } = await shop()
  const problems: string[] = []
  page.on('pageerror', (problem) => problems.push(problem.message))
  const run = `window.dataLayer = [{ event: 'view_item', ecommerce: { items: [{ item_id: 'p1' }] } }];
    function gtag() { dataLayer.push(arguments) }`
  await page.goto(pageUrl('/', run))
  await page.waitForFunction(
    () => !Array.isArray((window as unknown as { danggol: unknown }).danggol),
  )
  await page.evaluate(() => {
    const world = window as unknown as {
      gtag: (...given: unknown[]) => void
      danggol: { track: (name: string, of?: unknown) => void }
    }
    world.gtag('event', 'add_to_cart', { items: [{ item_id: 'p1' }] })
    const loop: Record<string, unknown> = {}
    loop.loop = loop
    world.danggol.track('Broken', loop)
    history.pushState({}, '', '/app/next')
    document.title = '다음 화면'
  })
  await expect.poll(() => names(recorder)).toEqual(['page', 'view_item', 'add_to_cart', 'page'])
  expect([...recorder.stored.values()].pop()).toMatchObject({
    properties: { path: '/app/next', title: '다음 화면' },
  })
  expect([...recorder.stored.values()][1]).toMatchObject({
    properties: { ecommerce: { items: [{ item_id: 'p1' }] } },
  })
  expect(problems).toEqual([])
})

test('with data-consent="wait" the device stays clean until the visitor agrees', async () => {
  const { page } = await shop()
  await page.goto(pageUrl('/', `danggol.track('Early')`, 'data-consent="wait"'))
  await page.waitForFunction(
    () => !Array.isArray((window as unknown as { danggol: unknown }).danggol),
  )
  await page.waitForTimeout(600)
  expect(recorder.requests).toEqual([])
  expect(await context.cookies()).toEqual([])
  expect(await page.evaluate(() => localStorage.length)).toBe(0)
  await page.evaluate(() =>
    (window as unknown as { danggol: { consent: (yes: boolean) => void } }).danggol.consent(true),
  )
  await expect.poll(() => names(recorder)).toEqual(['page', 'Early'])
})

test('how long a page was looked at and how far down is told once when it is left', async () => {
  const { page } = await shop()
  await page.goto(pageUrl('/long', `document.documentElement.style.height = '2000px'`))
  await page.waitForFunction(
    () => !Array.isArray((window as unknown as { danggol: unknown }).danggol),
  )
  await page.mouse.wheel(0, 300)
  await page.waitForTimeout(1_600)
  await page.evaluate(() => history.pushState({}, '', '/next'))
  await expect.poll(() => names(recorder)).toEqual(['page', 'page'])
  const left = () => [...recorder.stored.values()].filter(({ event }) => event === 'Page Left')
  expect(left()).toHaveLength(1)
  const { properties, context: about } = left()[0] as unknown as {
    readonly properties: { readonly engaged_seconds: number; readonly scroll_percent: number }
    readonly context: { readonly page: { readonly path: string } }
  }
  expect(properties).toMatchObject({ path: '/long' })
  expect(about.page.path).toBe('/long')
  expect(properties.engaged_seconds).toBeGreaterThanOrEqual(2)
  expect(properties.scroll_percent).toBeGreaterThanOrEqual(45)
  expect(properties.scroll_percent).toBeLessThan(60)
  await page.waitForTimeout(1_100)
  await page.close({ runBeforeUnload: false })
  await expect.poll(() => left().length, { timeout: 10_000 }).toBe(2)
  expect(left()[1]?.properties).toMatchObject({ path: '/next' })
})
