/// <reference types="node" />
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cartMailCampaign, hindrances, openShop, tooWide } from '../app/opened-shop.contract.ts'

let shop: Awaited<ReturnType<typeof openShop>>

beforeAll(async () => {
  shop = await openShop('kakao')
  const { page, origin } = shop
  const headers = { 'x-danggol-csrf': '1' }
  const sender = { phone: '02-123-4567', fromEmail: 'hello@shop.example' }
  await page.request.patch(`${origin}/api/shop`, {
    headers,
    data: { name: '온샵', url: 'https://shop.example', sender },
  })
  const id = await cartMailCampaign(shop)
  await page.goto(`${origin}/campaigns/${id}`)
  await page.getByText('카카오톡', { exact: true }).click()
})
afterAll(() => shop?.close())

test('what Kakao would refuse of a Brand Message is said beside its field while one writes', async () => {
  const { page } = shop
  await page.getByText('와이드', { exact: true }).click()
  await page.getByText('그림을 올려 주세요.').first().waitFor()
  await page.getByLabel('본문').fill('가'.repeat(70))
  await page
    .getByText(/76자까지예요\. 지금 9\d자예요/)
    .first()
    .waitFor()
  await page.getByText('텍스트', { exact: true }).click()
  await page.getByLabel('본문').fill('{{ customer.name | nim }}, 담아두신 상품이 기다려요')
  await page.getByRole('button', { name: '버튼 넣기' }).click()
  await page.getByLabel('버튼 1 이름').fill('열네 글자보다 훨씬 긴 버튼 이름')
  await page.getByText('버튼 이름은 한 줄로 1~14자예요').first().waitFor()
  await page.getByLabel('버튼 1 이름').fill('장바구니 보기')
  await page.getByText('쿠폰 보여주기').click()
  await page.getByLabel('할인 금액이나 이름').fill('0')
  const refused = page.getByText('쿠폰 제목은 카카오가 정한 다섯 가지 꼴만')
  // Beside its field at once, and in the checklist when the server has looked too.
  await refused.first().waitFor()
  await page.getByLabel('할인 금액이나 이름').fill('5,000')
  await refused.first().waitFor({ state: 'hidden' })
})

test('the chat shows it as the reader gets it: (광고) first, the way out last', async () => {
  const { page } = shop
  const chat = page.getByRole('figure', { name: '카카오톡에서 보이는 모습' })
  await chat.getByText('(광고) 김하늘님, 담아두신 상품이 기다려요').waitFor()
  await chat.getByText('수신거부: 홈 > 채널차단').waitFor()
  await chat.getByText('5000원 할인 쿠폰').waitFor()
  await page.getByText('어두운 채팅방').click()
  expect(await hindrances(page)).toEqual([])
})

test('an advertising campaign is not written as Alimtalk, and is told where it belongs', async () => {
  const { page } = shop
  await page.getByText('알림톡', { exact: true }).first().click()
  await page.getByText('이 캠페인은 광고성이라서 알림톡으로 보낼 수 없어요').waitFor()
  await page.getByRole('combobox', { name: '템플릿' }).click()
  await page.getByRole('option', { name: '[연습] 주문 완료' }).click()
  await page.getByLabel('#{주문번호}').fill('A-1')
  await page.getByRole('button', { name: '브랜드 메시지로 쓰기' }).click()
  expect(await page.getByLabel('본문').inputValue()).toContain('담아두신 상품이')
})

test('the settings list the templates with a phone of each, also on a small screen', async () => {
  const { page, origin } = shop
  await page.goto(`${origin}/settings/kakao`)
  await page.getByRole('button', { name: /배송 출발/ }).click()
  await page.getByText('배송이 시작됐어요').waitFor()
  await page.setViewportSize({ width: 390, height: 844 })
  expect(await hindrances(page)).toEqual([])
  expect(await tooWide(page)).toBe(0)
  expect(shop.broken).toEqual([])
})

test('an account whose channels cannot be read is not called connected', async () => {
  const { page } = shop
  const account = { provider: 'solapi', apiKey: 'NCSWRONG', profile: '', profileName: '' }
  const stored = { ...account, alimtalkWon: 0, brandWon: 0, hook: '/hooks/solapi/1' }
  const error = 'Solapi: InvalidAPIKey 인증에 실패했습니다.'
  const read = { readAt: null, error, isPractice: false, profiles: [], templates: [] }
  await page.route('**/api/shop/kakao', (route) => route.fulfill({ json: stored }))
  await page.route('**/api/kakao/templates', (route) => route.fulfill({ json: read }))
  await page.reload()
  await page.getByText('연결에 문제가 있어요').waitFor()
  await page.getByText('솔라피: API Key나 API Secret이 맞지 않아요').waitFor()
  await page.locator('input[type=password]').fill('another-secret')
  await page.getByRole('button', { name: '이 계정으로 보내기' }).click()
  await page.getByText('채널과 템플릿을 불러오지 못했어요').waitFor()
})
