import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { PartView } from '../../server/src/messages/onsite/view.ts'
import { type FakeShop, fakeShop, shown } from './fake-shop.ts'

// What a visitor and a page can do with messages; how they look is in onsite-looks.browser.test.ts.
let shop: FakeShop
let browser: Browser
let context: BrowserContext

beforeAll(async () => {
  shop = await fakeShop()
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu'],
  })
}, 60_000)
beforeEach(async () => {
  // A page that is still open might ask in the next test.
  await context?.close()
  shop.forget()
  shop.answer = () => ({})
})
afterAll(async () => {
  await browser?.close()
  shop?.close()
})

type World = Window & {
  danggol: { track: (name: string, of?: object) => void; consent: (yes: boolean) => void }
}

async function visit(path = '/plain', attributes = ''): Promise<Page> {
  context = await browser.newContext({ viewport: { width: 1000, height: 700 } })
  await context.addInitScript(() => {
    const problems: string[] = []
    Object.assign(window, { problems })
    window.addEventListener('error', ({ message }) => problems.push(message))
    window.addEventListener('unhandledrejection', ({ reason }) => problems.push(String(reason)))
  })
  const page = await context.newPage()
  await page.goto(`${shop.origin}${path}?with=${encodeURIComponent(attributes)}`)
  await page.waitForFunction(
    () => 'version' in ((window as unknown as { danggol: object }).danggol ?? {}),
  )
  return page
}
const problems = (page: Page) =>
  page.evaluate(() => (window as unknown as { problems: string[] }).problems)
const track = (page: Page, name: string) =>
  page.evaluate((one) => (window as unknown as World).danggol.track(one), name)
const heading: PartView = { kind: 'heading', id: 'h1', text: '봄 첫 구매 혜택' }
const box = (page: Page) => page.locator('.box')
const inFocus = (page: Page) =>
  page.evaluate(() => {
    let at = document.activeElement
    while (at?.shadowRoot?.activeElement) at = at.shadowRoot.activeElement
    return at?.textContent ?? ''
  })
const cards = (count: number): PartView => ({
  kind: 'cards',
  id: 'c1',
  label: '보러 가기',
  cards: Array.from({ length: count }, (_, at) => ({
    key: `p${9 - at}`,
    title: `상품 ${at + 1}`,
    text: '',
    image: null,
    alt: '',
    url: `${shop.origin}/plain#p${at}`,
    price: '9,900원',
    was: null,
    rating: null,
    why: null,
  })),
})

test('a popup keeps the keyboard inside, shuts by Escape and gives the focus back', async () => {
  shop.answer = ({ fired }) =>
    fired
      ? {
          show: [
            shown({
              parts: [
                heading,
                { kind: 'button', id: 'u1', label: '가입하기', url: `${shop.origin}/join` },
              ],
            }),
          ],
        }
      : { watch: [{ campaign: 7, when: [{ kind: 'event', event: 'Open' }] }] }
  const page = await visit()
  await expect.poll(() => shop.questions.length).toBe(1)
  await page.focus('#mine')
  await page.waitForTimeout(100)
  await track(page, 'Open')
  await box(page).waitFor()
  expect(
    await page.getByRole('dialog', { name: '봄 첫 구매 혜택' }).getAttribute('aria-modal'),
  ).toBe('true')
  const stops: string[] = []
  for (let i = 0; i < 6; i++) {
    await page.keyboard.press('Tab')
    stops.push(await inFocus(page))
  }
  expect(stops).toEqual([
    '가입하기',
    '괜찮아요',
    '오늘 하루 보지 않기',
    '7일간 보지 않기',
    '✕',
    '가입하기',
  ])
  await page.keyboard.press('Shift+Tab')
  expect(await inFocus(page)).toBe('✕')
  await page.keyboard.press('Escape')
  expect(await box(page).count()).toBe(0)
  expect(await page.evaluate(() => document.activeElement?.id)).toBe('mine')
  await expect
    .poll(() => shop.told('Promotion Dismissed'))
    .toMatchObject([{ how: 'closed', campaign_id: 7 }])
})

