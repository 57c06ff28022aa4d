/// <reference types="node" />
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

// A newcomer builds the five journey segments from an empty page, in Chromium against the whole server.
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const main = join(import.meta.dirname, '../../../server/src/main.ts')
const pictures = process.env.DANGGOL_SCREENSHOTS ?? join(tmpdir(), 'danggol-segment-pictures')

let dataFolder: string
let origin: string
let server: ChildProcess
let output = ''
let browser: Browser
let page: Page
const broken: string[] = []

beforeAll(async () => {
  mkdirSync(pictures, { recursive: true })
  dataFolder = mkdtempSync(join(tmpdir(), 'danggol-builder-'))
  const port = await freePort()
  origin = `http://localhost:${port}`
  server = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', main], {
    env: { ...process.env, DANGGOL_DATA: dataFolder, PORT: `${port}`, LOG_LEVEL: 'error' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  for (const stream of [server.stdout, server.stderr])
    stream?.on('data', (chunk: Buffer) => {
      output += chunk.toString()
    })
  while (!/welcome#\S+\s/.test(output)) {
    if (server.exitCode !== null) throw new Error(`the server did not start:\n${output}`)
    await wait(50)
  }
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  })
  const context = await browser.newContext({
    viewport: { width: 1440, height: 900 },
    locale: 'ko-KR',
    reducedMotion: 'reduce',
    bypassCSP: true,
  })
  page = await context.newPage()
  page.setDefaultTimeout(20_000)
  page.on('pageerror', (error) => broken.push(error.message))
  await enter()
}, 120_000)

afterAll(async () => {
  await browser?.close()
  const ended = new Promise((done) => server.once('exit', done))
  server.kill('SIGTERM')
  await ended
  rmSync(dataFolder, { recursive: true, force: true })
})

async function freePort(): Promise<number> {
  const probe = createServer()
  await new Promise<void>((listening) => probe.listen(0, '127.0.0.1', listening))
  const { port } = probe.address() as AddressInfo
  await new Promise((closed) => probe.close(closed))
  return port
}

