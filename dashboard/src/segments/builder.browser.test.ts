/// <reference types="node" />
import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page, Route } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hindrances, openShop, tooWide } from '../app/opened-shop.contract.ts'
import { type Hand, keyboardOf, mouseOf } from './hands.contract.ts'

// A newcomer builds the five journey segments from an empty page, in Chromium against the whole server.
// Pictures to look at are taken when a folder is named.
const pictures = process.env.DANGGOL_SCREENSHOTS

let shop: Awaited<ReturnType<typeof openShop>>
let page: Page
let origin: string
let mouse: Hand
let keyboard: Hand

beforeAll(async () => {
  if (pictures) mkdirSync(pictures, { recursive: true })
  shop = await openShop('builder')
  page = shop.page
  origin = shop.origin
  mouse = mouseOf(page)
  keyboard = keyboardOf(page)
  const soap = { product_id: 'soap', name: '쌀겨 비누', price: 9000, quantity: 2 }
  // The builder asks for what arrived once a minute: history must hold it before the first page opens.
  await shop.tell([
    ['visitor-1', 'Page Viewed'],
    ['visitor-1', 'Page Viewed'],
    ['visitor-1', 'Products Searched', { query: '비누' }],
    ['visitor-1', 'Product Viewed', soap],
    ['visitor-1', 'Product Viewed', soap],
    ['visitor-1', 'Product Added', soap],
    ['visitor-2', 'Product Viewed', soap],
    ['visitor-2', 'Checkout Started', { value: 18_000 }],
    ['visitor-3', 'Signed Up', {}, 'vip-1'],
    ['visitor-2', 'Order Completed', { order_id: 'o1', value: 18_000, products: [soap] }],
  ])
})
afterAll(() => shop?.close())

const button = (name: string) => page.getByRole('button', { name, exact: true })
const picture = async (name: string, fullPage = true) => {
  if (pictures) await page.screenshot({ path: join(pictures, `${name}.png`), fullPage })
}

const known = { count: 12_290, low: 11_870, high: 12_790 }
const isEstimate = (route: Route) => route.request().postDataJSON().estimate === true

const row = (at: number) => page.locator(`[data-row="of.${at}"]`)

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
const byMouse = ['방문 후 가입 미완료', '상세페이지 확인 후 미구매', '장바구니 담은 후 미구매']