test('a floating button opens into its card by keyboard and shuts into a button again', async () => {
  shop.answer = () => ({
    show: [shown({ form: 'button', place: 'bottom_right', name: '쿠폰 받기', parts: [heading] })],
  })
  const page = await visit()
  const pill = page.getByRole('button', { name: '쿠폰 받기' })
  await pill.focus()
  await page.keyboard.press('Enter')
  await box(page).waitFor()
  await page.keyboard.press('Escape')
  await pill.waitFor()
  expect(await inFocus(page)).toBe('쿠폰 받기')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: '괜찮아요' }).click()
  expect(await page.locator('.pill').count()).toBe(0)
})

test('cards are stepped through by arrows and Tab, and each is told once seen, in its place and order', async () => {
  shop.answer = () => ({
    show: [shown({ form: 'slide', place: 'right', parts: [heading, cards(3)] })],
  })
  const page = await visit()
  await box(page).waitFor()
  const seen = () => shop.told('Promotion Viewed').map(({ card }) => card)
  await expect.poll(seen).toContain('p9')
  await page.getByRole('link', { name: /상품 1/ }).focus()
  await page.keyboard.press('ArrowRight')
  await page.getByText('2 / 3').waitFor()
  await expect.poll(seen).toContain('p8')
  await page.getByRole('link', { name: /상품 2/ }).focus()
  await page.keyboard.press('Tab')
  await page.getByText('3 / 3').waitFor()
  await page.getByRole('link', { name: /상품 3/ }).click()
  const common = {
    campaign_id: 7,
    promotion_id: '7',
    creative: 's2',
    order: 'random_visit',
    order_seed: 'x1',
  }
  await expect
    .poll(() => shop.told('Promotion Clicked'))
    .toEqual([{ ...common, card: 'p7', position: 3 }])
  const told = shop.told('Promotion Viewed')
  expect(told).toContainEqual(common)
  expect(told.filter(({ card }) => card === 'p9')).toEqual([{ ...common, card: 'p9', position: 1 }])
  expect(told.filter(({ card }) => card === 'p8')).toEqual([{ ...common, card: 'p8', position: 2 }])
})

test('silence is kept on the device and told with the next question', async () => {
  shop.answer = ({ rests }) => (rests.length ? {} : { show: [shown({ parts: [heading] })] })
  const page = await visit()
  await page.getByRole('button', { name: '오늘 하루 보지 않기' }).click()
  const midnight = await page.evaluate(() => new Date().setHours(24, 0, 0, 0))
  await page.reload()
  await expect.poll(() => shop.questions.length).toBe(2)
  expect(shop.questions[1]?.rests).toEqual([{ of: '7', until: midnight }])
  expect(shop.questions[1]).toMatchObject({
    seen: [{ campaign: 7 }],
    visit: { views: 2, popups: 1 },
  })
  shop.answer = () => ({ show: [shown({ parts: [heading], asks: 'consent' }, 8)] })
  await page.reload()
  await page.getByRole('button', { name: '괜찮아요' }).click()
  await page.reload()
  await expect.poll(() => shop.questions.length).toBe(4)
  const rests = shop.questions[3]?.rests ?? []
  expect(rests.map(({ of }) => of)).toEqual(['7', '8', 'consent'])
  expect((rests[2]?.until ?? 0) - Date.now()).toBeGreaterThan(6.9 * 86_400_000)
})

