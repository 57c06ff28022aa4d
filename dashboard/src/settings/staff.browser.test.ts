/// <reference types="node" />
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cartMailCampaign, hindrances, openShop, tooWide } from '../app/opened-shop.contract.ts'

// Who is no customer of the shop, who receives drafts as one, and who hears of it in the morning.
let shop: Awaited<ReturnType<typeof openShop>>

beforeAll(async () => {
  shop = await openShop('staff')
  await shop.tell([
    ['d1', 'Product Added', { product_id: 'mug', name: '머그컵', price: 12_000 }, 'kim'],
  ])
})
afterAll(() => shop?.close())

test('a test group is made, staff are listed, and what would empty the shop is refused', async () => {
  const { page, origin } = shop
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto(`${origin}/settings/staff`)
  await page.getByLabel('이메일, 휴대폰 번호, 회사 도메인').fill('naver.com')
  await page.getByLabel('누구인가요').fill('직원')
  await page.keyboard.press('Enter')
  await page.getByText('naver.com처럼 누구나 쓰는 도메인은').waitFor()
  await page.getByLabel('이메일, 휴대폰 번호, 회사 도메인').fill('oursh.op.kr')
  await page.keyboard.press('Enter')
  await page.getByText('@oursh.op.kr').waitFor()
  await page.getByLabel('그룹 이름').fill('마케팅팀')
  await page.keyboard.press('Enter')
  const group = page.getByRole('region', { name: '마케팅팀' })
  await group.getByLabel('이름').fill('박 팀장')
  await group.getByLabel('이메일').fill('park@oursh.op.kr')
  await page.keyboard.press('Enter')
  await group.getByText('p***@oursh.op.kr').waitFor()
  expect(await tooWide(page)).toBe(0)
  expect(await hindrances(page)).toEqual([])
})

test('a customer is marked as staff and counts again by one button', async () => {
  const { page, origin } = shop
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.goto(`${origin}/customers`)
  await page.getByRole('table').getByRole('link').first().click()
  await page.getByRole('button', { name: '내부 직원으로 표시하기' }).click()
  await page.getByText('내부 직원', { exact: true }).waitFor()
  await page.getByRole('button', { name: '내부 직원 표시 풀기' }).click()
  await page.getByText('내부 직원', { exact: true }).waitFor({ state: 'hidden' })
})

test('the team’s morning message is tried once and arrives where it was sent to', async () => {
  const { page, origin } = shop
  await page.goto(`${origin}/settings/morning`)
  await page.getByRole('heading', { name: /아침 소식 · / }).waitFor()
  await page.getByRole('combobox', { name: '받을 메일 주소' }).fill('boss@onshop.kr')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: '이렇게 받기' }).click()
  await page.getByText('저장했어요. 다음 소식은').first().waitFor()
  await page.getByRole('button', { name: '지금 한 번 보내보기' }).click()
  await page.getByText('boss@onshop.kr: 보냈어요.').waitFor()
  expect(await hindrances(page)).toEqual([])
  await page.goto(`${origin}/inbox`)
  await page
    .getByText(/아침 소식 · /)
    .first()
    .waitFor()
})

test('a group gets the draft as a chosen customer would, marked as a test', async () => {
  const { page, origin } = shop
  const headers = { 'x-danggol-csrf': '1' }
  const sender = {
    legalName: '온샵 주식회사',
    fromEmail: 'hello@shop.example',
    contactEmail: 'help@shop.example',
    phone: '02-1234-5678',
    address: '서울특별시 중구 세종대로 110',
  }
  const data = { name: '온샵', url: 'https://onshop.kr', sender }
  await page.request.patch(`${origin}/api/shop`, { headers, data })
  const id = await cartMailCampaign(shop)
  await page.goto(`${origin}/campaigns/${id}`)
  await page.getByRole('button', { name: '시험 발송', exact: true }).click()
  await page.getByRole('combobox', { name: '받는 사람' }).click()
  await page.getByRole('option', { name: '마케팅팀 (1명)' }).click()
  await page.getByRole('combobox', { name: '어느 고객으로 볼까요' }).click()
  await page.getByRole('option').first().click()
  await page.getByText('이 고객의 이름과 담은 상품이 받는 직원에게 보여요').waitFor()
  await page.getByRole('button', { name: '시험 발송하기' }).click()
  await page.getByText('테스트 수신함으로 보냈어요').waitFor()
  expect(await hindrances(page)).toEqual([])
  await page.goto(`${origin}/inbox`)
  await page
    .getByText(/\(광고\) \[테스트\] .*머그컵/)
    .first()
    .waitFor()
  expect(shop.broken).toEqual([])
})
