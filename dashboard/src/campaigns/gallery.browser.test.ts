/// <reference types="node" />
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hindrances, openShop, tooWide } from '../app/opened-shop.contract.ts'

// From the gallery to a filled draft, in Chromium against the whole server.
let shop: Awaited<ReturnType<typeof openShop>>
beforeAll(async () => {
  shop = await openShop('gallery')
})
afterAll(() => shop?.close())

const page = () => shop.page
const open = async () => {
  await page().goto(`${shop.origin}/playbooks`)
  await page().getByRole('heading', { name: '주문까지 가는 길' }).waitFor()
}
const card = (name: string) =>
  page()
    .getByRole('listitem')
    .filter({ has: page().getByRole('heading', { name, exact: true }) })
const begin = (name: string) =>
  page().getByRole('button', { name: `이 시나리오로 초안 만들기: ${name}`, exact: true })

test('the gallery counts who would enter today', async () => {
  const soap = { product_id: 'soap', name: '쌀겨 비누', price: 9000, quantity: 1 }
  await shop.tell([
    ['a', 'Product Added', soap],
    ['b', 'Product Added', soap],
    ['b', 'Checkout Started', { value: 9000 }],
  ])
  await open()
  await card('장바구니 담은 후 미구매').getByText('2명', { exact: true }).waitFor()
  await card('결제 과정 이탈').getByText('1명', { exact: true }).waitFor()
  await begin('방문 후 가입 미완료').waitFor()
  await card('장바구니 담은 후 미구매').getByText('1시간 기다림').waitFor()
  expect(await hindrances(page())).toEqual([])
})

test('three clicks make a season a filled draft, with its segment', async () => {
  await open()
  await begin('시즈널리티 기념 (명절·데이)').click()
  await page().getByRole('button', { name: '초안 만들기', exact: true }).waitFor()
  await page().getByRole('button', { name: '초안 만들기', exact: true }).click()
  await page().waitForURL(/\/campaigns\/\d+$/)
  await page().getByRole('heading', { name: '켜기 전에' }).waitFor()
  const answer = await page().request.get(`${shop.origin}/api/segments`)
  const { items } = (await answer.json()) as { items: { name: string }[] }
  expect(items.map(({ name }) => name).join()).toMatch(/\d{4}년 .+ 고객/)
})

test('by keyboard: an event is asked for by name and days, and what is wrong stands beside it', async () => {
  await open()
  await begin('특정 기간 상품·이벤트 홍보').focus()
  await page().keyboard.press('Enter')
  await page().getByLabel('이벤트 이름').fill('봄맞이 나들이')
  await page().getByLabel('시작하는 날').fill('2020-03-01')
  await page().getByLabel('끝나는 날').fill('2020-03-02')
  await page().keyboard.press('Enter')
  await page().getByRole('alert').waitFor()
  const day = (ahead: number) =>
    new Date(Date.now() + ahead * 86_400_000).toISOString().slice(0, 10)
  await page().getByLabel('시작하는 날').fill(day(3))
  await page().getByLabel('끝나는 날').fill(day(9))
  await page().keyboard.press('Enter')
  await page().waitForURL(/\/campaigns\/\d+$/)
})

test('nothing is cut off on a phone', async () => {
  await page().setViewportSize({ width: 360, height: 800 })
  await open()
  expect(await tooWide(page())).toBe(0)
})