test('each moment asks once', async () => {
  const kinds = [
    { kind: 'seconds', seconds: 1 },
    { kind: 'scroll', percent: 60 },
    { kind: 'exit' },
    { kind: 'inactive', seconds: 2 },
  ] as const
  shop.answer = ({ fired }) =>
    fired ? {} : { watch: kinds.map((when, at) => ({ campaign: at + 1, when: [when] })) }
  const page = await visit()
  const asked = () => shop.questions.map(({ fired }) => fired).filter(Boolean)
  await expect.poll(asked).toContain(1)
  for (let i = 0; i < 2; i++) {
    await page.evaluate(() => scrollTo(0, document.body.scrollHeight))
    // A page tells of a scroll with its next frame, which a busy machine draws when it can.
    await expect.poll(asked).toContain(2)
    await page.evaluate(() => scrollTo(0, 0))
    await page.evaluate(() =>
      document.dispatchEvent(new MouseEvent('mouseout', { clientY: -1, relatedTarget: null })),
    )
  }
  await expect.poll(asked).toContain(4)
  await page.mouse.move(200, 200)
  await page.waitForTimeout(2_300)
  expect(asked().sort()).toEqual([1, 2, 3, 4])
})

test.each(['/plain', '/spa', '/hostile'])(
  'an event on %s shows its message within a second, once',
  async (path) => {
    shop.answer = ({ fired, events }) =>
      fired
        ? {
            show: events.some(({ name }) => name === 'Signed Up')
              ? [shown({ form: 'toast', place: 'bottom_right', parts: [heading] })]
              : [],
          }
        : { watch: [{ campaign: 7, when: [{ kind: 'event', event: 'Signed Up' }] }] }
    const page = await visit(path)
    await expect.poll(() => shop.questions.length).toBe(1)
    await page.waitForTimeout(200)
    const took = await page.evaluate(
      () =>
        new Promise<number>((done) => {
          const from = performance.now()
          new MutationObserver(() => {
            const hosts = [...document.documentElement.children]
            if (hosts.some((one) => one.shadowRoot?.querySelector('.toast')))
              done(performance.now() - from)
          }).observe(document.documentElement, { childList: true })
          ;(window as unknown as World).danggol.track('Signed Up')
        }),
    )
    expect(took).toBeLessThan(1_000)
    await track(page, 'Signed Up')
    await page.waitForTimeout(200)
    expect(shop.questions.filter(({ fired }) => fired)).toHaveLength(1)
    expect(await problems(page)).toEqual([])
  },
)

test('a route change of a single-page app takes its messages along and asks anew', async () => {
  shop.answer = ({ page: { url } }) =>
    url.includes('/next')
      ? { show: [shown({ form: 'inline', place: 'last', selector: '#slot', parts: [heading] }, 9)] }
      : { show: [shown({ parts: [heading] })] }
  const page = await visit('/spa')
  await box(page).waitFor()
  await page.evaluate(() => (window as unknown as { go: (to: string) => void }).go('/next'))
  await page.locator('#slot .box').waitFor()
  expect(await box(page).count()).toBe(1)
  expect(shop.questions.map(({ busy }) => busy)).toEqual([false, false])
  expect(await problems(page)).toEqual([])
})

test('a part that a blocker keeps away, and a place the page lacks, are counted once each', async () => {
  shop.isBlocked = true
  shop.answer = () => ({ show: [shown({ parts: [heading] })] })
  const page = await visit()
  await expect.poll(() => shop.told('Promotion Blocked')).toHaveLength(1)
  await page.waitForTimeout(500)
  expect(shop.told('Promotion Blocked')).toMatchObject([{ campaign_id: 7 }])
  expect(await problems(page)).toEqual([])
  shop.forget()
  shop.answer = () => ({
    show: [shown({ form: 'inline', selector: '#none ][', parts: [heading] })],
  })
  await page.reload()
  await expect.poll(() => shop.told('Promotion Blocked')).toHaveLength(1)
})

