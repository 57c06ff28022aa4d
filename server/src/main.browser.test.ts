import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type AddressInfo, createServer } from 'node:net'
import { join } from 'node:path'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { deviceKey } from './customers/device-key.ts'
import { type Arm, armOf } from './experiments/arm.ts'
import { newTestFolder } from './testing/folder.driver.ts'

// The demo as its user meets it: the real server, the real pages, a small year of history.
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
/** A browser without a screen is a bot to us, so the shopper's says what a person's says. */
const person =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36'
const pages = [
  '/',
  '/journey',
  '/setup',
  '/events',
  '/customers',
  '/segments',
  '/segments/new',
  '/campaigns',
  '/playbooks',
  '/campaigns/1',
  '/campaigns/1/report',
  '/messages',
  '/inbox',
  '/first-purchase',
  '/settings',
  '/settings/keys',
]

let folder: string
let url: string
let child: ChildProcess
let browser: Browser

beforeAll(async () => {
  folder = newTestFolder()
  const port = await freePort()
  url = `http://localhost:${port}`
  child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', join(import.meta.dirname, 'main.ts'), '--demo'],
    {
      env: {
        ...process.env,
        DANGGOL_DATA: folder,
        PORT: `${port}`,
        LOG_LEVEL: 'error',
        DEMO_CUSTOMERS: '60',
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  )
  await new Promise<void>((filled, failed) => {
    child.once('exit', (code) => failed(new Error(`the demo ended with ${code}`)))
    child.stdout?.on('data', (chunk: Buffer) => {
      if (chunk.toString().includes('cart reminder started')) filled()
    })
  })
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  })
})

afterAll(async () => {
  await browser?.close()
  const ended = new Promise((done) => child.once('exit', done))
  child.kill('SIGTERM')
  await ended
  rmSync(folder, { recursive: true, force: true })
})

/** Two ports in a row: Danggol's and, above it, the demo shop's. */
async function freePort(): Promise<number> {
  for (;;) {
    const probe = createServer()
    await new Promise<void>((listening) => probe.listen(0, '127.0.0.1', listening))
    const { port } = probe.address() as AddressInfo
    await new Promise((closed) => probe.close(closed))
    const above = createServer()
    const isFree = await new Promise<boolean>((told) => {
      above.once('error', () => told(false))
      above.listen(port + 1, '127.0.0.1', () => above.close(() => told(true)))
    })
    if (isFree) return port
  }
}

/** A page that stands as a person finds it, nothing of it on its way any more. */
async function stand(page: Page, path: string): Promise<void> {
  await page.goto(url + path)
  await page.locator('h1').first().waitFor()
  // Skeletons are marked busy; what is looked at is what comes after them.
  await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' })
}

async function open(context: BrowserContext, path: string): Promise<Page> {
  const page = await context.newPage()
  await stand(page, path)
  return page
}

/** How far the page is wider than its window once it was laid out anew for it, in pixels. */
async function overflow(page: Page): Promise<number> {
  const look = () =>
    page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth')
  let over = await look()
  for (let again = 0; over > 0 && again < 20; again++) {
    await page.evaluate('new Promise((painted) => requestAnimationFrame(painted))')
    over = await look()
  }
  return over
}

/** What is serious for people who use a keyboard or a screen reader. */
async function serious(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe)
  return await page.evaluate(async () => {
    const { axe: run } = globalThis as unknown as {
      axe: {
        run: (options: object) => Promise<{
          violations: { id: string; impact: string; nodes: { html: string }[] }[]
        }>
      }
    }
    const { violations } = await run.run({ resultTypes: ['violations'], preload: false })
    return violations
      .filter((one) => one.impact === 'serious' || one.impact === 'critical')
      .map((one) => `${one.id}: ${one.nodes[0]?.html.slice(0, 120)}`)
  })
}

const sizes = [
  [390, 844],
  [768, 1024],
  [1440, 900],
] as const

