import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { build } from 'esbuild'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type IngestServer, openIngestServer } from '../testing/ingest-server.service.ts'

// @segment/analytics-next as published, bundled as a shop would, in Chromium, on a page of another origin.
let server: IngestServer
let pages: Server
/** A browser without a screen is a bot to us; this one stands for a person's. */
const userAgent =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36'
let browser: Browser

const entry = `
  import { AnalyticsBrowser } from '@segment/analytics-next'
  window.start = (writeKey, integration) =>
    AnalyticsBrowser.load(
      { writeKey, cdnSettings: { integrations: { 'Segment.io': { apiKey: writeKey, ...integration } } } },
    ).then(([analytics]) => { window.analytics = analytics })
`

type Client = {
  readonly track: (event: string, properties?: object) => Promise<unknown>
  readonly identify: (user: string, traits: object, options?: object) => Promise<unknown>
  readonly page: (name: string) => Promise<unknown>
  readonly screen: (name: string) => Promise<unknown>
  readonly group: (id: string) => Promise<unknown>
  readonly alias: (to: string, from: string) => Promise<unknown>
}
type Shop = {
  readonly start: (key: string, integration: object) => Promise<void>
  readonly analytics: Client
}

beforeAll(async () => {
  server = await openIngestServer()
  const built = await build({
    stdin: { contents: entry, resolveDir: import.meta.dirname },
    bundle: true,
    write: false,
    format: 'iife',
    define: { 'process.env.NODE_ENV': '"production"', global: 'window' },
  })
  const script = built.outputFiles[0]?.text ?? ''
  pages = createServer((request, response) => {
    if (request.url === '/analytics.js')
      return response.setHeader('content-type', 'text/javascript').end(script)
    response.setHeader('content-type', 'text/html')
    return response.end(
      '<!doctype html><meta charset="utf-8"><title>단골 상점</title><script src="/analytics.js"></script>',
    )
  })
  await new Promise<void>((listening) => pages.listen(0, '127.0.0.1', listening))
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  })
}, 60_000)

afterAll(async () => {
  await browser?.close()
  pages?.close()
  await server?.close()
})

async function openShop(integration: object): Promise<Page> {
  const page = await (await browser.newContext({ userAgent })).newPage()
  await page.goto(
    `http://127.0.0.1:${(pages.address() as AddressInfo).port}/products/1?utm_source=kakao`,
  )
  const host = { apiHost: `${new URL(server.url).host}/v1`, protocol: 'http', ...integration }
  await page.evaluate(([key, given]) => (globalThis as unknown as Shop).start(key, given), [
    server.browserKey,
    host,
  ] as const)
  return page
}

test('every kind of call arrives by the short paths', async () => {
  const page = await openShop({})
  await page.evaluate(async (signature) => {
    const { analytics } = globalThis as unknown as Shop
    await analytics.page('Product')
    await analytics.track('Product Added', { product_id: 'P1', price: 12000 })
    await analytics.identify(
      'm1',
      { email: 'kim@example.com', name: '김하늘' },
      { context: { userSignature: signature } },
    )
    await analytics.screen('Cart')
    await analytics.group('vip')
    await analytics.alias('m1', 'old')
  }, server.sign('m1'))
  await expect.poll(async () => (await server.log()).length, { timeout: 10_000 }).toBe(6)
  const log = new Map((await server.log()).map((one) => [one.name, one]))
  expect([...log.keys()].toSorted()).toEqual([
    'Aliased',
    'Grouped',
    'Identified',
    'Page Viewed',
    'Product Added',
    'Screen Viewed',
  ])
  expect(log.get('Page Viewed')).toMatchObject({
    ids: { verified: false },
    body: {
      browser: true,
      properties: { path: '/products/1', title: '단골 상점' },
      context: { campaign: { source: 'kakao' } },
    },
  })
  expect(log.get('Product Added')).toMatchObject({
    body: { properties: { product_id: 'P1', price: 12000 } },
  })
  expect(log.get('Identified')).toMatchObject({
    ids: { user: 'm1', verified: true, email: { masked: 'k***@example.com' } },
  })
  expect(log.get('Aliased')).toMatchObject({ ids: { user: 'm1' }, body: { previousId: 'old' } })
})

test('its batches arrive whole, and consent stays out of its reach', async () => {
  const before = (await server.log()).length
  const page = await openShop({
    deliveryStrategy: { strategy: 'batching', config: { size: 3, timeout: 500 } },
  })
  await page.evaluate(async () => {
    const { analytics } = globalThis as unknown as Shop
    await Promise.all(
      ['One', 'Two', 'Consent Changed'].map((name) => analytics.track(name, { channel: 'email' })),
    )
  })
  await expect
    .poll(async () => (await server.log()).slice(before).map(({ name }) => name), {
      timeout: 10_000,
    })
    .toEqual(['One', 'Two'])
  expect(server.errors).toEqual([])
})
