/// <reference types="node" />
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hindrances, openShop } from '../../app/opened-shop.contract.ts'

// The slide that recommends first products, from its playbook to live, in Chromium against the whole server.
let shop: Awaited<ReturnType<typeof openShop>>
beforeAll(async () => {
  shop = await openShop('onsite')
  await shop.page.request.patch(`${shop.origin}/api/shop`, {
    headers: { 'x-danggol-csrf': '1' },
    data: { url: 'https://shop.example' },
  })
}, 120_000)
afterAll(() => shop?.close())

const seen = () => shop.page.frameLocator('iframe[title="상점 화면에서 보이는 모습"]')

test('its draft is seen as the page will show it, and a change is seen too', async () => {
  const { page, origin } = shop
  await page.goto(`${origin}/playbooks`)
  await page
    .getByRole('button', { name: '이 시나리오로 초안 만들기: 첫 구매 추천 팝업', exact: true })
    .click()
  await page.waitForURL(/\/campaigns\/\d+$/)
  await seen().getByRole('heading', { name: '처음이라면 이 상품부터 써 보세요' }).waitFor()
  await seen().getByText('1 / 3').waitFor()
  await page.getByLabel('글', { exact: true }).first().fill('먼저 이것부터 써 보세요')
  await seen().getByRole('heading', { name: '먼저 이것부터 써 보세요' }).waitFor()
  await page.getByRole('radio', { name: '바텀 시트' }).check({ force: true })
  await seen().locator('section.sheet').waitFor()
  expect(await hindrances(page)).toEqual([])
})

test('it goes live without a word of consent or of the night', async () => {
  const { page } = shop
  await page.getByText('상점의 화면에서만 보여주고 아무것도 보내지 않아요').waitFor()
  await page.getByRole('button', { name: '캠페인 켜기' }).click()
  await page.getByText('상점의 화면에서만 보여줘서 수신 동의와 상관없어요').waitFor()
  await page.getByRole('button', { name: '지금부터 보내기' }).click()
  await page.getByText('켰어요. 조건에 맞는 고객부터 들어와요.').waitFor()
  expect(shop.broken).toEqual([])
})
