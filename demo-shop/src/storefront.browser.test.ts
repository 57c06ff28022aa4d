import { readFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { build } from 'esbuild'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startDemoShop } from './start.service.ts'

type Told = {
  readonly type: string
  readonly event?: string
  readonly userId?: string
  readonly anonymousId?: string
}

/** Danggol's doors as far as the shop knocks: the script, the events, and an API that has nothing yet. */
async function recorder(script: string) {
  const told: Told[] = []
  const server = createServer((request, response) => {
    response.setHeader('access-control-allow-origin', '*')
    if (request.url === '/sdk.js')
      return response.setHeader('content-type', 'text/javascript').end(script)
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      // What the page asks for messages is no event.
      if (request.url?.startsWith('/v1/') && request.url !== '/v1/onsite') {
        told.push(...(JSON.parse(Buffer.concat(parts).toString()) as { batch: Told[] }).batch)
      }
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}')
    })
  })
  await new Promise<void>((open) => server.listen(0, '127.0.0.1', open))
  return { told, server, url: `http://localhost:${(server.address() as AddressInfo).port}` }
}

let browser: Browser
let danggol: { readonly told: readonly Told[]; readonly server: Server; readonly url: string }
let shop: Awaited<ReturnType<typeof startDemoShop>>

beforeAll(async () => {
  const entry = fileURLToPath(new URL('../../sdk/src/index.ts', import.meta.url))
  const built = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
  })
  danggol = await recorder(built.outputFiles[0]?.text ?? '')
  shop = await startDemoShop({
    danggolUrl: danggol.url,
    browserKey: 'b',
    writeKey: 'w',
    adminKey: 'a',
    port: 0,
    customers: 0,
    live: false,
    log: () => {},
  })
  await shop.filled
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  })
}, 60_000)

afterAll(async () => {
  await browser?.close()
  await shop?.stop()
  danggol?.server.close()
})

const events = () => danggol.told.map((message) => message.event ?? message.type)

/** The element that answers the name a reader of the screen would use. */
async function press(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name }).first().click()
}

test('a shopper looks, joins, fills the cart and orders, and every step is heard', async () => {
  const page = await browser.newPage()
  await page.goto(`${shop.url}/products/mug`)
  await press(page, '장바구니에 담기')
  await page.getByText('장바구니에 담았어요').waitFor()
  await page.goto(`${shop.url}/join`)
  await page.getByRole('textbox', { name: '이름' }).fill('김하늘')
  await page.getByLabel('이메일', { exact: true }).fill('haneul@example.com')
  await page.getByLabel('비밀번호').fill('secret1')
  await page.getByLabel('이용약관').check()
  await page.getByLabel('이메일로 광고를 받을게요').check()
  await press(page, '가입하기')
  await page.getByText('가입해 주셔서 고맙습니다').waitFor()
  await page.goto(`${shop.url}/cart`)
  await page.getByRole('link', { name: '주문하기' }).click()
  await press(page, '결제하기')
  await page.getByText('주문해 주셔서 고맙습니다').waitFor()
  await expect
    .poll(events, { timeout: 10_000 })
    .toEqual(
      expect.arrayContaining([
        'view_item',
        'Product Added',
        'Signed Up',
        'Consent Changed',
        'Cart Viewed',
        'Checkout Started',
        'Payment Info Entered',
        'Order Completed',
      ]),
    )
  const of = (event: string) => danggol.told.find((message) => message.event === event)
  expect(of('Order Completed')?.userId).toBe(of('Signed Up')?.userId)
  expect(of('Signed Up')?.anonymousId).toBe(of('Product Added')?.anonymousId)
  await page.close()
})

test('nothing in the way of someone who cannot see or point', async () => {
  const axe = await readFile(fileURLToPath(import.meta.resolve('axe-core/axe.min.js')), 'utf8')
  const page = await browser.newPage()
  for (const path of [
    '/',
    '/category/scent',
    '/search?q=차',
    '/products/teapot',
    '/cart',
    '/join',
    '/login',
    '/phone',
  ]) {
    await page.goto(`${shop.url}${path}`)
    await page.evaluate(axe)
    const found = await page.evaluate(async () => {
      const world = globalThis as unknown as {
        axe: {
          run: () => Promise<{
            violations: { id: string; impact: string; nodes: { html: string }[] }[]
          }>
        }
      }
      const { violations } = await world.axe.run()
      return violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)
    })
    expect(found, path).toEqual([])
  }
  await page.close()
})

test('at 1440, 768 and 390 px nothing hangs over the edge', async () => {
  for (const width of [1440, 768, 390]) {
    const page = await browser.newPage({ viewport: { width, height: 844 } })
    for (const path of ['/', '/products/rice-bowls', '/cart', '/join', '/phone']) {
      await page.goto(`${shop.url}${path}`)
      const over = await page.evaluate('document.documentElement.scrollWidth - innerWidth')
      expect(over, `${path} at ${width}`).toBe(0)
    }
    await page.close()
  }
})
