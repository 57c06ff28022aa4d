/// <reference types="node" />
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Deed, hindrances, openShop } from '../app/opened-shop.contract.ts'

// A young shop sees what is missing; pairs, coupons and answers say so too, and nothing on the pages is in the way.
let shop: Awaited<ReturnType<typeof openShop>>
beforeAll(async () => {
  shop = await openShop('value')
  const deeds = Array.from({ length: 24 }, (_, at): readonly Deed[] => {
    const products = [
      { product_id: 'mug', name: '물레 머그', price: 12_000, quantity: 1 },
      { product_id: 'tea', name: '하동 햇녹차', price: 9_000, quantity: 1 },
    ]
    const order = { order_id: `o${at}`, currency: 'KRW', value: 21_000, products }
    return [[`a${at}`, 'Order Completed', order, `m${at}`]]
  }).flat()
  await shop.tell(deeds)
})
afterAll(() => shop?.close())

test('what customers are worth, when they buy again and what they answer to', async () => {
  const { page, origin, broken } = shop
  await page.goto(`${origin}/insight/value`)
  await page.getByRole('heading', { name: '아직 말하기엔 일러요' }).waitFor()
  await page.getByText('100명').first().waitFor()
  expect(await hindrances(page)).toEqual([])

  await page.goto(`${origin}/insight/timing`)
  await page.getByRole('heading', { name: '아직 다시 산 기록이 없어요' }).waitFor()
  const pairs = page.getByRole('table', { name: '함께 산 상품' })
  await pairs.getByText('물레 머그').waitFor()
  expect(await hindrances(page)).toEqual([])
  await pairs.getByRole('button', { name: /추천 초안/ }).click()
  await page.waitForURL(/\/campaigns\/\d+/)
  const id = /campaigns\/(\d+)/.exec(page.url())?.[1]
  const answer = await page.request.get(`${origin}/api/campaigns/${id}`)
  const made = JSON.stringify(await answer.json())
  expect(made).toContain('"strategy":"chosen"')
  expect(made).toContain('"field":"product_id"')

  await page.goto(`${origin}/insight/answers`)
  await page.getByRole('heading', { name: '아직 보낸 메시지가 없어요' }).first().waitFor()
  expect(await hindrances(page)).toEqual([])
  expect(broken).toEqual([])
})
