/// <reference types="node" />
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Deed, hindrances, openShop, tooWide } from '../app/opened-shop.contract.ts'

// Funnel, cohorts and RFM from an empty shop to the segment and the campaign of a number, in Chromium against the whole server.
let shop: Awaited<ReturnType<typeof openShop>>
beforeAll(async () => {
  shop = await openShop('insight')
})
afterAll(() => shop?.close())

const page = () => shop.page
const open = async (path: string) => {
  await page().goto(`${shop.origin}${path}`)
  await page().waitForFunction(
    "document.querySelector('h1') && !document.querySelector('[aria-busy=true]')",
  )
}
const isAt = (path: RegExp) => page().waitForURL((url) => path.test(url.pathname + url.search))
const count = async () => {
  await page().getByRole('button', { name: '다시 세기' }).click()
}

const dayMs = 86_400_000
const mug = { product_id: 'mug', name: '머그컵', price: 12_000, quantity: 1, category: '주방' }

/** A visit `ago` days before now that comes as far as `steps` says: 1 looks, 2 carts, 3 pays, 4 orders. */
function visit(who: number, ago: number, steps: number): readonly Deed[] {
  const at = (minute: number) => Date.now() - ago * dayMs + minute * 60_000
  const id = `shopper-${who}`
  const way: readonly Deed[] = [
    [
      id,
      'Page Viewed',
      { url: `https://shop.example/?utm_source=${who % 2 ? 'naver' : 'kakao'}` },
      undefined,
      at(0),
    ],
    [id, 'Product Viewed', mug, undefined, at(1)],
    [id, 'Product Added', mug, undefined, at(2)],
    [id, 'Checkout Started', { value: 12_000 }, undefined, at(3)],
    [
      id,
      'Order Completed',
      {
        order_id: `o${who}-${ago}`,
        revenue: 12_000 * (1 + (who % 3)),
        currency: 'KRW',
        products: [mug],
      },
      undefined,
      at(4),
    ],
  ]
  return way.slice(0, steps + 1)
}

test('before there is anything to count, each page says what will be here and how to begin', async () => {
  for (const [path, title] of [
    ['funnel', '이 기간에는 방문이 없어요'],
    ['cohort', '아직 묶을 고객이 없어요'],
    ['rfm', '아직 구매 고객이 없어요'],
  ] as const) {
    await open(`/insight/${path}`)
    await page().getByRole('heading', { name: title }).waitFor()
    expect(await hindrances(page())).toEqual([])
  }
})

test('the funnel says where people leave, and leads to them and to the campaign that helps', async () => {
  const deeds: Deed[] = []
  for (let who = 1; who <= 24; who++) {
    if (who <= 12) deeds.push(...visit(who, 100 - who, 4))
    if (who <= 5) deeds.push(...visit(who, 80 - who, 4), ...visit(who, 2.5, 4))
    deeds.push(...visit(who, 3 + (who % 20), who % 5))
  }
  await shop.tell(deeds.toSorted((a, b) => (a[4] ?? 0) - (b[4] ?? 0)))
  await open('/insight/funnel')
  await expect
    .poll(
      async () => {
        await count()
        return await page()
          .getByRole('row', { name: /상품 보기 → 장바구니/ })
          .count()
      },
      { timeout: 60_000, interval: 1_000 },
    )
    .toBe(1)
  const row = page().getByRole('row', { name: /상품 보기 → 장바구니/ })
  await expect.poll(() => row.textContent()).toMatch(/20.*25 중.*5.*20\.0 %/)
  expect(await hindrances(page())).toEqual([])
  await page().getByRole('button', { name: 'kakao' }).click()
  await isAt(/source=kakao/)
  await open('/insight/funnel?split=product')
  const product = page().getByRole('row', { name: /머그컵/ })
  await expect
    .poll(() => product.textContent(), { timeout: 20_000 })
    .toMatch(/25201510.*장바구니 전/)
  expect(await hindrances(page())).toEqual([])
  await product.getByRole('button', { name: '머그컵' }).click()
  await isAt(/product=mug/)
  await open('/insight/funnel')
  await page()
    .getByRole('button', { name: /이 고객 세그먼트: 상품 보기 뒤 장바구니 전에/ })
    .click()
  await isAt(/^\/segments\/\d+/)
  await page().getByText('상품 보기 뒤 장바구니 전에 떠난 고객').first().waitFor()
  await open('/insight/funnel')
  await page()
    .getByRole('row', { name: /주문서 → 주문/ })
    .getByRole('button', { name: /시나리오로 시작하기/ })
    .click()
  await isAt(/^\/campaigns\/\d+/)
  await open('/insight/funnel')
  await page()
    .getByRole('row', { name: /주문서 → 주문/ })
    .getByRole('link', { name: /이어서 쓰기/ })
    .waitFor()
})

test('a cell of the cohorts tells of how many it speaks, and the table holds the same', async () => {
  await open('/insight/cohort')
  await count()
  const cell = page().getByRole('button', { name: /^모두, 1번째 30일:/ })
  await cell.waitFor()
  await cell.click()
  await isAt(/cell=all\.1/)
  await page().getByRole('status').filter({ hasText: '그 기간에 다시 왔어요' }).waitFor()
  await page().getByRole('button', { name: '표로 보기' }).click()
  await page().getByRole('table', { name: '표로 보기' }).waitFor()
  expect(await hindrances(page())).toEqual([])
  await open('/insight/cohort?base=visit&returns=visit&unit=week')
  await page()
    .getByRole('button', { name: /^모두, 1주째:/ })
    .waitFor()
})

test('a group of RFM becomes a segment, and the audience of a campaign', async () => {
  await open('/insight/rfm')
  await count()
  await page().getByRole('button', { name: '최우수 단골', exact: true }).click()
  await isAt(/cell=champions/)
  expect(await hindrances(page())).toEqual([])
  await page()
    .getByRole('button', { name: '이 고객들에게 캠페인 만들기: RFM: 최우수 단골' })
    .click()
  await isAt(/^\/campaigns\/\d+/)
  const id = /campaigns\/(\d+)/.exec(page().url())?.[1]
  const made = await (await page().request.get(`${shop.origin}/api/campaigns/${id}`)).json()
  const segment = await (
    await page().request.get(`${shop.origin}/api/segments/${made.draft.audience}`)
  ).json()
  expect(segment.name).toBe('RFM: 최우수 단골')
  const file = await page().request.get(`${shop.origin}/api/reports/rfm.csv`)
  expect((await file.text()).split('\r\n')[0]).toContain('as_of,r,f,group,people')
})

test('the pages hold on a tablet and a phone, in both languages, and nothing broke', async () => {
  for (const path of ['funnel', 'cohort?cell=all.1', 'rfm?cell=champions']) {
    await open(`/insight/${path}`)
    for (const width of [1440, 768, 390]) {
      await page().setViewportSize({ width, height: 900 })
      const over = await tooWide(page())
      expect(`${path} ${width}: ${Math.max(0, over)}`).toBe(`${path} ${width}: 0`)
    }
    await page().setViewportSize({ width: 1440, height: 900 })
  }
  await page().getByRole('button', { name: 'English' }).click()
  await page().getByRole('heading', { name: 'Map of buyers' }).waitFor()
  expect(shop.broken).toEqual([])
})
