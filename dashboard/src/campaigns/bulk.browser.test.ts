/// <reference types="node" />
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cartMailCampaign, hindrances, openShop } from '../app/opened-shop.contract.ts'

// A bulk send that goes to some first, and stopping all sending, in Chromium against the whole server.
let shop: Awaited<ReturnType<typeof openShop>>
let campaign = 0
beforeAll(async () => {
  shop = await openShop('bulk')
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
const send = async (method: 'post' | 'patch' | 'get', path: string, data?: object) => {
  const asked = { headers, ...(data ? { data } : {}) }
  const answer = await page().request[method](`${shop.origin}/api/${path}`, asked)
  if (!answer.ok()) throw new Error(`${path}: ${await answer.text()}`)
  return (await answer.json()) as { readonly id: number; readonly draft: object; state: string }
}

/** Starts the campaign for a time to come: what begins after its time is refused, and a busy machine needs longer to begin. */
async function startIn(aheadMs: number, draft: object): Promise<void> {
  const schedule = { kind: 'once', at: Date.now() + aheadMs, zone: 'shop' }
  const trigger = { kind: 'schedule', schedule }
  await send('patch', `campaigns/${campaign}`, { draft: { ...draft, trigger } })
  try {
    await send('post', `campaigns/${campaign}/start`, {})
  } catch (error) {
    if (!String(error).includes('This time is over')) throw error
    await startIn(aheadMs * 2, draft)
  }
}

test('a campaign for many calls a few first; a person lets it go on', async () => {
  const people = Array.from({ length: 30 }, (_, at) => `visitor-${at}`)
  await shop.tell(people.map((one) => [one, 'Product Viewed', { product_id: 'soap' }] as const))
  const segment = await send('post', 'segments', {
    name: '둘러본 고객',
    definition: {
      format: 1,
      where: {
        kind: 'event',
        event: 'Product Viewed',
        window: { kind: 'ever' },
        measure: { of: 'count', is: { op: '>=', value: 1 } },
      },
    },
  })
  const counted = async () => (await send('get', `segments/${segment.id}`)).state
  await expect.poll(counted, { timeout: 30_000, interval: 300 }).toBe('live')
  await send('patch', 'sending/runs', { fromAudience: 20, firstAtLeast: 10, firstPercent: 20 })
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
  campaign = await cartMailCampaign(shop)
  const { draft } = await send('get', `campaigns/${campaign}`)
  await startIn(3_000, { ...draft, audience: segment.id, exits: [], conditions: [] })
  await open(`/campaigns/${campaign}`)
  const card = page().getByRole('region', { name: '이번 발송' })
  await card.getByText(/먼저 보낸 결과를 .+까지 지켜봐요/).waitFor({ timeout: 60_000 })
  await card.getByText(/^\d+ \/ 30명$/).waitFor()
  expect(await hindrances(page())).toEqual([])
  await card.getByRole('button', { name: '계속 보내기' }).click()
  const asks = page().getByRole('dialog', { name: '나머지 고객에게 보낼까요?' })
  await asks.getByRole('button', { name: '계속 보내기' }).click()
  await card.getByText('모든 고객을 시작했어요.').waitFor()
  await card.getByText('30 / 30명').waitFor()
})

test('ending a campaign asks what becomes of the people in it', async () => {
  await open(`/campaigns/${campaign}`)
  await page().getByRole('button', { name: '캠페인 끝내기' }).click()
  const ends = page().getByRole('dialog', { name: '캠페인을 끝낼까요?' })
  await ends.getByText('지금 30명이 참여 중이에요.').waitFor()
  await ends.getByRole('radio', { name: '참여 중인 고객은 끝까지 보내기' }).check()
  expect(await hindrances(page())).toEqual([])
  await ends.getByRole('button', { name: '캠페인 끝내기' }).click()
  await page().getByText('마무리 중').waitFor()
})

test('one button stops all sending; every page says so until it is started again', async () => {
  await open('/messages')
  await page().getByRole('button', { name: '전체 멈춤' }).click()
  const stops = page().getByRole('dialog', { name: '모든 발송을 멈출까요?' })
  await stops.getByRole('button', { name: '모두 멈추기' }).click()
  const line = page().getByRole('alert').filter({ hasText: '모든 발송이 멈춰 있어요' })
  await line.waitFor()
  await open('/segments')
  await line.waitFor()
  await line.getByText('정다은 님이').waitFor()
  expect(await hindrances(page())).toEqual([])
  await line.getByRole('button', { name: '다시 시작' }).click()
  const starts = page().getByRole('dialog', { name: '발송을 다시 시작할까요?' })
  await starts.getByRole('button', { name: '다시 시작하기' }).click()
  await line.waitFor({ state: 'detached' })
  expect(shop.broken).toEqual([])
})
