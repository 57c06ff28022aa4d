import { afterAll, beforeAll, expect, test } from 'vitest'
import { cartMailCampaign, hindrances, openShop } from '../app/opened-shop.contract.ts'

// A campaign told as hypothesis, data and result: before the start, and by a link to strangers.
let shop: Awaited<ReturnType<typeof openShop>>
let campaign = 0

beforeAll(async () => {
  shop = await openShop('challenge')
  await shop.tell([
    ['d1', 'Product Added', { product_id: 'mug', name: '머그컵', price: 12_000 }, 'kim'],
  ])
  campaign = Number(await cartMailCampaign(shop))
}, 120_000)
afterAll(() => shop?.close())

test('the notes become a proposal, its link opens without signing in, and closes', async () => {
  const { page, origin } = shop
  await page.goto(`${origin}/campaigns/${campaign}/challenge`)
  await page.getByLabel('1. 나의 쇼핑 경험').fill('장바구니에 담고 잊어버린 적이 많았어요.')
  await page.getByLabel('2. 가설').fill('한 시간 뒤에 알려주면 더 많이 주문해요.')
  await page.getByLabel('목표: 대조군보다 얼마나 높게 (%p)').fill('2')
  await page.getByLabel('담당자').fill('정다은')
  await page.getByRole('button', { name: '노트 저장하기' }).click()
  const shown = page.frameLocator('iframe')
  await shown.getByText('한 시간 뒤에 알려주면').waitFor()
  await shown.getByText('대조군보다 +2%p').waitFor()
  await page.getByText('담당자: 정다은').waitFor()
  await page.getByRole('button', { name: '공개 링크 만들기' }).click()
  const link = (await page.getByText('/r/').textContent()) ?? ''
  expect(await hindrances(page)).toEqual([])
  await page.setViewportSize({ width: 390, height: 844 })
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  await page.setViewportSize({ width: 1440, height: 900 })
  const { pathname } = new URL(link)
  const stranger = await page.context().browser()?.newContext()
  const theirs = await stranger?.newPage()
  await theirs?.goto(`${origin}${pathname}`)
  await theirs?.getByText('한 시간 뒤에 알려주면').waitFor()
  expect(await theirs?.getByText('정다은').count()).toBe(0)
  await page.getByRole('button', { name: '링크 닫기' }).click()
  await page.getByRole('button', { name: '공개 링크 만들기' }).waitFor()
  await theirs?.reload()
  await theirs?.getByText('링크는 닫혔거나').waitFor()
  await stranger?.close()
  expect(shop.broken).toEqual([])
})
