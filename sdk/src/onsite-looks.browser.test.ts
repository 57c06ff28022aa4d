import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import {
  type Browser,
  type BrowserContext,
  chromium,
  type Locator,
  type Page,
} from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { OnsiteForm, OnsiteView, PartView } from '../../server/src/messages/onsite/view.ts'
import { type FakeShop, fakeShop, shown } from './fake-shop.ts'

// Every form of message on three pages: a plain one, a single-page app and one that is hostile in every way we have met.
// `SHOTS=folder` keeps the pictures.
const shots = process.env.SHOTS
const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
/** Processor time of the page's main thread for the page itself, the script and a message: scripts, styles and layout. */
const busyBudgetMs = 100
const covering: readonly OnsiteForm[] = ['modal', 'slide', 'sheet', 'full']

let shop: FakeShop
let browser: Browser
let context: BrowserContext

beforeAll(async () => {
  shop = await fakeShop()
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  })
  context = await browser.newContext()
}, 60_000)
beforeEach(() => shop.forget())
afterAll(async () => {
  await browser?.close()
  shop?.close()
})

const button = (id: string, label = '보러 가기'): PartView => ({
  kind: 'button',
  id,
  label,
  url: `${shop.origin}/spring`,
})
const product = (at: number) => ({
  key: `p${at}`,
  title: `${['수분 크림', '저자극 클렌징 오일', '아주 긴 이름의 비타민 앰플 세럼 30ml 기획 세트'][at % 3]} ${at}`,
  text: '민감한 피부에도 순해요',
  image: `${shop.host}/p${at}.svg`,
  alt: '',
  url: `${shop.origin}/p/${at}`,
  price: '23,900원',
  was: at % 2 ? '29,900원' : null,
  rating: '4.8 (1,204)',
  why: '같이 본 상품이에요',
})
const cards = (count: number): PartView => ({
  kind: 'cards',
  id: 'c1',
  label: '보러 가기',
  cards: Array.from({ length: count }, (_, at) => product(at)),
})
const say = (heading: string, text: string): readonly PartView[] => [
  { kind: 'heading', id: 'h1', text: heading },
  { kind: 'text', id: 't1', text },
]
const picture = (): PartView => ({
  kind: 'image',
  id: 'i1',
  image: `${shop.host}/spring.svg`,
  alt: '봄 기획전',
  focus: { x: 0.5, y: 0.3 },
  link: null,
})
const form: PartView = {
  kind: 'form',
  id: 'f1',
  fields: [
    { id: 'e1', kind: 'email', label: '이메일', options: [], required: true },
    { id: 'k1', kind: 'choice', label: '피부 타입', options: ['건성', '지성'], required: false },
  ],
  boxes: [{ id: 'b1', label: '이메일 광고 수신 동의 (선택)', wording: '할인 소식을 보내드려요.' }],
  label: '쿠폰 받기',
  thanks: '고마워요',
}
const coupon: PartView = {
  kind: 'coupon',
  id: 'q1',
  title: '첫 구매 5,000원 할인',
  label: '쿠폰 받기',
  url: 'https://shop.example/cart',
}

