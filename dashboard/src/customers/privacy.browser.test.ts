/// <reference types="node" />
import { readFileSync } from 'node:fs'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hindrances, openShop } from '../app/opened-shop.contract.ts'

// What a shop tests, and what a person may ask of it, in Chromium against the whole server.
let shop: Awaited<ReturnType<typeof openShop>>
let page: Page
let origin: string

beforeAll(async () => {
  shop = await openShop('privacy')
  page = shop.page
  origin = shop.origin
  page.setDefaultTimeout(45_000)
}, 180_000)
afterAll(() => shop?.close())

async function api(method: string, path: string, data: object) {
  const headers = { 'x-danggol-csrf': '1' }
  const answer = await page.request.fetch(`${origin}${path}`, { method, data, headers })
  if (!answer.ok()) throw new Error(`${method} ${path}: ${await answer.text()}`)
}

const tests = [
  [
    '010-1234-5678',
    { channel: 'sms', text: '담아두신 쌀겨 비누가 기다려요', subject: '' },
    '휴대폰에 온 문자',
  ],
  [
    'owner@shop.example',
    { channel: 'web_push', title: '새 소식', text: '봄옷이 왔어요', url: 'https://shop.example/' },
    '안드로이드 Chrome에서 보이는 알림',
  ],
] as const

test('the test inbox shows each channel as the person would see it', async () => {
  await api('PUT', '/api/shop/text', {
    provider: null,
    account: '',
    senderNumber: '',
    optOutNumber: '080-123-4567',
    smsWon: 13,
    lmsWon: 32,
    mmsWon: 80,
    warnBelowWon: 0,
    certified: false,
  })
  for (const [to, content] of tests)
    await api('POST', '/api/messages/test-send', {
      content,
      nature: { purpose: 'advertising' },
      to,
      context: {},
    })
  await page.goto(`${origin}/inbox`)
  await page.getByLabel(tests[1][2]).getByText('수신거부: 설정 > 알림').waitFor()
  expect(await hindrances(page)).toEqual([])
  await page.getByRole('combobox', { name: '채널' }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('option', { name: '문자' }).waitFor()
  for (const key of ['ArrowDown', 'ArrowDown', 'Enter']) await page.keyboard.press(key)
  await page.waitForURL('**/inbox?channel=sms')
  const bubble = page.getByLabel(tests[0][2])
  await bubble.getByText('(광고)', { exact: false }).first().waitFor()
  await page
    .getByText('무료거부080', { exact: false })
    .or(page.getByText('무료수신거부'))
    .first()
    .waitFor()
  await page.getByText('010-****-5678', { exact: false }).first().waitFor()
})

async function kim(): Promise<number> {
  const answer = await page.request.get(`${origin}/api/customers`)
  const { items } = (await answer.json()) as { items: readonly { readonly id: number }[] }
  return items[0]?.id ?? 0
}

test('a person gets a copy of everything kept of them', async () => {
  await shop.tell([
    ['v1', 'Products Searched', { query: '순면 티셔츠' }, 'kim-7'],
    ['v1', 'Product Added', { product_id: 'soap', name: '쌀겨 비누', price: 9_000 }, 'kim-7'],
  ])
  await page.goto(`${origin}/customers/${await kim()}`)
  await page.getByRole('button', { name: '고객의 요구' }).click()
  await page.getByRole('menuitem', { name: /내 정보 내려받기/ }).waitFor()
  expect(await hindrances(page)).toEqual([])
  const downloading = page.waitForEvent('download')
  await page.getByRole('menuitem', { name: /내 정보 내려받기/ }).click()
  const file = readFileSync(await (await downloading).path(), 'utf8')
  for (const word of ['kim-7', '순면 티셔츠', '쌀겨 비누']) expect(file).toContain(word)
})

test('one switch stops every use for marketing', async () => {
  const id = await kim()
  await page.goto(`${origin}/customers/${id}`)
  await page.getByRole('button', { name: '고객의 요구' }).click()
  await page.getByRole('menuitem', { name: /마케팅 이용 멈추기/ }).click()
  await page.getByText('기다리던 광고도 보내지 않아요', { exact: false }).waitFor()
  expect(await hindrances(page)).toEqual([])
  await page.getByRole('button', { name: '마케팅 이용 모두 멈추기' }).click()
  await page.getByText('모두 멈췄어요', { exact: false }).waitFor()
  // The page does not wait long for the line; what it was told is safe in the log by then.
  const allowed = async () => {
    const answer = await page.request.get(`${origin}/api/customers/${id}`)
    const { consents } = (await answer.json()) as {
      consents: readonly { readonly adDay: boolean }[]
    }
    return consents.map((one) => one.adDay)
  }
  await expect.poll(allowed).toEqual(Array(6).fill(false))
})

test('an erasure is typed by hand, told in a certificate, and both acts are in the audit log', async () => {
  const id = await kim()
  await page.goto(`${origin}/customers/${id}`)
  await page.getByRole('button', { name: '고객의 요구' }).click()
  await page.getByRole('menuitem', { name: /정보 지우기/ }).click()
  const go = page.getByRole('button', { name: '이 고객의 정보 지우기' })
  await page.getByText('남는 것과 그 이유').waitFor()
  expect(await go.isDisabled()).toBe(true)
  expect(await hindrances(page)).toEqual([])
  await page.keyboard.type('9999')
  expect(await go.isDisabled()).toBe(true)
  await page.getByLabel(/지우려면/).fill(String(id))
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: '개인정보 삭제 확인서' }).waitFor()
  await page.getByText('정다은').last().waitFor()
  await page.getByText('지운 것', { exact: true }).waitFor()
  // Whoever opens the old address is shown the certificate.
  await page.goto(`${origin}/customers/${id}`)
  await page.waitForURL(`**/customers/${id}/erased`)
  await page.goto(`${origin}/settings/audit`)
  await page.getByText('고객의 정보를 지웠어요').waitFor()
  await page.getByText('고객의 정보를 내려받았어요').waitFor()
})

test('the rules of sending are told with what could not be confirmed', async () => {
  await page.goto(`${origin}/settings/law`)
  await page.getByText('정보통신망법 제50조 제3항', { exact: false }).first().waitFor()
  expect(await page.getByText('확인하지 못한 것').count()).toBeGreaterThan(5)
  expect(await page.getByText('2026-11-22', { exact: false }).count()).toBeGreaterThan(20)
  await page.getByText('법률 자문이 아니에요', { exact: false }).waitFor()
})

test('nothing broke on the way', () => {
  expect(shop.broken).toEqual([])
})
