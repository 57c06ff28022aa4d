/// <reference types="node" />
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cartMailCampaign, hindrances, openShop } from '../app/opened-shop.contract.ts'
import { localDay } from '../calendar/month.ts'

// Why somebody got nothing, who approves, and what is planned: in Chromium against the whole server.
let shop: Awaited<ReturnType<typeof openShop>>
beforeAll(async () => {
  shop = await openShop('why')
})
afterAll(() => shop?.close())

const page = () => shop.page
const headers = { 'x-danggol-csrf': '1' }
const open = async (path: string) => {
  await page().goto(`${shop.origin}${path}`)
  await page().waitForFunction(
    "document.querySelector('h1') && !document.querySelector('[aria-busy=true]')",
  )
}
type Answer = {
  readonly id: number
  readonly draft: object
  readonly items: readonly { readonly id: number }[]
}
const send = async (method: 'post' | 'put' | 'patch' | 'get', path: string, data?: object) => {
  const asked = { headers, ...(data ? { data } : {}) }
  const answer = await page().request[method](`${shop.origin}/api/${path}`, asked)
  if (!answer.ok()) throw new Error(`${path}: ${await answer.text()}`)
  return (await answer.json()) as Answer
}
const seen = async (name: string) => {
  if (process.env.SHOTS) await page().screenshot({ path: `${process.env.SHOTS}/${name}.png` })
}

test('the customer, the funnel, the calendar and the review page say why', async () => {
  await send('patch', 'shop', {
    url: 'https://shop.example',
    sender: {
      legalName: '온샵 주식회사',
      fromEmail: 'hello@shop.example',
      contactEmail: 'help@shop.example',
      phone: '02-1234-5678',
      address: '서울특별시 중구 세종대로 110',
    },
  })
  const campaign = await cartMailCampaign(shop)
  const { draft } = await send('get', `campaigns/${campaign}`)
  const is = { type: 'number', op: 'is', than: { op: '>=', value: 50_000 } }
  const filter = { kind: 'property', path: 'price', is }
  const trigger = { kind: 'event', event: 'Product Added', key: 'person', filter }
  await send('patch', `campaigns/${campaign}`, { draft: { ...draft, trigger } })
  await send('post', `campaigns/${campaign}/start`, {})
  const cheap = { product_id: 'soap', name: '비누', price: 3_000 }
  const dear = { product_id: 'coat', name: '코트', price: 90_000 }
  await shop.tell([
    ['one', 'Product Added', cheap],
    ['two', 'Product Added', cheap],
    ['three', 'Product Added', dear],
  ])
  const notEntered = async () =>
    (await send('get', `campaigns/${campaign}/not-entered?why=filtered`)).items.length
  await expect.poll(notEntered, { timeout: 20_000, interval: 200 }).toBe(2)

  await open(`/campaigns/${campaign}/report`)
  await page().getByText('살펴봄').waitFor()
  await seen('funnel')
  await page()
    .getByRole('button', { name: /행동의 조건에 맞지 않아서/ })
    .click()
  const people = page().getByRole('dialog')
  await people
    .getByText(/가격 50,000 이상 · 실제 3,000/)
    .first()
    .waitFor()
  await page().waitForTimeout(300)
  await seen('not-entered')
  expect(await hindrances(page())).toEqual([])
  await people.getByRole('link').first().click()
  await page().getByText('왜 받았나요, 왜 안 갔나요').waitFor()
  await page()
    .getByText(/가격 50,000 이상 · 실제 3,000/)
    .waitFor()
  await seen('customer')
  expect(await hindrances(page())).toEqual([])

  const at = Date.now() + 300_000
  const { id } = await send('post', 'campaigns', {
    playbook: 'cart_abandonment',
    name: '겨울 세일',
  })
  const once = { kind: 'schedule', schedule: { kind: 'once', at, zone: 'shop' } }
  await send('patch', `campaigns/${id}`, { draft: { ...draft, trigger: once, exits: [] } })
  await open(`/calendar?month=${localDay(at, 'Asia/Seoul').slice(0, 7)}`)
  await page().getByRole('link', { name: '겨울 세일 (초안)' }).first().waitFor()
  await seen('calendar')
  expect(await hindrances(page())).toEqual([])

  await send('put', 'approval-limits', { people: 0, couponBudget: null, approvers: [] })
  await page().waitForTimeout(2_100)
  const birthday = { kind: 'anniversary', trait: 'birthday' }
  await send('patch', `campaigns/${id}`, {
    draft: { ...draft, trigger: birthday, exits: [], conditions: [] },
  })
  await open(`/campaigns/${id}`)
  await page()
    .getByText(/다른 팀원의 승인이 있어야 켤 수 있어요/)
    .waitFor()
  await page().getByRole('button', { name: '캠페인 켜기' }).click()
  const review = page().getByRole('dialog')
  await review.getByText(/다른 팀원의 승인이 있어야/).waitFor()
  await seen('approval')
  await review.getByRole('button', { name: '승인 요청하기' }).click()
  await page().getByText('정다은 님이 승인을 요청했어요. 승인되면 켤 수 있어요.').waitFor()
  await open('/settings/limits')
  await page().getByText('큰 캠페인의 승인').scrollIntoViewIfNeeded()
  await seen('limits')
  expect(await hindrances(page())).toEqual([])
  expect(shop.broken).toEqual([])
}, 120_000)
