import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { build } from 'esbuild'
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'

// A shop with its worker file, Danggol's three scripts and `/v1/push`, on one address. Chromium's own push service is on
// the internet, so what stands in for it is the browser's last step: the subscription it would have been given.
const scripts = new Map<string, string>()
const said: { readonly act: string; readonly wording?: string; readonly anonymousId: string }[] = []
let browser: Browser
let context: BrowserContext
let server: Server
let origin = ''

const page = `<!doctype html><html lang="ko"><meta charset="utf-8"><title>상점</title>
<script>window.danggol = window.danggol || []; danggol.askPush = function (o) { danggol.push(['askPush', o]) }</script>
<script async src="/sdk.js" data-key="browser-key"></script><h1>상점</h1>`

beforeAll(async () => {
  for (const [name, format] of [
    ['index', 'iife'],
    ['push', 'esm'],
    ['worker', 'iife'],
  ] as const) {
    const built = await build({
      entryPoints: [new URL(`./${name}.ts`, import.meta.url).pathname],
      bundle: true,
      write: false,
      format,
      target: 'es2020',
    })
    scripts.set(name === 'index' ? '/sdk.js' : `/${name}.js`, built.outputFiles[0]?.text ?? '')
  }
  server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://x')
    const script =
      pathname === '/danggol-worker.js' ? `importScripts('/worker.js')` : scripts.get(pathname)
    if (script) return response.setHeader('content-type', 'text/javascript').end(script)
    if (pathname !== '/v1/push')
      return response.setHeader('content-type', 'text/html').end(pathname === '/' ? page : '')
    let body = ''
    request.on('data', (part: Buffer) => {
      body += part.toString()
    })
    request.on('end', () => {
      if (body !== '') said.push(JSON.parse(body))
      response.setHeader('content-type', 'application/json').end('{"publicKey":"BAAA"}')
    })
  })
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  })
}, 60_000)

afterAll(async () => {
  await browser?.close()
  server?.close()
})

/** A visitor whose browser has not been asked yet and says yes when it is. */
async function visitor(): Promise<Page> {
  context = await browser.newContext()
  await context.addInitScript(() => {
    let permission = 'default'
    Object.defineProperty(Notification, 'permission', { get: () => permission })
    Notification.requestPermission = async () => {
      permission = 'granted'
      return 'granted'
    }
    PushManager.prototype.subscribe = async () =>
      ({
        toJSON: () => ({
          endpoint: 'https://push.example/one',
          keys: { p256dh: 'B'.repeat(87), auth: 'A'.repeat(22) },
        }),
      }) as unknown as PushSubscription
  })
  const opened = await context.newPage()
  await opened.goto(origin)
  return opened
}

const ask = (opened: Page) =>
  opened.evaluate(() =>
    (window as unknown as { danggol: { askPush: () => void } }).danggol.askPush(),
  )

test('a visitor who agrees is subscribed with the wording they saw', async () => {
  const opened = await visitor()
  await ask(opened)
  const card = opened.getByRole('dialog', { name: '새 소식을 알림으로 받아 보시겠어요?' })
  await card.getByRole('button', { name: '알림 받기' }).click()
  await expect
    .poll(() => said[said.length - 1])
    .toMatchObject({ act: 'subscribe', wording: 'push-1' })
  expect(said[said.length - 1]?.anonymousId).toMatch(/^[0-9a-f]{32}$/)
  expect(await card.count()).toBe(0)
})

test('yes and no weigh the same, and a no rests for seven days', async () => {
  const opened = await visitor()
  await ask(opened)
  const [no, yes] = await Promise.all(
    ['받지 않기', '알림 받기'].map((name) =>
      opened.getByRole('button', { name, exact: true }).boundingBox(),
    ),
  )
  expect(no?.width).toBeCloseTo(yes?.width ?? 0, 0)
  expect(no?.height).toBeCloseTo(yes?.height ?? 0, 0)
  await opened.keyboard.press('Escape')
  const before = said.length
  await ask(opened)
  await opened.waitForLoadState('networkidle')
  expect(await opened.getByRole('dialog').count()).toBe(0)
  expect(said.length).toBe(before)
  const until = await opened.evaluate(() => Number(localStorage.getItem('dg.ask.push')))
  const days = (until - (await opened.evaluate(() => Date.now()))) / 86_400_000
  expect(days).toBeGreaterThan(6.9)
  expect(days).toBeLessThan(7.1)
})

test('the worker shows what was sent', async () => {
  const opened = await visitor()
  await context.grantPermissions(['notifications'], { origin })
  const devtools = await context.newCDPSession(opened)
  const registered = new Promise<string>((resolve) => {
    devtools.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const [first] = registrations
      if (first) resolve(first.registrationId)
    })
  })
  await devtools.send('ServiceWorker.enable')
  await opened.evaluate(async () => {
    await navigator.serviceWorker.register('/danggol-worker.js')
    const { active } = await navigator.serviceWorker.ready
    // It is ready while it still becomes active; what is pushed to it before that is lost.
    if (active && active.state !== 'activated')
      await new Promise<void>((activated) => {
        active.addEventListener('statechange', () => {
          if (active.state === 'activated') activated()
        })
      })
  })
  await devtools.send('ServiceWorker.deliverPushMessage', {
    origin,
    registrationId: await registered,
    data: JSON.stringify({
      title: '(광고)온샵 새 소식',
      text: '봄옷이 왔어요\n수신거부: 설정 > 알림',
      url: `${origin}/spring`,
      icon: null,
      image: null,
      tag: '1.5.1',
    }),
  })
  const shown = () =>
    opened.evaluate(async () => {
      const worker = await navigator.serviceWorker.ready
      const notes = await worker.getNotifications()
      return notes.map(({ title, body, data }) => ({ title, body, data }))
    })
  await expect.poll(shown).toEqual([
    {
      title: '(광고)온샵 새 소식',
      body: '봄옷이 왔어요\n수신거부: 설정 > 알림',
      data: `${origin}/spring`,
    },
  ])
})