const views = (): Readonly<Record<OnsiteForm, Partial<OnsiteView>>> => ({
  modal: {
    place: 'center',
    parts: [picture(), ...say('봄 첫 구매 혜택', '오늘 가입하면 바로 쓸 수 있어요.'), coupon],
  },
  slide: {
    place: 'right',
    parts: [...say('이런 상품은 어때요?', '첫 구매가 많은 상품이에요.'), cards(5)],
  },
  sheet: {
    place: 'bottom',
    asks: 'consent',
    rests: ['7d', '30d'],
    parts: [...say('소식을 받아 보시겠어요?', '새 상품과 할인을 알려드려요.'), form],
  },
  full: {
    place: 'center',
    parts: [
      picture(),
      ...say('봄 기획전', '전 상품 20% 할인'),
      { kind: 'countdown', id: 'd1', label: '끝나기까지', at: Date.now() + 90_000_000 },
      button('u1'),
    ],
  },
  bar: {
    place: 'top',
    rests: [],
    parts: [{ kind: 'text', id: 't1', text: '3만 원 넘게 담으면 배송비가 없어요.' }, button('u1')],
  },
  toast: {
    place: 'bottom_right',
    parts: [...say('재입고됐어요', '찾으시던 상품이 다시 들어왔어요.'), button('u1')],
  },
  inline: {
    place: 'first',
    selector: '#slot',
    parts: [...say('함께 보면 좋아요', '최근 본 상품과 비슷해요.'), cards(4)],
  },
  button: {
    place: 'bottom_right',
    name: '쿠폰 받기',
    parts: [...say('쿠폰 받기', '첫 구매에 쓸 수 있어요.'), coupon],
  },
})
const forms = ['modal', 'slide', 'sheet', 'full', 'bar', 'toast', 'inline', 'button'] as const
const sizes = [
  [1440, 900],
  [768, 1024],
  [360, 740],
] as const

/** A page of its own for one form, before it has gone anywhere. */
async function openPage() {
  const page = await context.newPage()
  await page.addInitScript(() => {
    const kept = { shift: 0, problems: [] as string[] }
    Object.assign(window, { kept })
    window.addEventListener('error', ({ message }) => kept.problems.push(message))
    window.addEventListener('unhandledrejection', ({ reason }) =>
      kept.problems.push(String(reason)),
    )
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries())
        kept.shift += (entry as unknown as { value: number }).value
    }).observe({ type: 'layout-shift', buffered: true })
  })
  return page
}

/** Shows a message of the form on a page of the shop, at its widest. */
async function show(page: Page, form: OnsiteForm, path: string) {
  const [width, height] = sizes[0]
  shop.answer = () => ({ show: [shown({ form, ...views()[form] })] })
  await page.setViewportSize({ width, height })
  await page.goto(shop.origin + path)
  await itOn(page, form).waitFor()
  await settled(itOn(page, form))
}
const itOn = (page: Page, form: OnsiteForm) => page.locator(form === 'button' ? '.pill' : '.box')

/** What the page's own thread was busy for, ms: however busy the machine, what others took is not counted. */
async function busyOf(page: Page) {
  const devtools = await context.newCDPSession(page)
  await devtools.send('Performance.enable', { timeDomain: 'threadTicks' })
  return async () => {
    const { metrics: all } = await devtools.send('Performance.getMetrics')
    const parts = ['ScriptDuration', 'LayoutDuration', 'RecalcStyleDuration']
    return all.reduce((sum, { name, value }) => sum + (parts.includes(name) ? value * 1_000 : 0), 0)
  }
}

const kept = (page: Page) =>
  page.evaluate(() => (window as unknown as { kept: { shift: number; problems: string[] } }).kept)

/** An app differs from a plain page where a message stands inside it. */
const pathsOf = (form: OnsiteForm) =>
  form === 'modal' || form === 'inline' ? ['/plain', '/spa', '/hostile'] : ['/plain', '/hostile']

const settled = (it: Locator) =>
  it.evaluate((one) => Promise.all(one.getAnimations().map(({ finished }) => finished)))

async function picturesOf(page: Page, of: { form: OnsiteForm; path: string; width: number }) {
  const name = (form: string) => `${shots}/${form}${of.path.replace('/', '-')}-${of.width}.png`
  mkdirSync(shots ?? '', { recursive: true })
  await page.screenshot({ path: name(of.form) })
  if (of.form !== 'button') return
  await page.locator('.pill').click()
  await settled(page.locator('.box'))
  await page.screenshot({ path: name('card') })
  await page.keyboard.press('Escape')
  await settled(page.locator('.pill'))
}

