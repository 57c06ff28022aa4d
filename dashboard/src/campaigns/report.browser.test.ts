/// <reference types="node" />
import { afterAll, beforeAll, expect, test } from 'vitest'
import { connectDatabase, type Database } from '../../../server/src/database/connection.store.ts'
import { cartMailCampaign, hindrances, openShop, tooWide } from '../app/opened-shop.contract.ts'

// What a campaign caused, in Chromium against the whole server; two months of decisions and orders lie in its database.
const dayMs = 86_400_000
const days = 60
const perDay = 40

let db: Database
let shop: Awaited<ReturnType<typeof openShop>>
let campaign = 0

beforeAll(async () => {
  shop = await openShop('report')
  db = connectDatabase(shop.databaseUrl, { max: 1 })
  const headers = { 'x-danggol-csrf': '1' }
  campaign = await cartMailCampaign(shop)
  const started = await page().request.get(`${shop.origin}/api/campaigns/${campaign}`)
  const { draft } = (await started.json()) as { readonly draft: object }
  const trigger = { kind: 'event', event: 'Product Added', key: 'person' }
  const patched = { draft: { ...draft, trigger, holdoutShare: 0.3 } }
  await page().request.patch(`${shop.origin}/api/campaigns/${campaign}`, { headers, data: patched })
  await live(campaign)
}, 180_000)
afterAll(async () => {
  await db?.end()
  await shop?.close()
})

/** Of three in ten held out a fifth orders, of the others three in ten; who spent much before spends much again. */
async function live(id: number): Promise<void> {
  const [own] = await db<{ shop: number }[]>`select id as shop from shops`
  const shop = own?.shop ?? 0
  const from = Date.now() - (days + 4) * dayMs
  await db`
    insert into campaign_versions (shop, campaign, version, flow, published_at, published_by)
    select shop, id, 1, draft, 0, 'member:1' from campaigns where shop = ${shop} and id = ${id} on conflict do nothing`
  await db`update campaigns set state = 'live', version = 1, started_at = ${from} where shop = ${shop} and id = ${id}`
  await db`
    insert into customers (shop, id, assignment_key, member, traits, created_at, first_seen_at, last_seen_at, version)
    overriding system value
    select ${shop}, n + 1000, 'k' || n, true, '{}', ${from}, ${from}, ${from}, n from generate_series(1, ${days * perDay}) n`
  await db`
    insert into assignments (shop, experiment, customer, arm, first_arm, share, at)
    select ${shop}, ${`campaign:${id}`}, n + 1000, u.arm, u.arm, 0.3, ${from} + ((n - 1) / ${perDay}) * ${dayMs}::bigint
    from generate_series(1, ${days * perDay}) n, lateral (select case when n % 10 < 3 then 'holdout' else 'treatment' end as arm) u`
  await db`
    insert into enrolments (shop, campaign, version, customer, entry_key, cause, state, entered_at, updated_at)
    select shop, ${id}, 1, customer, 'person:' || customer, 'seed', 'done', at, at from assignments where shop = ${shop}`
  await db`
    insert into decisions (shop, month, cause_key, campaign, version, step, enrolment, customer, channel, purpose, arm, would_send, outcome, reason, at)
    select a.shop, 202601, 'seed:' || a.customer, ${id}, 1, 2, e.id, a.customer, 'email', 'advertising', a.arm, true,
           case a.arm when 'holdout' then 'would_send' else 'queued' end, 'ok', a.at
    from assignments a join enrolments e on e.shop = a.shop and e.customer = a.customer where a.shop = ${shop}`
  // Before: half of them once, little or much. After: by arm, and as much as before.
  const amount = db`(1 + (a.customer * 7919) % 9) * 100000000::bigint`
  await db`
    insert into orders (shop, id, customer, status, created_at, paid_at, currency, gross, version)
    select a.shop, 'b' || a.customer, a.customer, 'paid', a.at - ${10 * dayMs}, a.at - ${10 * dayMs}, 'KRW', ${amount}, 1
    from assignments a where a.shop = ${shop} and (a.customer / 10) % 2 = 0`
  await db`
    insert into orders (shop, id, customer, status, created_at, paid_at, currency, gross, version)
    select a.shop, 'a' || a.customer, a.customer, 'paid', a.at + ${dayMs}, a.at + ${dayMs}, 'KRW', ${amount}, 1
    from assignments a where a.shop = ${shop}
      and ((a.customer / 10) * 7) % 10 < case a.arm when 'holdout' then 2 else 3 end`
}