test('nothing is asked before consent; then the page they are on asks', async () => {
  shop.answer = () => ({ show: [shown({ parts: [heading] })] })
  const page = await visit('/plain', 'data-consent="wait"')
  await page.waitForTimeout(400)
  expect(shop.questions).toEqual([])
  await page.evaluate(() => (window as unknown as World).danggol.consent(true))
  await box(page).waitFor()
  await page.evaluate(() => (window as unknown as World).danggol.consent(false))
  expect(await box(page).count()).toBe(0)
  expect(await page.evaluate(() => Object.keys(localStorage))).toEqual(['dg.consent'])
})

test('a snippet that wants no messages asks for none', async () => {
  const page = await visit('/plain', 'data-messages="off"')
  await track(page, 'Seen')
  await expect.poll(() => shop.names()).toContain('Seen')
  expect(shop.questions).toEqual([])
})

test('the coupon is issued on a press and leads on; a form says what is wrong, then thanks', async () => {
  const coupon: PartView = {
    kind: 'coupon',
    id: 'q1',
    title: '5,000원 할인',
    label: '쿠폰 받기',
    url: null,
  }
  const form: PartView = {
    kind: 'form',
    id: 'f1',
    fields: [{ id: 'e1', kind: 'email', label: '이메일', options: [], required: true }],
    boxes: [
      { id: 'b1', label: '이메일 광고 수신 동의 (선택)', wording: '할인 소식을 보내드려요.' },
    ],
    label: '보내기',
    thanks: '고마워요',
  }
  shop.answer = () => ({ show: [shown({ parts: [heading, coupon, form] })] })
  shop.coupon = () => ({
    kind: 'issued',
    code: 'SPRING-7',
    words: '11월 30일까지',
    expiresAt: null,
    url: `${shop.origin}/cart`,
  })
  shop.form = () => ({ kind: 'refused', field: 'e1', message: '이메일 주소를 다시 봐 주세요' })
  const page = await visit('/hostile')
  await page.getByRole('button', { name: '쿠폰 받기' }).click()
  await page.getByText('SPRING-7').waitFor()
  expect(await page.getByRole('link', { name: '쿠폰 쓰러 가기' }).getAttribute('href')).toBe(
    `${shop.origin}/cart`,
  )
  await page.getByRole('button', { name: '코드 복사하기' }).click()
  expect(await page.getByRole('checkbox').isChecked()).toBe(false)
  await page.getByLabel('이메일', { exact: true }).fill('a@b.example')
  await page.getByRole('button', { name: '보내기' }).click()
  await page.getByText('이메일 주소를 다시 봐 주세요').waitFor()
  shop.form = () => ({ kind: 'taken' })
  await page.getByRole('button', { name: '보내기' }).click()
  await page.getByText('고마워요').waitFor()
  expect(await problems(page)).toEqual([])
})

