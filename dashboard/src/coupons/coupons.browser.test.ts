/// <reference types="node" />
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hindrances, openShop } from '../app/opened-shop.contract.ts'

// A marketer makes a coupon: it says itself in a sentence with its cost, and a percentage is not made without its most.
let shop: Awaited<ReturnType<typeof openShop>>
let page: Page

beforeAll(async () => {
  shop = await openShop('coupons')
  page = shop.page
})
afterAll(() => shop?.close())

const shots = process.env.DANGGOL_SHOTS
const shot = async (name: string) => {
  if (shots === undefined) return
  mkdirSync(shots, { recursive: true })
  await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true })
}
const button = (name: string) => page.getByRole('button', { name })

test('a coupon is said in a sentence with its cost while it is made, and its codes are brought as a list', async () => {
  await page.goto(`${shop.origin}/coupons`)
  await page.getByText('아직 쿠폰이 없어요').waitFor()
  await shot('coupons-empty')
  await page.getByRole('link', { name: '쿠폰 만들기' }).first().click()
  await page.getByText('5,000원 할인, 3만원 이상 주문, 발급 후 48시간, 1인 90일에 1번').waitFor()
  await page.getByText('1,000명이 모두 쓰면 많아야 5,000,000원이 들어요.').waitFor()
  await page.getByLabel('쿠폰 이름').fill('가을 쿠폰')
  await page.getByText('비율 할인', { exact: true }).click()
  await button('쿠폰 만들기').click()
  await page.getByText('비율 할인에는 최대 금액이 필요해요.').waitFor()
  expect(await hindrances(page)).toEqual([])
  await page.getByLabel('최대 할인 금액').fill('3000')
  await page.getByLabel('쇼핑몰에서 만든 번호를 올려요').check()
  await page.getByLabel('쿠폰 번호 목록').fill('쿠폰번호\nAUTUMN-1\nAUTUMN-2')
  await page.getByText('한 장에 많아야 3,000원이 들어요.').waitFor()
  await page.getByLabel('첫 주문에만').check({ force: true })
  await page.getByRole('combobox', { name: '쓸 수 있는 분류' }).fill('의류/니트')
  await page.keyboard.press('Enter')
  await page.getByText('3만원 이상 주문, 첫 주문에만, 니트 상품에만, 발급 후 48시간').waitFor()
  await shot('coupons-new')
  await button('쿠폰 만들기').click()
  await page.getByRole('heading', { name: '가을 쿠폰' }).waitFor()
  await page.getByLabel('한 줄에 하나씩').fill('autumn-2\nAUTUMN-3\n가을')
  await button('번호 올리기').click()
  await page.getByText('1개를 올렸어요. 1개는 이미 있어요.').waitFor()
  await page.getByText('3번째 줄 “가을”').waitFor()
  await page.getByText('아직 받은 고객이 없어요').waitFor()
  await shot('coupons-one')
  expect(await hindrances(page)).toEqual([])
  await page.goto(`${shop.origin}/coupons`)
  await page.getByText('3 / 3').waitFor()
  await shot('coupons-list')
  expect(shop.broken).toEqual([])
})
