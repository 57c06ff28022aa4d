/// <reference types="node" />
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Deed, hindrances, openShop } from '../app/opened-shop.contract.ts'

// First-purchase products from an empty shop to the campaign that tests two of them, in Chromium against the whole server.
let shop: Awaited<ReturnType<typeof openShop>>
beforeAll(async () => {
  shop = await openShop('first-purchase')
})
afterAll(() => shop?.close())

const page = () => shop.page
const dayMs = 86_400_000
const goods = [
  { product_id: 'mug', name: '손으로 빚은 머그컵', price: 12_000, category: '주방/컵' },
  { product_id: 'tea', name: '제주 녹차 티백', price: 9_000, category: '식품/차' },
  { product_id: 'towel', name: '호텔 수건 세트', price: 30_000, category: '욕실' },
  { product_id: 'lamp', name: '한 번뿐인 조명', price: 90_000, category: '거실' },
]

function order(who: string, ago: number, of: readonly (typeof goods)[number][]): Deed {
  const products = of.map((one) => ({ ...one, quantity: 1 }))
  const properties = { order_id: `${who}-${ago}`, currency: 'KRW', products }
  return [`device-${who}`, 'Order Completed', properties, who, Date.now() - ago * dayMs]
}

/** 40 people begin with each of three products; more of the first ones' come back. */
function deeds(): readonly Deed[] {
  const told: Deed[] = []
  for (const [at, share] of [0.8, 0.5, 0.2].entries()) {
    const product = goods[at]
    if (!product) continue
    for (let n = 0; n < 40; n++) {
      const who = `${product.product_id}${n}`
      const first = 100 + ((n * 3) % 90)
      told.push(order(who, first, [product]))
      if (n < 40 * share) told.push(order(who, first - 5 - n, [goods[(at + n) % 3] ?? product]))
    }
  }
  // Who joined and looked around: 60 long ago, of whom 12 bought; 80 in the last weeks.
  const look = (who: string, ago: number) => {
    const at = Date.now() - ago * dayMs
    const page = { url: 'https://shop.example/' }
    told.push([`device-${who}`, 'Page Viewed', page, undefined, at - 120_000])
    told.push([`device-${who}`, 'Signed Up', {}, who, at - 60_000])
    told.push([`device-${who}`, 'Page Viewed', page, who, at])
  }
  for (let n = 0; n < 60; n++) {
    look(`past${n}`, 100)
    if (n < 12) told.push(order(`past${n}`, 80, goods.slice(3)))
  }
  for (let n = 0; n < 80; n++) look(`new${n}`, 3 + (n % 20))
  return told.toSorted((a, b) => (a[4] ?? 0) - (b[4] ?? 0))
}

test('before any order the page says what will be here', async () => {
  await page().goto(`${shop.origin}/first-purchase`)
  await page().getByRole('heading', { name: '아직 주문이 없어요' }).waitFor()
})

test('the table ranks what brings people back; what too few bought has no place', async () => {
  await shop.tell(deeds())
  await page().goto(`${shop.origin}/first-purchase`)
  const rows = page().getByRole('table', { name: '첫 구매 상품 순위' }).getByRole('row')
  await expect
    .poll(
      async () => {
        await page().getByRole('button', { name: '다시 세기' }).click()
        return await rows.count()
      },
      { timeout: 60_000, interval: 1_500 },
    )
    .toBe(5)
  const lines = await rows.allTextContents()
  expect(lines[1]).toMatch(/1손으로 빚은 머그컵.*보정 전 80\.0 %.*40/)
  expect(lines[2]).toMatch(/2제주 녹차 티백.*보정 전 50\.0 %/)
  expect(lines[4]).toMatch(/한 번뿐인 조명.*아직 적어요/)
  await page().getByText('원인이 아니라 후보예요').waitFor()
  expect(await hindrances(page())).toEqual([])
})

