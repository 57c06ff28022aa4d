/// <reference types="node" />
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cartMailCampaign, hindrances, openShop } from '../../app/opened-shop.contract.ts'

// A campaign that is not switched on yet lives through the last month, in Chromium against the whole server.
let shop: Awaited<ReturnType<typeof openShop>>
beforeAll(async () => {
  shop = await openShop('backtest')
})
afterAll(() => shop?.close())

test('a draft is tried on the past: whom it would have reached, why not, and one person from step to step', async () => {
  const { page, origin } = shop
  const mug = { product_id: 'mug', name: '머그컵', price: 12_000 }
  const people = Array.from({ length: 12 }, (_, at) => `visitor-${at}`)
  await shop.tell(people.map((one) => [one, 'Product Added', mug] as const))
  const campaign = await cartMailCampaign(shop)
  const path = `${origin}/api/campaigns/${campaign}`
  const { draft } = (await (await page.request.get(path)).json()) as {
    readonly draft: { readonly steps: readonly { readonly kind: string }[] }
  }
  const steps = draft.steps.filter((step) => step.kind === 'message')
  const headers = { 'x-danggol-csrf': '1' }
  await page.request.patch(path, { headers, data: { draft: { ...draft, steps } } })
  await page.goto(`${origin}/campaigns/${campaign}`)
  await page.getByRole('button', { name: '지난 기간으로 돌려보기' }).click()
  const drawer = page.getByRole('dialog', { name: '지난 기간으로 미리 돌려보기' })
  await drawer.getByText('최근 7일', { exact: true }).click()
  await drawer.getByRole('button', { name: '최근 7일로 돌려보기' }).click()
  await drawer.getByText('12명이 들어와서 메시지 0통이 나갔을 거예요.').waitFor()
  await drawer.getByText('이 채널로 닿을 연락처가 없어서 보내지 않았어요.').first().waitFor()
  await drawer.getByText('다른 캠페인이 실제로 보낸 메시지는').waitFor()
  await drawer.locator('summary').first().click()
  await drawer.getByText('장바구니 담기 · 캠페인에 들어왔어요.').first().waitFor()
  expect(await hindrances(page)).toEqual([])
  await drawer.getByRole('button', { name: '다른 기간으로' }).click()
  await drawer.getByRole('button', { name: '최근 28일로 돌려보기' }).click()
  await drawer.getByText('12명이 들어와서').waitFor()
  await drawer.getByRole('button', { name: '다른 기간으로' }).click()
  // Both can be opened again, and stand side by side.
  const earlier = drawer.getByRole('button', { name: '들어온 사람 12명 · 발송 0통' })
  await earlier.nth(1).click()
  await drawer.getByText('12명이 들어와서').waitFor()
  await drawer.getByRole('button', { name: '다른 기간으로' }).click()
  for (const at of [0, 1])
    await drawer.getByRole('checkbox', { name: '비교에 넣기' }).nth(at).check()
  await drawer.getByRole('button', { name: '고른 두 결과 비교하기' }).click()
  await drawer.getByText('12명이 들어와서').nth(1).waitFor()
  expect(await hindrances(page)).toEqual([])
  await drawer.getByRole('button', { name: '목록으로' }).click()
  await drawer.getByRole('heading', { name: '전에 돌려본 것' }).waitFor()
  expect(shop.broken).toEqual([])
})