describe.each(forms)('a message of the form %s', (form) => {
  let page: Page
  let it: Locator
  beforeAll(async () => {
    page = await openPage()
    it = itOn(page, form)
  })
  afterAll(() => page?.close())

  test('moves nothing of the page and keeps it busy for less than its budget', async () => {
    const metrics = await busyOf(page)
    await show(page, form, '/plain')
    await page.waitForTimeout(100)
    const { shift } = await kept(page)
    const busyMs = await metrics()
    // A block inside the page takes its place there; whatever floats takes none.
    if (form !== 'inline') expect(shift).toBe(0)
    if (shots) console.log(form, { shift, busyMs })
    expect(busyMs).toBeLessThanOrEqual(busyBudgetMs)
  })

  test.each(pathsOf(form))('stands whole and readable on %s at every width', async (path) => {
    await show(page, form, path)
    for (const [width, height] of sizes) {
      await page.setViewportSize({ width, height })
      const box = await it.boundingBox()
      if (!box) throw new Error('nothing is shown')
      // What stands inside a page that is turned and pushed about is turned with it.
      if (form !== 'inline' || path !== '/hostile') {
        expect(box.x).toBeGreaterThanOrEqual(0)
        expect(box.x + box.width).toBeLessThanOrEqual(width)
      }
      if (form !== 'inline') {
        expect(box.y).toBeGreaterThanOrEqual(0)
        expect(box.y + box.height).toBeLessThanOrEqual(height + 0.5)
      }
      const looks = await it.evaluate((one) => {
        const { fontSize, color, visibility, opacity, textTransform } = getComputedStyle(one)
        const isWhole = one.scrollWidth <= one.clientWidth
        return { fontSize, color, visibility, opacity, textTransform, isWhole }
      })
      expect(looks).toEqual({
        fontSize: '16px',
        color: form === 'button' ? 'rgb(0, 0, 0)' : 'rgb(17, 24, 39)',
        visibility: 'visible',
        opacity: '1',
        textTransform: 'none',
        isWhole: true,
      })
      if (shots) await picturesOf(page, { form, path, width })
    }
    expect((await kept(page)).problems).toEqual([])
  })

  test('hinders nobody, and is closed and refused as easily as accepted', async () => {
    await show(page, form, '/plain')
    await page.setViewportSize({ width: 360, height: 740 })
    if (form === 'button') await it.click()
    await page.evaluate(axe)
    const found = await page.evaluate(async () => {
      type Found = {
        readonly impact: string
        readonly id: string
        readonly nodes: readonly { readonly html: string }[]
      }
      const { axe: run } = window as unknown as {
        axe: { run: (of: object) => Promise<{ violations: readonly Found[] }> }
      }
      const { violations } = await run.run({ iframes: false })
      return violations
        .filter(({ impact }) => impact === 'serious' || impact === 'critical')
        .map(({ id, nodes }) => `${id}: ${nodes[0]?.html.slice(0, 200)}`)
    })
    expect(found).toEqual([])
    if (form !== 'inline') {
      const close = await page.getByRole('button', { name: '닫기' }).boundingBox()
      expect(Math.min(close?.width ?? 0, close?.height ?? 0)).toBeGreaterThanOrEqual(44)
    }
    if (covering.includes(form) || form === 'button') {
      const no = await page.getByRole('button', { name: '괜찮아요' }).boundingBox()
      expect(no?.height).toBeGreaterThanOrEqual(48)
      const accept = page.locator('.act').first()
      if ((await accept.count()) > 0) {
        const yes = await accept.boundingBox()
        expect(no?.height).toBeGreaterThanOrEqual(yes?.height ?? 0)
        expect(no?.width).toBeGreaterThanOrEqual((yes?.width ?? 0) - 1)
      }
    }
  })
})

test('whoever asked for less motion sees none', async () => {
  for (const isReduced of [true, false]) {
    const context = await browser.newContext({
      reducedMotion: isReduced ? 'reduce' : 'no-preference',
    })
    const page = await context.newPage()
    shop.answer = () => ({ show: [shown({ parts: say('봄', '왔어요') })] })
    await page.goto(`${shop.origin}/plain`)
    await page.locator('.box').waitFor()
    const name = await page.locator('.box').evaluate((one) => getComputedStyle(one).animationName)
    expect(name).toBe(isReduced ? 'none' : 'rise')
    await context.close()
  }
})
