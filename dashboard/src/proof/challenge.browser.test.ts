import { afterAll, beforeAll, expect, test } from 'vitest'
import { cartMailCampaign, hindrances, openShop, tooWide } from '../app/opened-shop.contract.ts'

// A campaign told as hypothesis, data and result: before the start, and by a link to strangers.
let shop: Awaited<ReturnType<typeof openShop>>
let campaign = 0

beforeAll(async () => {
  shop = await openShop('challenge')
  await shop.tell([
    ['d1', 'Product Added', { product_id: 'mug', name: '머그컵', price: 12_000 }, 'kim'],
  ])
  campaign = Number(await cartMailCampaign(shop))
})
afterAll(() => shop?.close())

test('the notes become a proposal, its link opens without signing in, and closes', async () => {
  const { page, origin } = shop
  await page.goto(`${origin}/campaigns/${campaign}`)
  await page.getByRole('link', { name: '가설 노트 적기' }).click()
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
  expect(await tooWide(page)).toBe(0)
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

test('a share is held out of all advertising with its price told, and the learning is switched on at the start', async () => {
  const { page, origin } = shop
  const sender = {
    legalName: '온샵 주식회사',
    fromEmail: 'hello@shop.example',
    contactEmail: 'help@shop.example',
    phone: '02-1234-5678',
    address: '서울특별시 중구 세종대로 110',
  }
  await page.request.patch(`${origin}/api/shop`, {
    headers: { 'x-danggol-csrf': '1' },
    data: { name: '온샵', url: 'https://shop.example', sender },
  })
  await page.goto(`${origin}/settings/limits`)
  const share = page.getByLabel('모든 광고를 받지 않는 대조군')
  await share.fill('5')
  await page.getByText(/광고 대상이었던 .*가운데 약 .*이 광고를 받지 않게 돼요/).waitFor()
  expect(await hindrances(page)).toEqual([])
  await page.goto(`${origin}/campaigns/${campaign}/challenge`)
  await page.getByRole('link', { name: '캠페인 초안' }).click()
  await page.getByText('캠페인을 켜면 이대로 고정돼요.').waitFor()
  await page.getByRole('button', { name: '캠페인 켜기' }).click()
  const dialog = page.getByRole('dialog')
  // It can be switched on once what is needed is counted.
  await expect.poll(() => dialog.getByLabel('배우는 기간 두기').isEnabled()).toBe(true)
  await dialog.getByLabel('배우는 기간 두기').check({ force: true })
  await dialog.getByText(/그때까지 약 600명에게 보내지 않고, 그 뒤에는 10 %만 남겨요/).waitFor()
  expect(await hindrances(page)).toEqual([])
  await page.setViewportSize({ width: 390, height: 844 })
  expect(await tooWide(page)).toBe(0)
  await page.setViewportSize({ width: 1440, height: 900 })
})