test('no text, address or colour of a message runs as code', async () => {
  const payloads = [
    '<script>hit()</script>',
    '<img src=x onerror=hit()>',
    '"><svg onload=hit()>',
    `javascript:hit()`,
    ' javascript:hit()',
    'JaVaScRiPt:hit()',
    'java\tscript:hit()',
    'data:text/html,<script>parent.hit()</script>',
    'vbscript:hit()',
    '{{constructor.constructor("hit()")()}}',
    '</style><script>hit()</script>',
    'https:javascript:hit()',
  ]
  const of = (text: string): readonly PartView[] => [
    { kind: 'heading', id: 'h1', text },
    { kind: 'image', id: 'i1', image: text, alt: text, focus: { x: 0.5, y: 0.5 }, link: text },
    { kind: 'button', id: 'u1', label: text, url: text },
    { kind: 'coupon', id: 'q1', title: text, label: text, url: text },
    {
      kind: 'cards',
      id: 'c1',
      label: text,
      cards: [
        {
          key: text,
          title: text,
          text,
          image: text,
          alt: text,
          url: text,
          price: text,
          was: text,
          rating: text,
          why: text,
        },
      ],
    },
    {
      kind: 'form',
      id: 'f1',
      label: text,
      thanks: text,
      fields: [{ id: 'e1', kind: 'choice', label: text, options: [text], required: false }],
      boxes: [{ id: 'b1', label: text, wording: text }],
    },
  ]
  shop.answer = () => ({
    show: payloads.map((text, at) =>
      shown(
        {
          form: 'inline',
          place: text,
          selector: '#slot',
          name: text,
          parts: of(text),
          look: {
            scheme: 'light',
            color: `red;${text}`,
            background: `url(${shop.host}/hit.svg?${text})`,
            corners: 'round',
            font: 'sans',
          },
        },
        at + 1,
      ),
    ),
  })
  const page = await visit()
  const asked: string[] = []
  page.on('request', (request) => asked.push(request.url()))
  await page.evaluate(() =>
    Object.assign(window, { hit: () => Object.assign(window, { wasHit: true }) }),
  )
  await expect.poll(() => box(page).count()).toBe(payloads.length)
  const found = await page.evaluate(() =>
    [...document.querySelectorAll('*')].flatMap((host) =>
      [...(host.shadowRoot?.querySelectorAll('a,img,script,svg,iframe') ?? [])].map(
        (one) => one.outerHTML,
      ),
    ),
  )
  expect(found).toEqual([])
  await page.evaluate(() => {
    for (const host of document.querySelectorAll('#slot ~ *, #slot *'))
      for (const one of host.shadowRoot?.querySelectorAll('button') ?? []) one.click()
  })
  await page.waitForTimeout(200)
  expect(await page.evaluate(() => 'wasHit' in window)).toBe(false)
  expect(asked.filter((url) => url.includes('hit.svg'))).toEqual([])
  expect(page.url()).toContain('/plain')
})

test('a shop that bundles its pages gets the same script, once', async () => {
  const page = await visit('/bundled')
  await page.evaluate(() => window.dispatchEvent(new Event('later')))
  await expect.poll(() => shop.names()).toEqual(expect.arrayContaining(['Early', 'Late']))
  expect(shop.names().filter((name) => name === 'page')).toHaveLength(1)
  expect(await page.locator('script[src$="/sdk.js"]').count()).toBe(1)
  expect(shop.questions).toEqual([])
})

test('a draft opened by its link is shown, and nothing of it is told, remembered or kept quiet', async () => {
  const ticket: PartView = { kind: 'coupon', id: 'k1', title: '5,000원', label: '받기', url: null }
  shop.coupon = () => ({
    kind: 'issued',
    code: 'SAMPLE',
    words: '예시',
    expiresAt: null,
    url: null,
  })
  shop.answer = ({ preview }) => ({
    show: preview === 'a.b' ? [{ ...shown({ parts: [heading, ticket] }), preview: true }] : [],
  })
  context = await browser.newContext({ viewport: { width: 1000, height: 700 } })
  const page = await context.newPage()
  await page.goto(`${shop.origin}/plain?of=draft&dg_preview=a.b`)
  await page.getByRole('button', { name: '받기' }).click()
  await page.getByText('SAMPLE').waitFor()
  await track(page, 'Wished')
  await page.waitForTimeout(1_200)
  await page.getByRole('button', { name: '7일간 보지 않기' }).click()
  await box(page).waitFor({ state: 'detached' })
  expect(await page.evaluate(() => [Object.keys(localStorage), document.cookie])).toEqual([[], ''])
  await page.goto(`${shop.origin}/plain?of=draft`)
  await expect.poll(() => shop.questions.length).toBe(2)
  expect(shop.questions[1]).toMatchObject({ seen: [], rests: [], visit: { views: 1, popups: 0 } })
  await expect.poll(() => shop.names('of=draft')).toContain('page')
  // The first page's own view would have come before this one's.
  expect(shop.names('of=draft').filter((name) => name !== 'page')).toEqual([])
  expect(shop.names('of=draft')).toHaveLength(1)
})
