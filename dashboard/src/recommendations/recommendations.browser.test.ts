/// <reference types="node" />
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import {
  cartMailCampaign,
  type Deed,
  hindrances,
  openShop,
  tooWide,
} from '../app/opened-shop.contract.ts'

// A marketer sees what recommendations rest on, looks through a customer's eyes, and puts them into a mail.
let shop: Awaited<ReturnType<typeof openShop>>
let page: Page

const product = (name: string, price: number) => ({
  product_id: name,
  name,
  price,
  category: '주방',
  url: `https://shop.example/${name}`,
})
const pot = product('냄비', 30_000)
const pan = product('프라이팬', 20_000)
const apron = product('앞치마', 10_000)

beforeAll(async () => {
  shop = await openShop('recommendations')
  page = shop.page
  const visitors = Array.from({ length: 8 }, (_, at) => `v${at}`)
  await shop.tell([
    ...visitors.flatMap((visitor): readonly Deed[] =>
      (visitor < 'v6' ? [pot, pan] : [apron]).map((one) => [visitor, 'Product Viewed', one]),
    ),
    // Looked at the pot alone: the pan is what goes with it.
    ['v8', 'Product Viewed', pot, 'member8'],
    ['v8', 'Visit Seen', {}, 'member8'],
  ])
  await page.request.post(`${shop.origin}/api/recommendations/count`, {
    headers: { 'x-danggol-csrf': '1' },
    data: {},
  })
})
afterAll(() => shop?.close())

const shots = process.env.DANGGOL_SHOTS
const shot = async (name: string) => {
  if (shots === undefined) return
  mkdirSync(shots, { recursive: true })
  await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true })
}

async function choose(label: string, option: string) {
  await page.getByRole('combobox', { name: label }).first().click()
  await page.getByRole('option', { name: option, exact: true }).click()
}

test('each way shows what it rests on, and what it gives a chosen customer with the reason', async () => {
  await page.goto(`${shop.origin}/recommendations`)
  await page.getByRole('heading', { name: '추천', exact: true }).waitFor()
  await choose('추천 방식', '함께 본 상품')
  // Counted by the worker within seconds; the page asks again when it is opened.
  await expect
    .poll(
      async () => {
        await page.reload()
        await choose('추천 방식', '함께 본 상품')
        const pairs = page.getByText(/^[67] 중 6$/)
        await pairs
          .first()
          .waitFor({ timeout: 3_000 })
          .catch(() => undefined)
        return await pairs.count()
      },
      { timeout: 60_000, interval: 1_000 },
    )
    .toBe(2)
  await page.getByRole('combobox', { name: '고객', exact: true }).fill('member8')
  await expect.poll(() => page.getByRole('option').count()).toBe(1)
  await page.getByRole('option').click()
  await page.getByText('상품을 본 방문 7번 중 6번').first().waitFor()
  await shot('recommendations')
  expect(await hindrances(page)).toEqual([])
  await page.setViewportSize({ width: 390, height: 844 })
  await shot('recommendations-phone')
  expect(await tooWide(page)).toBe(0)
  await page.setViewportSize({ width: 1440, height: 900 })
  expect(shop.broken).toEqual([])
})

test('a mail that shows recommended products brings a recipe of its own', async () => {
  const id = await cartMailCampaign(shop)
  await page.goto(`${shop.origin}/campaigns/${id}`)
  await page.getByRole('button', { name: '블록 추가하기' }).click()
  await page.getByRole('menuitem', { name: '상품' }).click()
  await choose('보여줄 상품', '추천 상품')
  await page.getByRole('switch', { name: '추천 상품 넣기' }).waitFor()
  expect(await page.getByRole('switch', { name: '추천 상품 넣기' }).isChecked()).toBe(true)
  await page.getByRole('combobox', { name: '추천 방식' }).waitFor()
  await shot('recommendations-mail')
  expect(await hindrances(page)).toEqual([])
  expect(shop.broken).toEqual([])
})
