/// <reference types="node" />
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hindrances, openShop, tooWide } from '../app/opened-shop.contract.ts'

// Consents are brought by file before the first message, and a person changes their mind on the page behind a link.
let shop: Awaited<ReturnType<typeof openShop>>
let page: Page
let origin: string

beforeAll(async () => {
  shop = await openShop('consent')
  page = shop.page
  origin = shop.origin
})
afterAll(() => shop?.close())

const shots = process.env.DANGGOL_SHOTS
const shot = async (name: string) => {
  if (shots === undefined) return
  mkdirSync(shots, { recursive: true })
  await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true })
}
const button = (name: string | RegExp) => page.getByRole('button', { name })
const kind = (name: string) =>
  page.getByLabel('무엇을 가져올까요').locator('label', { hasText: name })
const change = (method: 'post' | 'patch', path: string, data: object) =>
  page.request[method](`${origin}${path}`, { data, headers: { 'x-danggol-csrf': '1' } })

test('the first message is locked until three things are settled, by file or by name', async () => {
  await page.goto(`${origin}/settings/consent`)
  await page.getByText('잠겨 있어요').waitFor()
  await shot('consent-locked')
  expect(await hindrances(page)).toEqual([])
  await button('없어요').first().click()
  await button('없다고 확인하기').click()
  await page.getByText(/정다은님이 없다고 확인했어요/).waitFor()
  await kind('전에 쓰던 도구의 수신거부').click()
  await page.setInputFiles('input[type=file]', {
    name: '수신거부.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from('010-1234-5678\nstranger@customer.example\n'),
  })
  await button('무엇이 바뀌는지 보기').click()
  await page.getByText('아직 고객이 아닌 분의 거부').waitFor()
  await button('3건 적용하기').click()
  await page.getByText('적용했어요').waitFor()
  await page.getByText('잠겨 있어요').waitFor()
})

test('a file of consents is looked at line by line before it is applied', async () => {
  await kind('수신동의').click()
  await page.setInputFiles('input[type=file]', {
    name: '동의.csv',
    mimeType: 'text/csv',
    buffer: Buffer.from(
      '이메일,휴대폰,채널,동의여부,동의일시\nhaneul@customer.example,010-2222-3333,이메일,동의,2026-01-05\nstranger@customer.example,,이메일,동의,2025-01-05\nbada@customer.example,,이메일,동의,\n,,이메일,동의,2026-01-05\n',
    ),
  })
  await page.getByLabel('어디에서 받은 동의인가요').fill('자사몰 회원가입')
  await button('무엇이 바뀌는지 보기').click()
  await page.getByText('동의한 날짜가 없어요').waitFor()
  await page.getByText('나중에 거부해서 열리지 않음').waitFor()
  await shot('consent-looked-at')
  expect(await hindrances(page)).toEqual([])
  await button('2건 적용하기').click()
  await page.getByText('모두 확인했어요').waitFor()
  await page.getByText('동의 2건 · 거부 0건').waitFor()
  await shot('consent-applied')
  await page.setViewportSize({ width: 390, height: 844 })
  await shot('consent-phone')
  expect(await tooWide(page)).toBe(0)
  await page.setViewportSize({ width: 1440, height: 900 })
})

/** The link in the newest notice, once it has arrived in the test inbox. */
async function newestLink(): Promise<string> {
  for (let tries = 0; tries < 100; tries++) {
    const answer = await page.request.get(`${origin}/api/inbox?channel=email`)
    const { items } = (await answer.json()) as { items: { id: number }[] }
    for (const { id } of items) {
      const mail = await page.request.get(`${origin}/api/inbox/${id}`)
      const link = /https?:\/\/[^"\s<]+(\/u\/[\w.-]+)/.exec(await mail.text())?.[1]
      if (link) return `${origin}${link}`
    }
    await page.waitForTimeout(100)
  }
  throw new Error('no notice arrived')
}

test('a person refuses with one button, and agreeing again is asked of the address itself', async () => {
  const patched = await change('patch', '/api/shop', {
    sender: {
      legalName: '온샵 주식회사',
      fromEmail: 'hello@shop.example',
      contactEmail: 'help@shop.example',
      phone: '02-1234-5678',
      address: '서울특별시 중구 세종대로 110',
    },
  })
  expect(patched.ok()).toBe(true)
  const found = await page.request.get(`${origin}/api/customers?search=haneul@customer.example`)
  const [customer] = ((await found.json()) as { items: { id: number }[] }).items
  const told = await change('post', '/api/consents', {
    customer: customer?.id,
    channel: 'sms',
    kind: 'refuse',
  })
  expect(told.ok()).toBe(true)
  const again = await change('post', '/api/consents', {
    customer: customer?.id,
    channel: 'email',
    kind: 'grant',
    wording: 'call',
    evidence: { by: 'phone' },
  })
  expect(again.ok()).toBe(true)
  await page.goto(await newestLink())
  await page.getByRole('heading', { name: /그만 받으시겠어요/ }).waitFor()
  await shot('preferences')
  expect(await hindrances(page)).toEqual([])
  await page.setViewportSize({ width: 390, height: 844 })
  await shot('preferences-phone')
  await page.setViewportSize({ width: 1440, height: 900 })
  await page.getByRole('link', { name: 'English' }).click()
  await page.getByText('Choose how we reach you').waitFor()
  await shot('preferences-en')
  await page.getByRole('link', { name: '한국어' }).click()
  await page.getByLabel(/카카오톡으로 보내는 광고성 정보\(/).check()
  await button('고른 대로 저장하기').click()
  await page.getByText('확인 안내를 보내드려요').waitFor()
  await shot('preferences-asked')
  await page.goBack()
  await button('광고 모두 그만 받기').click()
  await page.getByText('이메일 광고성 정보 수신을 거부(동의 철회)하셨고').waitFor()
  await page.getByText('온샵 주식회사').waitFor()
  await shot('preferences-refused')
  expect(shop.broken).toEqual([])
})