// What axe looks at does not depend on the language.
test.each([
  ['ko-KR', true],
  ['en-US', false],
])(
  'every page of the dashboard stands in %s on a phone, a tablet and a desk, without an error, a sideways scroll or a hindrance',
  async (locale, axed) => {
    const context = await browser.newContext({ locale, reducedMotion: 'reduce', bypassCSP: true })
    const page = await context.newPage()
    const wrong: string[] = []
    page.on('pageerror', (error) => wrong.push(`${page.url()}: ${error}`))
    for (const path of pages) {
      await stand(page, path)
      for (const [width, height] of sizes) {
        await page.setViewportSize({ width, height })
        const over = await overflow(page)
        if (over > 0) wrong.push(`${path} is ${over} px too wide at ${width}`)
      }
      if (axed) wrong.push(...(await serious(page)).map((one) => `${path} ${one}`))
    }
    await context.close()
    expect(wrong).toEqual([])
  },
  300_000,
)

test('who joins sees three first products in the order drawn for them until they ask for silence; who is held out sees nothing and counts', async () => {
  const office = await browser.newContext({ locale: 'ko-KR' })
  const owner = await open(office, '/')
  const store = await demoShop(owner)
  const campaign = await slideCampaign(owner)
  /** A device that plays the arm, so that nothing here waits for luck. */
  const deviceOf = (arm: Arm) => {
    const ids = Array.from({ length: 100 }, (_, nth) => `${nth}`.padStart(32, 'a'))
    const experiment = `campaign:${campaign}`
    const armFor = (id: string) =>
      armOf({ experiment, assignmentKey: deviceKey(id), holdoutShare: 0.2 })
    return ids.find((id) => armFor(id) === arm) ?? ''
  }

  const seen = await joins(store, deviceOf('treatment'), 'seen@example.com')
  const slide = seen.page.getByRole('dialog', { name: '처음이라면 이 상품부터 써 보세요' })
  // Which products are first ones may still be counted when the shop has just opened.
  const cards = async () => {
    if (seen.cards.length === 0) await seen.opens('/')
    return seen.cards.length
  }
  await expect.poll(cards, { timeout: 150_000 }).toBe(3)
  await slide.waitFor()
  expect(await slide.locator('li b').allTextContents()).toEqual(
    seen.cards.map(({ title }) => title),
  )
  const viewed = async () =>
    (
      (await read(owner, '/api/events?name=Promotion%20Viewed')) as {
        items: { properties: { card?: string; position?: number; order?: string } }[]
      }
    ).items.map(({ properties: { card, position, order } }) => ({ card, position, order }))
  const first = { card: seen.cards[0]?.key, position: 1, order: 'random_person' }
  await expect.poll(viewed, { timeout: 30_000 }).toContainEqual(first)
  await slide.getByRole('button', { name: '오늘 하루 보지 않기' }).click()
  await slide.waitFor({ state: 'detached' })
  await seen.opens('/products/mug')
  expect(await slide.count()).toBe(0)
  expect(seen.cards).toHaveLength(3)
  await seen.close()

  const held = await joins(store, deviceOf('holdout'), 'held@example.com')
  await held.opens('/')
  const report = async () => {
    const { eligible, heldOut } = (await read(owner, `/api/campaigns/${campaign}/report`)) as {
      eligible: number
      heldOut: number
    }
    return { eligible, heldOut }
  }
  await expect.poll(report, { timeout: 30_000 }).toEqual({ eligible: 2, heldOut: 1 })
  expect(held.cards).toEqual([])
  await held.close()
  // The tests behind it press what the slide might cover.
  const headers = { 'x-danggol-csrf': '1' }
  await owner.request.post(`${url}/api/campaigns/${campaign}/pause`, { headers })
  await office.close()
}, 240_000)

