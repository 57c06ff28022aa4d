/// <reference types="node" />
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hindrances, openShop, tooWide } from '../app/opened-shop.contract.ts'

let shop: Awaited<ReturnType<typeof openShop>>
/** What the provider would say; nothing leaves this machine. */
const told = { works: true, detail: null, senders: ['0212345678', '15441234'] }

beforeAll(async () => {
  shop = await openShop('text')
  await shop.page.route('**/api/shop/text/check', (route) => route.fulfill({ json: told }))
  await shop.page.goto(`${shop.origin}/settings/text`)
})
afterAll(() => shop?.close())

test('a shop without an account reads what to do at the provider it chooses', async () => {
  const { page } = shop
  await page.getByText('테스트 수신함으로 보내요').waitFor()
  await page.getByText('NHN Cloud', { exact: true }).click()
  await page.getByText('URL & Appkey에서 앱키와 비밀 키를').waitFor()
  await page.getByText('알리고', { exact: true }).click()
  await page.getByText('이 서버의 IP 주소를').waitFor()
  await page.getByText('솔라피', { exact: true }).click()
  await page.getByText('API Key 관리에서 새 키를').waitFor()
  expect(await hindrances(page)).toEqual([])
})

test('with the keys stored the registered numbers are there to choose from', async () => {
  const { page } = shop
  await page.getByLabel('API Key', { exact: true }).fill('NCSAKEY0001')
  await page.locator('input[type=password]').first().fill('secret-secret-secret')
  await page.getByRole('button', { name: '이 계정으로 보내기' }).click()
  await page.getByText('연결했어요. 등록된 발신번호와 잔액을 가져왔어요.').waitFor()
  await page.getByRole('combobox', { name: '발신번호' }).click()
  await page.getByRole('option', { name: '02-1234-5678' }).waitFor()
  await page.getByRole('option', { name: '1544-1234' }).waitFor()
  await page.keyboard.press('Escape')
  const stored = await (await page.request.get(`${shop.origin}/api/shop/text`)).json()
  expect(stored).toMatchObject({ provider: 'solapi', account: 'NCSAKEY0001', hasSecret: true })
  expect(JSON.stringify(stored)).not.toContain('secret-secret')
})

test('the numbers are asked for by whoever opens the list later', async () => {
  const { page } = shop
  await page.reload()
  await page.getByRole('combobox', { name: '발신번호' }).click()
  await page.getByRole('option', { name: '1544-1234' }).waitFor()
  await page.keyboard.press('Escape')
})

test('the 080 number is one that begins with 080, said beside the field', async () => {
  const { page } = shop
  const field = page.getByLabel('080 무료 수신거부 번호')
  await field.fill('070-123-4567')
  await page.getByRole('button', { name: '저장하기' }).first().click()
  await page.getByText('080으로 시작하는 번호를 적어 주세요').waitFor()
  await field.fill('080-123-4567')
  await page.keyboard.press('Enter')
  await page.getByText('저장했어요.').waitFor()
  await page.getByText('080으로 시작하는 번호를 적어 주세요').waitFor({ state: 'hidden' })
})

test('prices and the certification are kept, with who looked it up', async () => {
  const { page } = shop
  await page.getByLabel('단문(SMS) 1통').fill('18')
  await page.getByRole('button', { name: '저장하기' }).nth(1).click()
  const stored = async () => {
    const answer = await page.request.get(`${shop.origin}/api/shop/text`)
    return (await answer.json()) as { smsWon: number; certified: { by: string } | null }
  }
  await expect.poll(async () => (await stored()).smsWon).toBe(18)
  await page.getByLabel('대행사의 전송자격인증을 확인했어요').click()
  await expect.poll(async () => (await stored()).certified?.by).toMatch(/^member:/)
})

test('it holds together on a phone, in both languages, and in the dark', async () => {
  const { page } = shop
  await page.setViewportSize({ width: 390, height: 844 })
  expect(await tooWide(page)).toBe(0)
  expect(await hindrances(page)).toEqual([])
  await page.getByRole('button', { name: 'English' }).click()
  await page.getByText('Sending texts').waitFor()
  expect(await tooWide(page)).toBe(0)
  await page.evaluate(() =>
    document.documentElement.setAttribute('data-mantine-color-scheme', 'dark'),
  )
  expect(await hindrances(page)).toEqual([])
  expect(shop.broken).toEqual([])
})

test('little money for texts is said on the first page of the morning', async () => {
  const { page, origin } = shop
  // A shop that has seen nobody yet begins with its first steps.
  await shop.tell([['anyone', 'Product Viewed', { product_id: 'p1' }]])
  const known = await (await page.request.get(`${origin}/api/shop/text`)).json()
  const at = Date.now()
  const state = {
    askedAt: at,
    answeredAt: at,
    error: null,
    balanceWon: 8_420,
    isLow: true,
    optOuts: 3,
  }
  await page.route('**/api/shop/text', (route) => route.fulfill({ json: { ...known, state } }))
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.goto(`${origin}/`)
  await page.getByRole('button', { name: '한국어' }).click()
  await page.getByText('문자 잔액이 8,420원 남았어요').waitFor()
  expect(await hindrances(page)).toEqual([])
  await page.getByRole('link', { name: '문자 설정 열기' }).click()
  await page.getByText('잔액이 얼마 남지 않았어요').waitFor()
})