const page = () => shop.page
const open = async (path: string) => {
  await page().goto(`${shop.origin}${path}`)
  await page().waitForFunction(
    "document.querySelector('h1') && !document.querySelector('[aria-busy=true]')",
  )
}
const seen = async (name: string) => {
  if (process.env.SHOTS)
    await page().screenshot({ path: `${process.env.SHOTS}/${name}.png`, fullPage: true })
}

test('a report says in one sentence what the campaign caused, and everything it rests on', async () => {
  await open(`/campaigns/${campaign}/report`)
  const headline = page().getByText('메시지 덕분에 더 많이 샀어요.')
  await headline.waitFor()
  await page().getByText('매일 봐도 괜찮은 구간이에요.', { exact: false }).waitFor()
  await page().getByLabel('지금 구간', { exact: false }).waitFor()
  const rows = page().getByRole('region', { name: '결과마다' }).getByRole('row')
  await expect.poll(() => rows.count()).toBe(5)
  expect(await rows.nth(1).textContent()).toContain('목표')
  await page().getByText('후보이지 원인이 아니에요.', { exact: false }).waitFor()
  await page().getByText('기여로 세면 (기록)').waitFor()
  await seen('report-ko-1440')
  expect(await hindrances(page())).toEqual([])

  // The margin makes profit of what was left of revenue.
  await page().getByRole('button', { name: '마진 적기' }).click()
  await page().getByLabel('마진 (%)').fill('40')
  await seen('margin-ko-1440')
  await page().getByRole('button', { name: '이 마진으로 계산하기' }).click()
  await page().getByText('이익은 마진 40 %로', { exact: false }).waitFor()
  await page().getByRole('rowheader', { name: '1인당 이익' }).waitFor()

  await page().setViewportSize({ width: 390, height: 844 })
  await headline.waitFor()
  await seen('report-ko-390')
  expect(await hindrances(page())).toEqual([])
  expect(await tooWide(page())).toBe(0)
  await page().setViewportSize({ width: 1440, height: 900 })

  if (process.env.SHOTS) {
    await open(`/campaigns/${campaign}/report`)
    await page().getByRole('button', { name: 'English' }).click()
    await page().getByText('The message made more people buy.').waitFor()
    await seen('report-en-1440')
    await page().getByRole('button', { name: '한국어' }).click()
  }

  // The goal's outcome is chosen in the editor.
  await open(`/campaigns/${campaign}`)
  await page().getByRole('button', { name: /^목표/ }).first().click()
  await page().getByRole('combobox', { name: '무엇으로 평가하나요' }).click()
  await page().getByRole('option', { name: '1인당 매출' }).waitFor()
  await seen('editor-ko-1440')
  expect(shop.broken).toEqual([])
})

type Estimate = { readonly value: number; readonly low: number; readonly high: number }
type Figures = {
  readonly state: string
  readonly madeAt: number
  readonly result: {
    readonly isMismatched: boolean
    readonly outcomes: readonly {
      readonly metric: string
      readonly effect: {
        readonly people: { readonly treatment: number; readonly holdout: number }
        readonly means: { readonly treatment: number; readonly holdout: number }
        readonly difference: Estimate
      }
      readonly total: Estimate
    }[]
  }
}

async function get<T>(path: string): Promise<T> {
  return (await (await page().request.get(`${shop.origin}${path}`)).json()) as T
}

