/// <reference types="node" />
import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { type Browser, chromium, type Page } from 'playwright-core'
import { openServerDatabases } from '../../../server/src/testing/world.store.ts'

const main = join(import.meta.dirname, '../../../server/src/main.ts')

/** What somebody did: who, what, its properties, as which member, and when (UTC ms; now unless told). */
export type Deed = readonly [
  anonymousId: string,
  event: string,
  properties?: object,
  userId?: string | undefined,
  at?: number,
]

let opened: Promise<Browser> | undefined

/** One Chromium for all files of a worker, with which it ends; each file has a context of its own. */
const browserOfWorker = (): Promise<Browser> =>
  (opened ??= chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  }))

/**
 * A server over empty databases of the run's engines (the installed system with its own is tested whole, in
 * server/src/main.browser.test.ts) and Chromium before it, in Korean; nobody has entered yet.
 */
export async function startShop(name: string) {
  const dataFolder = mkdtempSync(join(tmpdir(), `danggol-${name}-`))
  const port = await freePort()
  const origin = `http://localhost:${port}`
  const databases = await openServerDatabases()
  const server = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main], {
    env: {
      ...process.env,
      ...databases,
      DANGGOL_DATA: dataFolder,
      PORT: `${port}`,
      LOG_LEVEL: 'error',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  // A file whose time is over while its server still starts closes nothing: none may outlive the run, or load it for the others.
  const endWithRun = () => server.kill('SIGKILL')
  process.once('exit', endWithRun)
  server.once('exit', () => process.removeListener('exit', endWithRun))
  let output = ''
  for (const stream of [server.stdout, server.stderr])
    stream?.on('data', (chunk: Buffer) => {
      output += chunk.toString()
    })
  while (!/welcome#\S+\s/.test(output)) {
    if (server.exitCode !== null) throw new Error(`the server did not start:\n${output}`)
    await wait(50)
  }
  const browser = await browserOfWorker()
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: 'ko-KR',
    reducedMotion: 'reduce',
    bypassCSP: true,
  })
  const page = await context.newPage()
  page.setDefaultTimeout(20_000)
  const broken: string[] = []
  page.on('pageerror', (error) => broken.push(error.message))
  return {
    origin,
    page,
    /** Its database, for what only time could have brought about. */
    databaseUrl: databases.DATABASE_URL,
    /** The one-time link by which the first owner enters. */
    link: /http\S+welcome#\S+/.exec(output)?.[0] ?? '',
    /** What the pages threw. */
    broken,
    close: async (): Promise<void> => {
      await context.close()
      const ended = new Promise((done) => server.once('exit', done))
      server.kill('SIGTERM')
      await ended
      rmSync(dataFolder, { recursive: true, force: true })
    },
  }
}

/** The same, its owner signed in. */
export async function openShop(name: string) {
  const shop = await startShop(name)
  const { origin, page } = shop
  const key = await signIn(page, shop.link)
  let told = 0
  const toldOf = new Map<string, number>()
  return {
    ...shop,
    /** Tells the shop what people did, and waits until history can be asked for it. */
    tell: async (deeds: readonly Deed[]): Promise<void> => {
      const batch = deeds.map(([anonymousId, event, properties = {}, userId, at]) => ({
        ...(userId === undefined ? {} : { userId }),
        ...(at === undefined ? {} : { timestamp: new Date(at).toISOString() }),
        type: 'track',
        messageId: `told-${++told}`,
        anonymousId,
        event,
        properties,
      }))
      const sent = await fetch(`${origin}/v1/batch`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Basic ${btoa(`${key}:`)}` },
        body: JSON.stringify({ batch }),
      })
      if (!sent.ok) throw new Error(`the events were refused: ${await sent.text()}`)
      for (const { event } of batch) toldOf.set(event, (toldOf.get(event) ?? 0) + 1)
      const last = batch.at(-1)?.event ?? ''
      // The last of them stands behind the others, but one of its name may be anywhere before it.
      const arrived = async () => {
        const asked = `${origin}/api/events/count?event=${encodeURIComponent(last)}`
        const { count } = (await (await page.request.get(asked)).json()) as { count: number }
        return count >= (toldOf.get(last) ?? 0)
      }
      while (!(await arrived())) await wait(100)
    },
  }
}

/** A reminder of the cart by mail, an hour after; answers the campaign's id. */
export async function cartMailCampaign({
  page,
  origin,
}: {
  readonly page: Page
  readonly origin: string
}): Promise<number> {
  const headers = { 'x-danggol-csrf': '1' }
  const made = await page.request.post(`${origin}/api/campaigns`, { headers, data: {} })
  const { id, draft } = (await made.json()) as { readonly id: number; readonly draft: object }
  const subject = '{{ customer.name | nim }}, 담아두신 {{ cart.items[0].name }}'
  const blocks = [
    { kind: 'heading', text: '{{ customer.name | nim }}, 담아두신 상품이 기다리고 있어요' },
    { kind: 'text', text: '이어서 주문하시겠어요?' },
    { kind: 'products', list: 'cart.items', limit: 5 },
    { kind: 'button', label: '장바구니로 가기', url: '{{ cart.url }}' },
  ]
  const content = { channel: 'email', subject, preheader: '', body: { kind: 'blocks', blocks } }
  const steps = [
    { kind: 'wait', id: 1, minutes: 60 },
    { kind: 'message', id: 2, content },
  ]
  const data = { draft: { ...draft, steps } }
  await page.request.patch(`${origin}/api/campaigns/${id}`, { headers, data })
  return id
}

/** What axe finds serious on the page as it stands, each with the first element it found it on. */
export async function hindrances(page: Page): Promise<readonly string[]> {
  // What was just changed is painted first: colours on their way are nobody's colours.
  await page.evaluate(
    () => new Promise((painted) => requestAnimationFrame(() => requestAnimationFrame(painted))),
  )
  await page.evaluate(
    readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'),
  )
  return await page.evaluate(async () => {
    type Violation = {
      readonly impact: string
      readonly id: string
      readonly nodes: readonly { readonly html: string }[]
    }
    const { axe } = window as unknown as {
      axe: { run: (options: object) => Promise<{ violations: readonly Violation[] }> }
    }
    const { violations } = await axe.run({
      iframes: false,
      // Only what is wrong is worked out in full, and the page's own style sheets are all it has.
      resultTypes: ['violations'],
      preload: false,
    })
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 120)}`)
  })
}

/** How far the page hangs over its edge once it has been laid out anew for its size, CSS pixels. */
export async function tooWide(page: Page): Promise<number> {
  const look = () =>
    page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)
  let over = await look()
  for (let again = 0; over > 0 && again < 20; again++) {
    await page.evaluate(() => new Promise((painted) => requestAnimationFrame(painted)))
    over = await look()
  }
  return Math.max(0, over)
}

/** Enters by the one-time link; gives the key of the snippet. */
async function signIn(page: Page, link: string): Promise<string> {
  await page.goto(link)
  await page.getByLabel('이름').fill('정다은')
  await page.getByLabel('이메일').fill('owner@shop.example')
  await page.locator('input[type=password]').fill('correct horse battery')
  await page.getByRole('button', { name: '상점에 들어가기' }).click()
  const snippet = await page.locator('pre').textContent()
  return /data-key="([^"]+)"/.exec(snippet ?? '')?.[1] ?? ''
}

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((listening) => probe.listen(0, '127.0.0.1', listening))
  const { port } = probe.address() as AddressInfo
  await new Promise((closed) => probe.close(closed))
  return port
}