describe.each([
  // The mouse goes the same ways by other means: the shortest and the longest show them.
  ['by mouse', () => mouse, journeys.filter(({ name }) => byMouse.includes(name))],
  ['by keyboard alone', () => keyboard, journeys],
] as const)('a newcomer builds %s', (how, handOf, ways) => {
  test.each(ways)('$name, in under a minute', async ({ name, build, reads, people }) => {
    await page.goto(`${origin}/segments/new`)
    await page.getByRole('combobox', { name: '조건 고르기' }).waitFor()
    const began = performance.now()
    const hand = handOf()
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

const shown = (words: string) => page.getByText(words, { exact: false }).first().waitFor()
const open = async (path: string) => {
  await page.goto(`${origin}${path}`)
  await page.getByRole('main').waitFor()
}

describe('the sentence', () => {
  test('takes steps, groups, filters and opposites, and reads as one', async () => {
    await open('/segments/new')
    await mouse.condition('차례대로', true)
    await mouse.condition('상품 조회를 한')
    await row(1).getByRole('button', { name: '그중 일부만' }).click()
    await mouse.blank(1, '값 고르기', '쌀겨 비누')
    await mouse.condition('여러 조건')
    await button('묶음에 조건 더하기').click()
    await page.keyboard.type('비회원')
    await page.keyboard.press('Enter')
    await button('묶음에 조건 더하기').click()
    await page.keyboard.type('VIP 얼마')
    await page.keyboard.press('Enter')
    await row(0).getByRole('button', { name: '이 조건 다루기' }).click()
    await page.getByRole('menuitem', { name: '아닌 고객으로 뒤집기' }).click()
    await shown('소리 내어 읽으면')
    await shown('경우인 고객')
    for (const [width, height] of sizes) {
      await page.setViewportSize({ width, height })
      await picture(`everything ${width}`)
    }
    await page.setViewportSize({ width: 1440, height: 900 })
  })

  test('says what the server refuses beside the condition, and undoes', async () => {
    await open('/segments/new')
    await mouse.condition('회원 상태: 회원', true)
    await mouse.condition('상품 조회를 한')
    await mouse.blank(1, '언제', '500일')
    await row(1).getByRole('alert').waitFor()
    expect(await row(1).getByRole('alert').textContent()).toContain('400일까지')
    await picture('refused')
    await page.keyboard.press('Control+z')
    await row(1).getByRole('alert').waitFor({ state: 'detached' })
  })

  test('asks anew at once and drops the older question', async () => {
    const dropped: string[] = []
    page.on('requestfailed', (request) => dropped.push(request.url()))
    const anew = Promise.withResolvers<void>()
    await page.route('**/api/segments/preview', async (route) => {
      await anew.promise
      await route.continue().catch(() => undefined)
    })
    await open('/segments/new')
    const asked = page.waitForRequest('**/api/segments/preview')
    await mouse.condition('상품 조회를 한', true)
    await asked
    await mouse.number(0, '몇 번', '2')
    await picture('slow')
    await shown('2번 이상')
    await expect.poll(() => dropped.some((url) => url.includes('preview'))).toBe(true)
    anew.resolve()
    await page.getByText('1명', { exact: true }).first().waitFor()
    await page.unroute('**/api/segments/preview')
  })

  test('says about how many while a large shop is counted, and then the number', async () => {
    const reach = { email: 9_000, sms: 12_000, kakao: 0, push: 42 }
    const counted = { count: 12_345, signedUp: 12_000, anonymous: 345, reach, sample: [] }
    const isCounted = Promise.withResolvers<void>()
    await page.route('**/api/segments/preview', async (route) => {
      if (isEstimate(route))
        return route.fulfill({ json: { estimate: { ...known, of: 1_000_000 } } })
      await isCounted.promise
      await route.fulfill({ json: counted }).catch(() => undefined)
    })
    await open('/segments/new')
    await mouse.condition('상품 조회를 한', true)
    await page.getByText('약 12,300명', { exact: true }).waitFor()
    await shown('11,800~12,800명쯤으로 보여요')
    await picture('about')
    isCounted.resolve()
    await page.getByText('12,345명', { exact: true }).first().waitFor()
    expect(await page.getByText('약 12,300명').count()).toBe(0)
    await page.unroute('**/api/segments/preview')
  })

  test('shows a million people, nobody, and a broken server', async () => {
    const reach = { email: 712_345, sms: 1_000_000, kakao: 0, push: 42 }
    const answers = [
      { count: 1_000_000, signedUp: 812_003, anonymous: 187_997, reach, sample: [] },
      { count: 0, signedUp: 0, anonymous: 0, reach, sample: [] },
    ]
    for (const answer of answers) {
      await page.route('**/api/segments/preview', (route) =>
        route.fulfill({ json: isEstimate(route) ? { estimate: { ...known, of: 3 } } : answer }),
      )
      await open('/segments/new')
      await mouse.condition('상품 조회를 한', true)
      await page
        .getByText(`${answer.count.toLocaleString('en')}명`, { exact: true })
        .first()
        .waitFor()
      await picture(`${answer.count} people`)
      await page.unroute('**/api/segments/preview')
    }
    await page.route('**/api/segments/preview', (route) => route.fulfill({ status: 400, json: {} }))
    await open('/segments/new')
    await mouse.condition('상품 조회를 한', true)
    await button('다시 시도하기').waitFor()
    await page.unroute('**/api/segments/preview')
  })
})

describe('the page of a segment', () => {
  test('tells why somebody is in, and why not', async () => {
    await open('/segments')
    await page
      .getByRole('link', { name: /상세페이지 확인 후 미구매/ })
      .first()
      .click()
    await page.getByRole('button', { name: /: 왜$/ }).first().click()
    await shown('지금 들어 있어요')
    await page.getByRole('dialog').getByText('상품 조회를 2번 이상').waitFor()
    await picture('why', false)
    await page.keyboard.press('Escape')
    await picture('segment')
  })

  test('is copied, changed, brought back to what it was, deleted and had back', async () => {
    await button('더 하기').click()
    await page.getByRole('menuitem', { name: '복제하기' }).click()
    await page.getByRole('heading', { name: /\(복제\)/ }).waitFor()
    await page.getByRole('link', { name: '조건 고치기' }).click()
    await mouse.number(0, '몇 번', '3')
    await mouse.save()
    await page.waitForURL(/\/segments\/\d+$/)
    await page.getByRole('tab', { name: '바뀐 기록' }).click()
    await picture('versions')
    await button('이때로 되돌리기').first().click()
    await shown('그때의 조건으로 되돌렸어요')
    await page.getByRole('tab', { name: '개발자용 JSON' }).click()
    await page.getByLabel('세그먼트의 정의').fill('{"format":1,"where":{"kind":"al"}}')
    await shown('definition.where')
    await picture('json')
    await button('더 하기').click()
    await page.getByRole('menuitem', { name: '지우기' }).click()
    await button('이 세그먼트 지우기').click()
    await page.waitForURL('**/segments')
    await button('되살리기').first().click()
    await page.getByRole('heading', { name: /\(복제\)/ }).waitFor()
  })

  test('names what uses it instead of being deleted', async () => {
    await open('/segments/new')
    await mouse.condition('장바구니 담은 후 미구매', true)
    await mouse.name('세그먼트를 쓰는 세그먼트')
    await mouse.save()
    await page.waitForURL(/\/segments\/\d+$/)
    await open('/segments')
    await page
      .getByRole('link', { name: /^장바구니 담은 후 미구매/ })
      .first()
      .click()
    await button('더 하기').click()
    await page.getByRole('menuitem', { name: '지우기' }).click()
    await page.getByRole('dialog').getByText('세그먼트를 쓰는 세그먼트').waitFor()
    expect(await button('이 세그먼트 지우기').isDisabled()).toBe(true)
    await page.keyboard.press('Escape')
  })

  test('draws how it overlaps with others', async () => {
    await page.getByRole('tab', { name: '겹쳐 보기' }).click()
    const pick = page.getByRole('combobox', { name: /겹쳐 볼 세그먼트/ })
    await pick.click()
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await shown('한 번씩만 세면')
    await picture('overlap two')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.keyboard.press('Escape')
    await page.getByRole('columnheader').nth(3).waitFor()
    await picture('overlap three')
  })
})

describe('lists and webhooks', () => {
  test('a file becomes a list, with who was found and who was not', async () => {
    await open('/segments/lists')
    await page.getByText('아직 명단이 없어요').waitFor()
    const people = '회원 아이디,이름\nvip-1,정다은\n없는-사람,김없음\n'
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: '가을 행사.csv', mimeType: 'text/csv', buffer: Buffer.from(people) })
    await shown('vip-1,정다은')
    // First what the file would do, then it is done.
    await shown('2줄에 적혀 있고, 1줄에서 고객을 찾았어요')
    await shown('그런 고객이 없어요')
    await shown('아직 올리지 않았어요')
    await picture('list checked')
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('link', { name: '쓰지 못하는 줄 내려받기' }).click(),
    ])
    expect(readFileSync(await file.path(), 'utf8')).toBe(
      '\uFEFF줄,적힌 값,까닭\r\n3,"없는-사람, 김없음",그런 고객이 없어요\r\n',
    )
    await button('1명을 명단에 더하기').click()
    await shown('1명을 명단에 더했어요')
    await picture('list uploaded')
    await open('/segments/new')
    await mouse.condition('가을 행사', true)
    await page.getByText('1명', { exact: true }).first().waitFor()
    await picture('list in a segment')
  })

  test('a webhook is made, shows its secret once, and a bad address is said beside it', async () => {
    await open('/segments/3?tab=webhooks')
    const address = page.getByLabel('받을 주소')
    await address.fill('http://127.0.0.1/inside')
    await button('웹훅 만들기').click()
    await shown('인터넷에서 닿는 주소')
    await address.fill('https://1.1.1.1/hooks/danggol')
    await button('웹훅 만들기').click()
    await shown('비밀 키예요')
    await picture('webhooks')
    await page.getByRole('button', { name: /그만 보내기$/ }).click()
    await shown('아직 웹훅이 없어요')
  })
})