/** Everywhere else that the campaign's result is told: the journey, the morning message, home and the link for strangers. */
async function elsewhere(days: number) {
  type Column = { readonly campaign: { readonly id: number; readonly result: object } | null }
  const journey = await get<{ readonly columns: readonly Column[] }>('/api/journey')
  const served = journey.columns.flatMap((column) => column.campaign ?? [])
  const morning = await get<{ readonly parts: readonly { readonly lines: readonly string[] }[] }>(
    '/api/shop/morning/preview',
  )
  const home = () =>
    get<{ readonly caused: { readonly now: number | null; readonly leftOut: readonly object[] } }>(
      `/api/reports/home?days=${days}`,
    )
  await expect.poll(async () => (await home()).caused).toMatchObject({ madeAt: expect.any(Number) })
  const link = await page().request.post(
    `${shop.origin}/api/campaigns/${campaign}/challenge/share`,
    { headers: { 'x-danggol-csrf': '1' } },
  )
  const { share } = (await link.json()) as { readonly share: { readonly url: string } }
  const stranger = await (await fetch(share.url)).text()
  return {
    journey: served.find(({ id }) => id === campaign)?.result,
    morning: morning.parts.flatMap(({ lines }) => lines).join(' '),
    caused: (await home()).caused,
    stranger: stranger.replace(/<style>.*<\/style>|<[^>]+>/gs, ' ').replace(/\s+/g, ' '),
  }
}

test('a campaign’s figures are the same whichever page shows them, and all are silent where its split is off', async () => {
  const effect = () => get<Figures>(`/api/campaigns/${campaign}/effect`)
  const { result } = await effect()
  const [own] = result.outcomes
  const revenue = result.outcomes.find(({ metric }) => metric === 'revenue')
  if (!own || !revenue) throw new Error('the report tells its own outcome and revenue')
  const { people, means, difference } = own.effect
  const points = (value: number) => `${value > 0 ? '+' : ''}${(value * 100).toFixed(1)}`
  const rate = (value: number) => `${(value * 100).toFixed(1)} %`
  const grouped = (value: number) => value.toLocaleString('en')
  await open(`/campaigns/${campaign}/report`)
  const card = page().locator('main')
  await card
    .getByText(
      `보내기로 한 ${grouped(people.treatment)}명 중 ${rate(means.treatment)}, 대조군 ${grouped(people.holdout)}명 중 ${rate(means.holdout)}`,
    )
    .waitFor()
  await card
    .getByText(
      `차이 ${points(difference.value)}%p (구간 ${points(difference.low)}~${points(difference.high)}%p).`,
    )
    .waitFor()
  const range = `${points(difference.low)}%p ~ ${points(difference.high)}%p`
  const told = await elsewhere(90)
  expect(told.journey).toMatchObject({
    ...{ verdict: 'helps', people, isMismatched: false, madeAt: expect.any(Number) },
    lift: { estimate: difference.value, low: difference.low, high: difference.high },
  })
  for (const text of [told.morning, told.stranger]) {
    expect(text).toContain(`${points(difference.value)}%p (매일 봐도 괜찮은 구간 ${range})`)
  }
  expect(told.stranger).toContain(`${grouped(people.treatment)}명 ${rate(means.treatment)}`)
  expect(told.stranger).toContain(`대조군 ${grouped(people.holdout)}명 ${rate(means.holdout)}`)
  // It is the only campaign, and all of its people were messaged in these days.
  expect(told.caused.now).toBeCloseTo(revenue.total.value, 3)

  // Three in ten are there; one in ten was set.
  await db`update assignments set share = 0.1 where experiment = ${`campaign:${campaign}`}`
  await get(`/api/campaigns/${campaign}/effect?fresh=1`)
  await expect.poll(async () => (await effect()).result.isMismatched).toBe(true)
  await open(`/campaigns/${campaign}/report`)
  await page().getByText('나눔이 어긋나서 효과라고 말할 수 없어요.').waitFor()
  await page().getByText('나눔이 어긋나서 말할 수 없어요', { exact: true }).waitFor()
  expect(await page().getByRole('region', { name: '구간이 좁아지는 모습' }).count()).toBe(0)
  await seen('report-off-ko-1440')
  const off = await elsewhere(365)
  expect(off.journey).toMatchObject({ isMismatched: true, lift: null, needed: null })
  expect(off.morning).toContain('나눔이 어긋났어요')
  expect(off.stranger).toContain('나눔이 어긋났어요')
  for (const text of [off.morning, off.stranger]) expect(text).not.toContain('매일 봐도 괜찮은')
  expect(off.caused).toMatchObject({ now: null, leftOut: [{ id: campaign }] })
  await db`update assignments set share = 0.3 where experiment = ${`campaign:${campaign}`}`
  await get(`/api/campaigns/${campaign}/effect?fresh=1`)
  expect(shop.broken).toEqual([])
})

