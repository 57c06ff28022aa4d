/// <reference types="node" />
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hindrances, openShop } from '../app/opened-shop.contract.ts'

// A marketer brings the file made for Naver, sees what was understood, takes it, and marks a product; hostile names stay names.
let shop: Awaited<ReturnType<typeof openShop>>
let page: Page

beforeAll(async () => {
  shop = await openShop('products')
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

const hostile = '"><img src=x onerror=window.ran=1>'
const rows = [
  ['id', 'title', 'price_pc', 'normal_price', 'link', 'image_link', 'category_name1', 'shipping'],
  [
    'mug',
    '아주 조용한 아침을 위한 손으로 빚은 백자 머그컵 선물 세트',
    '18000',
    '24000',
    'https://shop.example/mug',
    '',
    '주방',
    '0',
  ],
  [
    'pill',
    '가벼운 하루 비타민',
    '9000',
    '9000',
    'https://shop.example/pill',
    '',
    '건강식품',
    '2500',
  ],
  [
    hostile,
    `{{ 7 | times: 7 }}<script>window.ran=1</script>셔츠 ${hostile}`,
    '1000',
    '',
    'javascript:window.ran=1',
    'javascript:window.ran=1',
    hostile,
    '',
  ],
  ['odd', '값 없는 상품', '문의', '', '', '', '', ''],
]
const file = {
  name: 'ep.txt',
  mimeType: 'text/plain',
  buffer: Buffer.from(rows.map((row) => row.join('\t')).join('\n')),
}

test('a file of products is understood before it is taken, and what it says is on the page and runs nothing', async () => {
  await page.goto(`${shop.origin}/products`)
  await page.getByText('아직 상품이 없어요').waitFor()
  await shot('products-empty')
  expect(await hindrances(page)).toEqual([])
  await page.getByRole('link', { name: '상품 가져오기' }).first().click()
  await page.getByText('아직 피드가 없어요').waitFor()
  await button('피드 추가하기').first().click()
  await page.getByText('파일 올리기').click()
  await page.getByLabel('이름').fill('네이버쇼핑 EP')
  await page.setInputFiles('input[type=file]', file)
  await button('무엇을 알아듣는지 보기').click()
  await page.getByText('네이버쇼핑 EP로 읽었어요. 앞의 4개를 보았고').waitFor()
  await page.getByText('4번째 줄 odd: 가격을 읽을 수 없어요').waitFor()
  await page.getByText('열을 직접 고르기').click()
  await page.getByRole('combobox', { name: '배송', exact: true }).click()
  await page.getByRole('option', { name: 'shipping' }).click()
  await page.getByText('배송 ← shipping').waitFor()
  await page.getByText('0 · 2500').first().waitFor()
  await shot('feeds-preview')
  expect(await hindrances(page)).toEqual([])
  await button('이대로 가져오기').click()
  await page.getByText('상품 3개 중 3개가 새롭거나 바뀌었어요. 1줄은 받지 못했어요.').waitFor()
  await shot('feeds-taken')
  expect(await hindrances(page)).toEqual([])

  await page.goto(`${shop.origin}/products`)
  await page.getByText('아주 조용한 아침을').waitFor()
  await page.getByText('18,000원').waitFor()
  const vitamin = page.getByRole('switch', { name: '가벼운 하루 비타민 민감 상품' })
  expect(await vitamin.isChecked()).toBe(true)
  const mug = page.getByRole('switch', { name: /머그컵 선물 세트 민감 상품/ })
  await mug.focus()
  await page.keyboard.press('Space')
  await expect.poll(() => mug.isChecked()).toBe(true)
  await shot('products-list')
  expect(await hindrances(page)).toEqual([])

  await page.getByText('셔츠').first().click()
  await page.getByText('상품 정보').waitFor()
  await page.getByText('가격과 재고').waitFor()
  await shot('products-one')
  expect(await hindrances(page)).toEqual([])
  expect(await page.locator('a[href^="javascript"], img[src^="javascript"]').count()).toBe(0)
  expect(await page.evaluate(() => 'ran' in window)).toBe(false)
  expect(shop.broken).toEqual([])
})
