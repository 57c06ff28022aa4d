/// <reference types="node" />
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Deed, hindrances, openShop } from '../app/opened-shop.contract.ts'

// A segment taken to another tool and judged, from the empty page on, in Chromium against the whole server.
let shop: Awaited<ReturnType<typeof openShop>>
beforeAll(async () => {
  shop = await openShop('splits')
}, 120_000)
afterAll(() => shop?.close())

const page = () => shop.page
const headers = { 'x-danggol-csrf': '1' }
const mug = { product_id: 'mug', name: '머그컵', price: 12_000, quantity: 1 }

test('the empty page says what it is for and leads to the form', async () => {
  await page().goto(`${shop.origin}/insight/splits`)
  await page().getByRole('heading', { name: '아직 나눈 세그먼트가 없어요' }).waitFor()
  expect(await hindrances(page())).toEqual([])
})

test('a segment becomes two lists that are downloaded, and who got it is told', async () => {
  const deeds: Deed[] = []
  for (let n = 0; n < 60; n++) {
    deeds.push([`device-${n}`, 'Product Viewed', mug, `u${n}`])
    if (n % 3 === 0) {
      const order = { order_id: `o${n}`, currency: 'KRW', products: [mug] }
      deeds.push([`device-${n}`, 'Order Completed', order, `u${n}`])
    }
  }
  await shop.tell(deeds)
  const window = { kind: 'ever' }
  const measure = { of: 'count', is: { op: '>=', value: 1 } }
  const where = { kind: 'event', event: 'Product Viewed', window, measure }
  const made = await page().request.post(`${shop.origin}/api/segments`, {
    headers,
    data: { name: '상품을 본 고객', definition: { format: 1, where } },
  })
  const { id } = (await made.json()) as { readonly id: number }
  await expect
    .poll(
      async () => {
        const answer = await page().request.get(`${shop.origin}/api/segments/${id}`)
        const { state, members } = (await answer.json()) as Record<string, unknown>
        return [state, members]
      },
      { timeout: 60_000 },
    )
    .toEqual(['live', 60])
  await page().goto(`${shop.origin}/segments/${id}`)
  await page().getByRole('button', { name: '더 하기' }).click()
  await page().getByRole('menuitem', { name: '다른 도구로 보낼 명단 나누기' }).click()
  await page().getByText('지금 60명이에요. 보낼 사람 30명, 대조군 30명쯤으로 나뉘어요.').waitFor()
  await page().getByLabel('이름').fill('문자 실험')
  expect(await hindrances(page())).toEqual([])
  await page().getByRole('button', { name: '무작위로 나누기' }).click()
  await page().getByRole('heading', { name: '두 명단' }).waitFor()
  const [download] = await Promise.all([
    page().waitForEvent('download'),
    page().getByRole('link', { name: '보낼 사람: CSV로 내려받기' }).click(),
  ])
  expect(download.suggestedFilename()).toBe('문자 실험-treatment.csv')
  const file = await page().request.get(download.url())
  const lines = (await file.text()).trim().split('\r\n')
  await page()
    .locator('input[type=file]')
    .setInputFiles({
      name: 'got.csv',
      mimeType: 'text/csv',
      buffer: Buffer.from(
        ['member_id', ...lines.slice(1, 11).map((one) => one.split(',')[1])].join('\n'),
      ),
    })
  await page()
    .getByText(/보낼 사람 중 10명\(.+\)이 받았어요. 대조군에는 받은 사람이 없어요./)
    .waitFor()
  await page().getByText('아직 결과를 말할 수 없어요.').waitFor()
  expect(await hindrances(page())).toEqual([])
  await page().goto(`${shop.origin}/insight/splits`)
  await page()
    .getByRole('link', { name: /문자 실험/ })
    .waitFor()
  expect(shop.broken).toEqual([])
})