test('a shopper who browsed, joined and left the cart is one customer with one reminder', async () => {
  const context = await browser.newContext({ locale: 'ko-KR', userAgent: person })
  const page = await open(context, '/')
  await remindAtOnce(page)
  const { shop } = (await read(page, '/api/session')) as { shop: { demoShopUrl: string } }

  const store = await context.newPage()
  await store.goto(`${shop.demoShopUrl}/search?q=차`)
  await store.goto(`${shop.demoShopUrl}/products/mug`)
  await store.getByRole('button', { name: '장바구니에 담기' }).first().click()
  await store.getByText('장바구니에 담았어요').waitFor()
  await store.goto(`${shop.demoShopUrl}/join`)
  await store.getByRole('textbox', { name: '이름' }).fill('남궁가온')
  await store.getByLabel('이메일', { exact: true }).fill('gaon@example.com')
  await store.getByLabel('비밀번호').fill('secret1')
  await store.getByLabel('이용약관').check()
  await store.getByLabel('이메일로 광고를 받을게요').check()
  await store.getByRole('button', { name: '가입하기' }).first().click()
  await store.getByText('가입해 주셔서 고맙습니다').waitFor()
  await store.goto(`${shop.demoShopUrl}/products/teapot`)
  await store.getByRole('button', { name: '장바구니에 담기' }).first().click()
  await store.getByText('장바구니에 담았어요').waitFor()
  await store.close()

  const found = async () =>
    ((await read(page, '/api/customers?search=gaon@example.com')) as { items: { id: number }[] })
      .items
  await expect.poll(async () => (await found()).length, { timeout: 30_000 }).toBe(1)
  const id = (await found())[0]?.id
  const mails = async () =>
    (
      (await read(page, '/api/messages?limit=200')) as {
        items: { customer: number; state: string }[]
      }
    ).items.filter((one) => one.customer === id)
  await expect
    .poll(async () => (await mails()).map((one) => one.state), { timeout: 60_000 })
    .toEqual(['sent'])
  await page.goto(`${url}/customers/${id}`)
  await page.getByText('남궁가온').first().waitFor()
  // What they searched for before they joined.
  await page
    .getByText(/검색했어요/)
    .first()
    .waitFor()
  await context.close()
}, 180_000)

async function demoShop(owner: Page): Promise<string> {
  const { shop } = (await read(owner, '/api/session')) as { shop: { demoShopUrl: string } }
  return shop.demoShopUrl
}

/** The campaign of the slide, once the demo has switched it on. */
async function slideCampaign(owner: Page): Promise<number> {
  const live = async () => {
    const { items } = (await read(owner, '/api/campaigns')) as {
      items: { id: number; playbook: string; state: string }[]
    }
    const is = (one: (typeof items)[number]) => one.playbook === 'first_product_recommendation'
    return items.find((one) => is(one) && one.state === 'live')?.id
  }
  await expect.poll(live, { timeout: 60_000 }).toBeGreaterThan(0)
  return (await live()) ?? 0
}

/** Somebody joins with this device; `cards`: what stood on their pages so far, as the server answered it. */
async function joins(store: string, device: string, email: string) {
  const context = await browser.newContext({ locale: 'ko-KR', userAgent: person })
  await context.addCookies([{ name: 'dg_id', value: device, url: store }])
  const page = await context.newPage()
  const cards: { readonly key: string; readonly title: string }[] = []
  const isAnswer = (answer: { url: () => string }) => answer.url().endsWith('/v1/onsite')
  /** What the next page is answered, once it was asked for by the act. */
  const answered = async (act: () => Promise<unknown>) => {
    const [answer] = await Promise.all([page.waitForResponse(isAnswer), act()])
    const { show } = (await answer.json()) as {
      show: { view: { parts: { cards?: (typeof cards)[number][] }[] } }[]
    }
    for (const { view } of show) for (const part of view.parts) cards.push(...(part.cards ?? []))
  }
  const opens = (path: string) => answered(() => page.goto(store + path))
  await opens('/join')
  await page.getByRole('textbox', { name: '이름' }).fill('남궁가온')
  await page.getByLabel('이메일', { exact: true }).fill(email)
  await page.getByLabel('비밀번호').fill('secret1')
  await page.getByLabel('이용약관').check()
  await answered(() => page.getByRole('button', { name: '가입하기' }).first().click())
  await page.getByText('가입해 주셔서 고맙습니다').waitFor()
  return { page, cards, opens, close: () => context.close() }
}

async function read(page: Page, path: string): Promise<unknown> {
  return (await page.request.get(url + path)).json()
}

/** The demo's wait of a minute is taken out and nobody is held out, so that nothing here waits for the clock or for luck. */
async function remindAtOnce(page: Page): Promise<void> {
  const headers = { 'x-danggol-csrf': '1' }
  const { draft } = (await read(page, '/api/campaigns/1')) as {
    draft: { steps: { kind: string }[] }
  }
  const steps = draft.steps.map((step) =>
    step.kind === 'wait' ? { ...step, minutes: 0.05 } : step,
  )
  const data = { draft: { ...draft, steps, holdoutShare: 0 } }
  expect((await page.request.patch(`${url}/api/campaigns/1`, { headers, data })).status()).toBe(200)
  expect((await page.request.post(`${url}/api/campaigns/1/publish`, { headers })).status()).toBe(
    200,
  )
}
