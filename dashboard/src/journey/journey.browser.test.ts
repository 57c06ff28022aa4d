/// <reference types="node" />
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hindrances, openShop, tooWide } from '../app/opened-shop.contract.ts'

// The journey from an empty shop to a campaign for each stage, in Chromium against the whole server.
let shop: Awaited<ReturnType<typeof openShop>>
beforeAll(async () => {
  shop = await openShop('journey')
})
afterAll(() => shop?.close())

const page = () => shop.page
const column = (name: string) => page().getByRole('region', { name: new RegExp(`^${name}`) })
const open = async (path: string) => {
  await page().goto(`${shop.origin}${path}`)
  await page().waitForFunction(
    "document.querySelector('h1') && !document.querySelector('[aria-busy=true]')",
  )
}
const isAt = (path: RegExp) => page().waitForURL((url) => path.test(url.pathname + url.search))

test('before anybody came, the page says what will be here and how to begin', async () => {
  await open('/journey')
  await page().getByRole('heading', { name: '아직 고객이 없어요' }).waitFor()
  await page().getByRole('link', { name: '코드 받기' }).waitFor()
  expect(await hindrances(page())).toEqual([])
})

test('everybody stands in exactly one of the five columns', async () => {
  const soap = { product_id: 'soap', name: '쌀겨 비누', price: 9000, quantity: 2 }
  await shop.tell([
    ['looks in', 'Page Viewed'],
    ['searches', 'Page Viewed'],
    ['searches', 'Products Searched', { query: '비누' }],
    ['carts', 'Product Viewed', soap],
    ['carts', 'Product Added', soap],
    ['pays', 'Product Added', soap],
    ['pays', 'Checkout Started', { value: 18_000 }],
    ['bought', 'Checkout Started', { value: 18_000 }],
    ['bought', 'Order Completed', { order_id: 'o1', value: 18_000, products: [soap] }],
  ])
  const sizes = async () => {
    const answer = await page().request.get(`${shop.origin}/api/journey`)
    const { columns } = (await answer.json()) as { columns: { people: number }[] }
    return columns.map((one) => one.people)
  }
  await expect.poll(sizes, { timeout: 30_000, interval: 500 }).toEqual([1, 1, 1, 1, 1])
  await open('/journey')
  for (const name of ['방문·미가입', '검색', '상세·장바구니', '결제 이탈', '재구매']) {
    await column(name).getByText('1명', { exact: true }).first().waitFor()
    await column(name).getByText('7일 동안 +1명').waitFor()
  }
  expect(await hindrances(page())).toEqual([])
})

test('the people of a stage open beside the page and become a segment', async () => {
  await column('검색').getByRole('link', { name: '누가 있는지 보기: 검색' }).click()
  await isAt(/stage=searched/)
  const panel = page().getByRole('dialog', { name: '검색 단계의 고객' })
  await panel.getByRole('link', { name: '이름 모를 고객' }).waitFor()
  expect(await hindrances(page())).toEqual([])
  await page().keyboard.press('Escape')
  await panel.waitFor({ state: 'detached' })
  await open('/journey?stage=checkout')
  await page().getByRole('button', { name: '이 고객들로 세그먼트 만들기' }).click()
  await isAt(/^\/segments\/\d+/)
  await page().getByText('여정: 결제 이탈').first().waitFor()
})

test('one press of a key on an empty column opens its playbook filled in', async () => {
  await open('/journey')
  const begin = column('결제 이탈').getByRole('button', {
    name: '시나리오로 시작하기: 결제 과정 이탈',
  })
  await begin.focus()
  await page().keyboard.press('Enter')
  await isAt(/^\/campaigns\/\d+/)
  await page().getByRole('heading', { name: '켜기 전에' }).waitFor()
  await open('/journey')
  await column('결제 이탈').getByText('작성 중').waitFor()
  await column('결제 이탈')
    .getByRole('link', { name: /이어서 쓰기/ })
    .waitFor()
})

test('a campaign for one product does not serve the stage, which says so and offers the playbook', async () => {
  const headers = { 'x-danggol-csrf': '1' }
  const made = await page().request.post(`${shop.origin}/api/campaigns`, {
    headers,
    data: { playbook: 'repurchase_due', name: '재구매: 쌀겨 비누' },
  })
  const { id, draft } = (await made.json()) as { id: number; draft: { trigger: object } }
  const is = { type: 'text', op: 'equals', value: 'soap' }
  const filter = { kind: 'products', match: 'any', where: [{ field: 'product_id', is }] }
  const changed = await page().request.patch(`${shop.origin}/api/campaigns/${id}`, {
    headers,
    data: { draft: { ...draft, trigger: { ...draft.trigger, filter } } },
  })
  expect(changed.status()).toBe(200)
  await open('/journey')
  const bought = column('재구매')
  await bought.getByText('단계 전체를 돕는 캠페인은 아직 없어요').waitFor()
  await bought.getByRole('link', { name: '고른 상품에만 쓰는 캠페인 1개' }).waitFor()
  await bought.getByRole('button', { name: /^시나리오로 시작하기/ }).waitFor()
  expect(await hindrances(page())).toEqual([])
})

test('home tells the five stages in one line, each a way into the journey', async () => {
  await open('/')
  await page()
    .getByRole('link', { name: /^결제 이탈\s*1명/ })
    .click()
  await isAt(/journey\?stage=checkout/)
})

test('the page holds on a tablet and a phone, in both languages, and nothing broke', async () => {
  await open('/journey')
  for (const language of ['ko', 'en']) {
    for (const width of [1440, 768, 390]) {
      await page().setViewportSize({ width, height: 900 })
      const over = await tooWide(page())
      expect(`${language} ${width}: ${Math.max(0, over)}`).toBe(`${language} ${width}: 0`)
    }
    await page().setViewportSize({ width: 1440, height: 900 })
    if (language === 'ko') await page().getByRole('button', { name: 'English' }).click()
  }
  await page().getByRole('heading', { name: 'Journey' }).waitFor()
  expect(shop.broken).toEqual([])
})