test('home tells what all campaigns together caused, and warns where the groups are not as large as set', async () => {
  // The same people, held out of all advertising or not.
  await db`
    insert into assignments (shop, experiment, customer, arm, first_arm, share, at)
    select shop, 'shop', customer, arm, first_arm, 0.3, at from assignments where experiment = ${`campaign:${campaign}`}`
  // Before the first event home shows the first steps.
  await shop.tell([['device-1', 'Page Viewed', { url: 'https://shop.example/' }]])
  await open('/')
  const card = page().getByRole('region', { name: '모든 캠페인을 합친 효과' })
  await card.getByText(/보내기로 한 [\d,]+명 중 [\d.]+ %, 대조군 [\d,]+명 중 [\d.]+ %/).waitFor()
  await card.getByText('매일 봐도 괜찮은 구간이에요.', { exact: false }).waitFor()
  await card.getByRole('rowheader', { name: '1인당 매출' }).waitFor()
  expect(await card.getByRole('rowheader', { name: /발송비|이익/ }).count()).toBe(0)
  expect(await card.getByRole('alert').count()).toBe(0)
  await seen('home-all-ko-1440')
  expect(await hindrances(page())).toEqual([])
  await page().setViewportSize({ width: 390, height: 844 })
  await seen('home-all-ko-390')
  expect(await page().evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390)
  await page().setViewportSize({ width: 1440, height: 900 })

  // Three in ten are there; one in ten was set.
  await db`update assignments set share = 0.1 where experiment = 'shop'`
  await card.getByRole('button', { name: '다시 세기' }).click()
  await card.getByRole('alert').getByText('나눔이 어긋났어요.').waitFor()
  await card.getByText('나눔이 어긋나서 효과라고 말할 수 없어요.').waitFor()
  expect(await card.getByText('메시지 덕분에').count()).toBe(0)
  await seen('home-off-ko-1440')
  expect(shop.broken).toEqual([])
})

test('of first products a report tells first orders with them, and second ones', async () => {
  const [version] = await db<{ flow: string }[]>`
    select flow from campaign_versions where campaign = ${campaign} order by version desc limit 1`
  const flow = JSON.parse(version?.flow ?? '')
  for (const { content } of flow.steps)
    if (content) content.recommend = { strategy: 'chosen', products: ['mug'] }
  await db`update campaign_versions set flow = ${JSON.stringify(flow)} where campaign = ${campaign}`
  // Every second order held the mug.
  await db`
    insert into order_lines (shop, order_id, line, product, name, quantity, price, net)
    select shop, id, 1, case customer % 2 when 0 then 'mug' else 'tea' end, '머그컵', 1, gross, gross from orders`
  await open(`/campaigns/${campaign}/report`)
  const card = page().getByRole('region', { name: '첫 주문과 두 번째 주문' })
  await card.getByRole('rowheader', { name: '첫 주문에 이 캠페인의 상품' }).waitFor()
  const row = (name: string) => card.getByRole('row').filter({ hasText: name })
  const told = await row('첫 주문에 이 캠페인의 상품').textContent()
  expect(told).toMatch(/주문한 [\d,]+명 중 [\d.]+ %/)
  // Everybody came 64 days ago at the earliest: nobody was followed for 97.
  expect(await row('90일 안에 두 번째 주문').textContent()).toMatch(/–––/)
  expect(await row('30일 안에 두 번째 주문').textContent()).toMatch(/0\.0 %/)
  await seen('report-first-ko-1440')
  expect(await hindrances(page())).toEqual([])
  await page().setViewportSize({ width: 390, height: 844 })
  await seen('report-first-ko-390')
  expect(await tooWide(page())).toBe(0)
  await page().setViewportSize({ width: 1440, height: 900 })
  expect(shop.broken).toEqual([])
})
