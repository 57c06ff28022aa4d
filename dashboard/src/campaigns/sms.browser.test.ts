/// <reference types="node" />
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cartMailCampaign, hindrances, openShop, tooWide } from '../app/opened-shop.contract.ts'

// A marketer writes a text message: bytes as they type, what cannot be sent, the phone, a test to their own number.
let shop: Awaited<ReturnType<typeof openShop>>

beforeAll(async () => {
  shop = await openShop('sms')
  const { page, origin } = shop
  const headers = { 'x-danggol-csrf': '1' }
  const change = { name: '온샵', url: 'https://onshop.kr' }
  await page.request.patch(`${origin}/api/shop`, { headers, data: change })
  const links = { host: 'onsh.kr', expiryDays: 90, utm: true }
  await page.request.put(`${origin}/api/shop/links`, { headers, data: links })
  const id = await cartMailCampaign(shop)
  await page.goto(`${origin}/campaigns/${id}`)
  await page.getByText('문자', { exact: true }).click()
})
afterAll(() => shop?.close())

const written = () => shop.page.getByLabel('문자 내용')

test('without an 080 number the law’s line of the checklist says so, by its article', async () => {
  const { page, origin } = shop
  await page.getByText('무료수신거부 080 번호가 없어요').first().waitFor()
  expect(await page.getByRole('button', { name: '캠페인 켜기' }).isDisabled()).toBe(true)
  await page.request.put(`${origin}/api/shop/text`, {
    headers: { 'x-danggol-csrf': '1' },
    data: { provider: null, optOutNumber: '080-123-4567' },
  })
})

test('what cannot be sent is pointed at while one types and replaced by one button', async () => {
  const { page } = shop
  await written().fill('{{ customer.name | nim }} 🎉 ₩5,000 – 오늘까지 {{ cart.url }}')
  await page.getByText('문자로 보낼 수 없는 글자가 있어요').first().waitFor()
  await page
    .getByText(/'₩' 글자는 문자로 보낼 수 없어요\. '원'으로 바꿔 주세요/)
    .first()
    .waitFor()
  await page.getByRole('button', { name: '한 번에 바꾸기' }).click()
  await expect
    .poll(() => written().inputValue())
    .toBe('{{ customer.name | nim }} 5,000원 - 오늘까지 {{ cart.url }}')
  await page.getByText('문자로 보낼 수 없는 글자가 있어요').first().waitFor({ state: 'hidden' })
})

test('the phone shows the label first, a short link, and the way out last; 90 bytes part short from long', async () => {
  const { page } = shop
  const phone = page.getByRole('region', { name: '휴대폰에 온 문자' })
  await phone.getByText('(광고)온샵').first().waitFor()
  await phone.getByText('onsh.kr/Ab3dE7x').waitFor()
  await phone.getByText('무료수신거부 080-123-4567').waitFor()
  await page.getByText('SMS', { exact: true }).waitFor()
  await written().fill('가'.repeat(60))
  await page.getByText('LMS', { exact: true }).waitFor()
  await page.getByText(/줄이면 짧은 문자\(SMS\)가 돼요/).waitFor()
  await page.getByText(/LMS · 1\d\d바이트/).waitFor()
  expect(await hindrances(page)).toEqual([])
})

test('a test goes to the number typed in and lies in the inbox as it would arrive', async () => {
  const { page, origin } = shop
  await written().fill('{{ customer.name | nim }} 담아두신 상품이 기다려요')
  await page.getByRole('button', { name: '시험 발송', exact: true }).click()
  await page.getByLabel('내 휴대폰 번호').fill('010-1234-5678')
  await page.keyboard.press('Enter')
  await page.getByText('테스트 수신함으로 보냈어요').waitFor()
  await page.goto(`${origin}/inbox`)
  await page
    .getByText(/^\(광고\)(\[테스트\])?온샵 김하늘님 담아두신 상품이 기다려요/)
    .first()
    .waitFor()
})

test('the settings say how links look, also on a small screen', async () => {
  const { page, origin } = shop
  await page.setViewportSize({ width: 390, height: 844 })
  await page.goto(`${origin}/settings/links`)
  await page.getByText('지금은 onsh.kr/Ab3dE7x 처럼 보여요 (15바이트).').waitFor()
  await page.getByLabel('짧은 도메인').fill('this-host-is-too-long.kr')
  await page.getByText('도메인 이름만 14바이트까지 적어 주세요').waitFor()
  expect(await tooWide(page)).toBe(0)
  expect(await hindrances(page)).toEqual([])
  expect(shop.broken).toEqual([])
})