test('a product tells how soon its people came back, and leads to them', async () => {
  await page()
    .getByRole('button', { name: /손으로 빚은 머그컵/ })
    .click()
  const panel = page().getByRole('dialog', { name: '손으로 빚은 머그컵' })
  await panel.getByRole('img', { name: /돌아온 고객의 비율/ }).waitFor()
  await panel
    .getByRole('table', { name: '이 상품으로 처음 산 고객' })
    .getByRole('row')
    .nth(20)
    .waitFor()
  expect(await hindrances(page())).toEqual([])
  await panel.getByRole('link').first().click()
  await page().waitForURL(/\/customers\/\d+/)
  await page().goBack()
  await page().keyboard.press('Escape')
})

test('a campaign takes three products: a fourth of an old link is left out, and the page says so', async () => {
  await page().goto(`${shop.origin}/first-purchase?pick=mug,tea,towel,lamp`)
  await page().getByRole('region', { name: '3개를 골랐어요' }).waitFor()
  await page().getByText('한 캠페인에는 3개까지 담을 수 있어요.').waitFor()
  expect(await page().getByRole('checkbox', { name: '한 번뿐인 조명 고르기' }).isDisabled()).toBe(
    true,
  )
})

test('two products become the draft of a campaign against a hold-out', async () => {
  await page().goto(`${shop.origin}/first-purchase`)
  await page().getByRole('checkbox', { name: '손으로 빚은 머그컵 고르기' }).check()
  await page().getByRole('checkbox', { name: '제주 녹차 티백 고르기' }).check()
  await page().waitForURL(/pick=mug%2Ctea/)
  await page().getByRole('button', { name: '이 상품들로 캠페인 만들기' }).click()
  const dialog = page().getByRole('dialog', { name: '이 상품들로 캠페인 만들기' })
  await dialog
    .getByText(/지금 한 주에 20명이 들어와요. 지금 속도면 \d+주, 대조군을 50 %로 하면 \d+주/)
    .waitFor()
  await dialog.getByRole('radio', { name: /^50 % · \d+주/ }).check()
  expect(await hindrances(page())).toEqual([])
  await dialog.getByRole('button', { name: '초안 만들기' }).click()
  await page().waitForURL(/\/campaigns\/\d+/)
  const id = /campaigns\/(\d+)/.exec(page().url())?.[1]
  const made = await page().request.get(`${shop.origin}/api/campaigns/${id}`)
  const { draft, name } = (await made.json()) as {
    readonly name: string
    readonly draft: Readonly<Record<string, unknown>>
  }
  expect(name).toBe('첫 구매 추천: 손으로 빚은 머그컵, 제주 녹차 티백')
  expect(draft).toMatchObject({
    trigger: { kind: 'page' },
    holdoutShare: 0.5,
    goal: { event: 'Order Completed', metric: 'orders', windowHours: 2160 },
    steps: [
      {
        content: {
          channel: 'onsite',
          form: 'slide',
          order: 'random_person',
          recommend: { strategy: 'chosen', products: ['mug', 'tea'] },
        },
      },
    ],
  })
  // The editor names what was chosen, and says which of it the shop no longer has.
  const picked = page().getByRole('list', { name: '고른 상품' }).getByRole('listitem')
  await expect
    .poll(() => picked.allTextContents())
    .toEqual([
      expect.stringMatching(/^손으로 빚은 머그컵mug$/),
      expect.stringMatching(/^제주 녹차 티백tea$/),
    ])
  await page().getByRole('button', { name: '제주 녹차 티백 빼기' }).click()
  await expect.poll(() => picked.count()).toBe(1)
  const [step] = draft.steps as { readonly content: { readonly recommend: object } }[]
  const recommend = { ...step?.content.recommend, products: ['mug', 'gone'] }
  const steps = [{ ...step, content: { ...step?.content, recommend } }]
  await page().request.patch(`${shop.origin}/api/campaigns/${id}`, {
    headers: { 'x-danggol-csrf': '1' },
    data: { draft: { ...draft, steps } },
  })
  await page().reload()
  await picked.nth(1).getByText('상품 목록에 없어요. 이 상품은 나오지 않아요.').waitFor()
  expect(await picked.nth(1).textContent()).toContain('gone')
  expect(shop.broken).toEqual([])
})
