/// <reference types="node" />
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connectDatabase } from '../../../server/src/database/connection.store.ts'
import { type Deed, hindrances, openShop } from '../app/opened-shop.contract.ts'

// A segment taken to another tool and judged, from the empty page on, in Chromium against the whole server.
let shop: Awaited<ReturnType<typeof openShop>>
beforeAll(async () => {
  shop = await openShop('splits')
})
afterAll(() => shop?.close())

const page = () => shop.page
let segment = 0
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
  segment = id
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
  expect(download.suggestedFilename()).toBe('문자 실험-보낼 사람.csv')
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
  // What is no list is said so, not told as nobody having got it.
  const picture = Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 1, 2, 3])
  await page()
    .locator('input[type=file]')
    .setInputFiles({ name: 'got.csv', mimeType: 'text/csv', buffer: picture })
  await page()
    .getByRole('alert')
    .getByText(/아는 고객을 찾지 못했어요|파일을 읽지 못했어요/)
    .waitFor()
  expect(
    await page()
      .getByText(/보낼 사람 중 0명/)
      .count(),
  ).toBe(0)
  await page().getByText('아직 결과를 말할 수 없어요.').waitFor()
  expect(await hindrances(page())).toEqual([])
  await page().goto(`${shop.origin}/insight/splits`)
  await page()
    .getByRole('link', { name: /문자 실험/ })
    .waitFor()
  expect(shop.broken).toEqual([])
})

test('the segment leaves as a file by itself, a mail that finds nobody is said, and its webhook is tried', async () => {
  await page().goto(`${shop.origin}/settings/out`)
  await page().getByText('아직 없어요.').waitFor()
  expect(await hindrances(page())).toEqual([])
  await page().getByRole('textbox', { name: '이름' }).fill('월요일 단골 파일')
  await page().getByRole('combobox', { name: '세그먼트' }).click()
  await page().getByRole('option', { name: '상품을 본 고객' }).click()
  await page().getByRole('radiogroup').getByText('매주', { exact: true }).click()
  await page().getByRole('button', { name: '정기 파일 만들기' }).click()
  const file = page().getByRole('listitem').filter({ hasText: '월요일 단골 파일' })
  await file.getByText(/상품을 본 고객 · 매주 · 여기서 받기 · 다음: /).waitFor()
  await file.getByRole('button', { name: '지금 쓰기' }).click()
  await file.getByText('다 썼어요').waitFor()
  await file.getByText('60줄').waitFor()
  const [download] = await Promise.all([
    page().waitForEvent('download'),
    file.getByRole('link', { name: '받기' }).click(),
  ])
  expect(download.suggestedFilename()).toBe('월요일 단골 파일.csv')
  const text = await (await page().request.get(download.url())).text()
  expect(text.trim().split('\r\n')).toHaveLength(61)
  expect(text).toContain('id,name,email,phone,entered_at')

  // What only an hour of a mail server that is away would have brought about.
  const database = connectDatabase(shop.databaseUrl, { max: 1 })
  await database`
    update standing_file_runs set untold = '{boss@shop.example}', tell_problem = 'mail:busy'`
  await database`update standing_files set tries = 1`
  await database.end()
  await page().reload()
  await file
    .getByText(/메일을 받지 못한 사람: boss@shop.example · 메일을 보내지 못했어요. \(busy\)/)
    .waitFor()
  await file.getByText(/^다시 시도: /).waitFor()
  expect(await hindrances(page())).toEqual([])
  await page().setViewportSize({ width: 390, height: 844 })
  expect(await page().evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  await page().setViewportSize({ width: 1440, height: 900 })

  await page().goto(`${shop.origin}/segments/${segment}?tab=webhooks`)
  await page().getByLabel('받을 주소').fill('http://shop.example/hooks')
  await page().getByRole('button', { name: '웹훅 만들기' }).click()
  await page().getByText('이 주소에는 보낼 수 없어요').waitFor()
  // An address of the public internet that was never given to anybody.
  const nobody = 'https://[2d00::1]/hooks'
  await page().getByLabel('받을 주소').fill(nobody)
  await page().getByRole('button', { name: '웹훅 만들기' }).click()
  await page().getByText('서명을 확인할 비밀 키예요.').waitFor()
  await page()
    .getByText(/^whsec_/)
    .waitFor()
  await page()
    .getByRole('button', { name: `${nobody}에 시험 삼아 보내기` })
    .click()
  await page()
    .getByText(/^닿지 않았어요: /)
    .waitFor()
  expect(shop.broken).toEqual([])
})