const sizes = [
  [1440, 900],
  [768, 1024],
  [390, 844],
] as const

test('axe finds nothing serious, and in both languages nothing is wider than the screen', async () => {
  const found: string[] = []
  const paths = [
    '/segments',
    '/segments/new',
    '/segments/3/edit',
    '/segments/3',
    '/segments/3?tab=overlap&with=2',
    '/segments/3?tab=versions',
    '/segments/3?tab=webhooks',
    '/segments/3?tab=json',
    '/segments/lists',
  ]
  for (const language of ['ko', 'en']) {
    await page.evaluate((spoken) => localStorage.setItem('danggol.language', spoken), language)
    for (const path of paths) {
      await open(path)
      await page.locator('[aria-busy="true"]').first().waitFor({ state: 'detached' })
      // What axe looks at does not depend on the language.
      if (language === 'ko') found.push(...(await hindrances(page)).map((one) => `${path}: ${one}`))
      for (const [width, height] of sizes) {
        await page.setViewportSize({ width, height })
        await picture(`page ${path.replaceAll(/\W+/g, '-')} ${language} ${width}`)
        const over = await tooWide(page)
        if (over > 0) found.push(`${path} ${language} ${width}: ${over} px too wide`)
      }
      await page.setViewportSize({ width: 1440, height: 900 })
    }
  }
  expect(found).toEqual([])
}, 300_000)

test('nothing broke on the way', () => {
  expect(shop.broken).toEqual([])
})