/** The owner enters, and two visitors leave their traces. */
async function enter(): Promise<void> {
  await page.goto(/http\S+welcome#\S+/.exec(output)?.[0] ?? '')
  await page.getByLabel('이름').fill('정다은')
  await page.getByLabel('이메일').fill('owner@shop.example')
  await page.locator('input[type=password]').fill('correct horse battery')
  await button('상점에 들어가기').click()
  const snippet = await page.locator('pre').textContent()
  const key = /data-key="([^"]+)"/.exec(snippet ?? '')?.[1] ?? ''
  const soap = { product_id: 'soap', name: '쌀겨 비누', price: 9000, quantity: 2 }
  const happened = [
    ['visitor-1', 'Page Viewed', {}],
    ['visitor-1', 'Page Viewed', {}],
    ['visitor-1', 'Products Searched', { query: '비누' }],
    ['visitor-1', 'Product Viewed', soap],
    ['visitor-1', 'Product Viewed', soap],
    ['visitor-1', 'Product Added', soap],
    ['visitor-2', 'Product Viewed', soap],
    ['visitor-2', 'Checkout Started', { value: 18_000 }],
    ['visitor-2', 'Order Completed', { order_id: 'o1', value: 18_000, products: [soap] }],
  ] as const
  const sent = await fetch(`${origin}/v1/batch`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Basic ${btoa(`${key}:`)}` },
    body: JSON.stringify({
      batch: happened.map(([anonymousId, event, properties], index) => ({
        type: 'track',
        messageId: `happened-${index}`,
        anonymousId,
        event,
        properties,
      })),
    }),
  })
  expect(sent.ok).toBe(true)
  // The builder asks for what arrived once a minute: history must hold it before the first page opens.
  const arrived = async () => {
    const answer = await page.request.get(`${origin}/api/segments/vocabulary`)
    const { events } = (await answer.json()) as { events: { name: string }[] }
    return events.some(({ name }) => name === 'Order Completed')
  }
  while (!(await arrived())) await wait(200)
}

const button = (name: string) => page.getByRole('button', { name, exact: true })
const picture = (name: string) =>
  page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true })

/** One hand: how a person reaches a blank and picks in it. */
type Hand = {
  /** Opens the picker of conditions: it is open already on the empty page. */
  readonly condition: (words: string, first?: boolean) => Promise<void>
  /** Picks in the blank of a row that is called so. */
  readonly blank: (row: number, label: string, words: string) => Promise<void>
  readonly number: (row: number, label: string, value: string) => Promise<void>
  readonly name: (name: string) => Promise<void>
  readonly save: () => Promise<void>
}

const row = (at: number) => page.locator(`[data-row="of.${at}"]`)
const option = (words: string) => page.getByRole('option').filter({ hasText: words }).first()

const mouse: Hand = {
  condition: async (words, first = false) => {
    if (!first) await button('조건 더하기').click()
    await page.getByRole('combobox', { name: '조건 고르기' }).fill(words)
    await page.getByRole('option').first().click()
  },
  blank: async (at, label, words) => {
    await row(at)
      .getByRole('button', { name: new RegExp(`^${label}:`) })
      .first()
      .click()
    const search = page.getByRole('combobox', { name: label })
    if (await search.isVisible()) await search.fill(words)
    await option(words).click()
  },
  number: async (at, label, value) => {
    await row(at).getByLabel(label, { exact: true }).first().fill(value)
  },
  name: (name) => page.getByLabel('이름').fill(name),
  save: () => button('세그먼트 저장하기').click(),
}

/** Presses Tab until what stands in focus is called so; a trap or a lost focus ends in an error. */
async function tabTo(label: RegExp, backwards = false): Promise<void> {
  for (let press = 0; press < 90; press++) {
    const here = await page.evaluate(() => {
      const focus = document.activeElement
      return focus?.getAttribute('aria-label') ?? focus?.textContent ?? ''
    })
    if (label.test(here)) return
    await page.keyboard.press(backwards ? 'Shift+Tab' : 'Tab')
  }
  throw new Error(`the keyboard does not reach ${label}`)
}

const keyboard: Hand = {
  condition: async (words, first = false) => {
    if (!first) {
      await tabTo(/^조건 더하기$/)
      await page.keyboard.press('Enter')
    }
    await page.getByRole('combobox', { name: '조건 고르기' }).waitFor()
    await page.keyboard.type(words)
    await page.keyboard.press('Enter')
  },
  // After a condition came, the focus stands on its first blank: the row needs no search.
  blank: async (_, label, words) => {
    await tabTo(new RegExp(`^${label}:`))
    await page.keyboard.press('Enter')
    await page.getByRole('listbox').waitFor()
    if (await page.getByRole('combobox', { name: label }).isVisible())
      await page.keyboard.type(words)
    else await arrowTo(words)
    await page.keyboard.press('Enter')
  },
  number: async (_, label, value) => {
    await tabTo(new RegExp(`^${label}$`))
    await page.keyboard.type(value)
  },
  name: async (name) => {
    await tabTo(/^$/, true)
    await page.keyboard.type(name)
  },
  save: async () => {
    await tabTo(/^세그먼트 저장하기$/, true)
    await page.keyboard.press('Enter')
  },
}

async function arrowTo(words: string): Promise<void> {
  const labels = await page.getByRole('option').allTextContents()
  const chosen = await page.getByRole('option', { selected: true }).first().textContent()
  const from = Math.max(0, labels.indexOf(chosen ?? ''))
  const to = labels.findIndex((label) => label.includes(words))
  for (let step = from; step < to; step++) await page.keyboard.press('ArrowDown')
  for (let step = to; step < from; step++) await page.keyboard.press('ArrowUp')
}

type Journey = {
  readonly name: string
  readonly build: (hand: Hand) => Promise<void>
  readonly reads: readonly string[]
  readonly people: string
}

const journeys: readonly Journey[] = [
  {
    name: '방문 후 가입 미완료',
    build: async (hand) => {
      await hand.condition('비회원', true)
      await hand.condition('페이지 조회를 한')
      await hand.number(1, '몇 번', '2')
      await hand.condition('회원가입을 안 한')
      await hand.blank(2, '언제', '365일')
    },
    reads: ['비회원', '페이지', '2번 이상', '최근 365일 동안'],
    people: '1명',
  },
  {
    name: '특정 상품 검색',
    build: async (hand) => {
      await hand.condition('상품 검색을 한', true)
      await hand.blank(0, '언제', '최근 1일')
      await hand.condition('주문을 안 한')
      await hand.blank(1, '언제', '7일')
    },
    reads: ['최근 1일 동안', '상품 검색', '최근 7일 동안', '하지 않은 고객'],
    people: '1명',
  },
  {
    name: '상세페이지 확인 후 미구매',
    build: async (hand) => {
      await hand.condition('상품 조회를 한', true)
      await hand.blank(0, '언제', '7일')
      await hand.number(0, '몇 번', '2')
      await hand.condition('주문을 안 한')
      await hand.blank(1, '언제', '1일')
    },
    reads: ['최근 7일 동안', '2번 이상', '하지 않은 고객'],
    people: '1명',
  },
  {
    name: '장바구니 담은 후 미구매',
    build: async (hand) => {
      await hand.condition('장바구니에 담아둔', true)
      await hand.condition('주문을 안 한')
      await hand.blank(1, '언제', '3일')
    },
    reads: ['담긴 상품 수', '1 이상', '최근 3일 동안'],
    people: '1명',
  },
  {
    name: '결제 과정 이탈',
    build: async (hand) => {
      await hand.condition('결제 시작을 한', true)
      await hand.blank(0, '언제', '최근 1일')
      await hand.condition('주문을 안 한')
      await hand.blank(1, '언제', '1일')
    },
    reads: ['결제 시작', '최근 1일 동안', '하지 않은 고객'],
    people: '0명',
  },
  {
    name: '재구매 유도 필요',
    build: async (hand) => {
      await hand.condition('한 번이라도 산', true)
      await hand.condition('산 지 오래된')
      await hand.number(1, '며칠', '30')
    },
    reads: ['주문 수', '마지막 주문', '30일', '오래'],
    people: '0명',
  },
]

const minute = 60_000

describe.each([
  ['by mouse', mouse],
  ['by keyboard alone', keyboard],
] as const)('a newcomer builds %s', (how, hand) => {
  test.each(journeys)('$name, in under a minute', async ({ name, build, reads, people }) => {
    await page.goto(`${origin}/segments/new`)
    await page.getByRole('combobox', { name: '조건 고르기' }).waitFor()
    const began = performance.now()
    await build(hand)
    for (const words of reads) await page.getByText(words, { exact: false }).first().waitFor()
    await page.getByText(people, { exact: true }).first().waitFor()
    await picture(`${how} ${name}`)
    await hand.name(name)
    await hand.save()
    await page.waitForURL(/\/segments\/\d+$/)
    expect(performance.now() - began).toBeLessThan(minute)
    await page.getByRole('heading', { name }).waitFor()
  })
})
