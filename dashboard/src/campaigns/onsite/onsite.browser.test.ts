/// <reference types="node" />
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hindrances, openShop } from '../../app/opened-shop.contract.ts'

// The slide that recommends first products, from its playbook to live, in Chromium against the whole server.
let shop: Awaited<ReturnType<typeof openShop>>
let snippet = ''
const site = createServer((_, answer) =>
  answer
    .setHeader('content-type', 'text/html; charset=utf-8')
    .end(`<!doctype html><title>온샵</title><h1>온샵</h1>${snippet}`),
)
let siteUrl = ''
beforeAll(async () => {
  await new Promise<void>((ready) => site.listen(0, '127.0.0.1', ready))
  siteUrl = `http://127.0.0.1:${(site.address() as AddressInfo).port}`
  shop = await openShop('onsite')
  await shop.page.request.patch(`${shop.origin}/api/shop`, {
    headers: { 'x-danggol-csrf': '1' },
    data: { url: siteUrl },
  })
})
afterAll(async () => {
  await shop?.close()
  site.close()
})

const seen = () => shop.page.frameLocator('iframe[title="상점 화면에서 보이는 모습"]')

test('its draft is seen as the page will show it, and a change is seen too', async () => {
  const { page, origin } = shop
  await page.goto(`${origin}/playbooks`)
  await page
    .getByRole('button', { name: '이 시나리오로 초안 만들기: 첫 구매 추천 팝업', exact: true })
    .click()
  await page.waitForURL(/\/campaigns\/\d+$/)
  await seen().getByRole('heading', { name: '처음이라면 이 상품부터 써 보세요' }).waitFor()
  await seen().getByText('1 / 3').waitFor()
  await page.getByLabel('글', { exact: true }).first().fill('먼저 이것부터 써 보세요')
  await seen().getByRole('heading', { name: '먼저 이것부터 써 보세요' }).waitFor()
  await page.getByRole('radio', { name: '바텀 시트' }).check({ force: true })
  await seen().locator('section.sheet').waitFor()
  expect(await hindrances(page)).toEqual([])
})

test('it stands on a page of the shop’s own site by a link, marked, and nothing of it is kept', async () => {
  const { page, origin } = shop
  const made = await page.request.post(`${origin}/api/keys`, {
    headers: { 'x-danggol-csrf': '1' },
    data: { name: '내 사이트', scope: 'browser' },
  })
  const { key } = (await made.json()) as { readonly key: string }
  // Pinned by its content, as the settings say it: a browser runs no other script than this.
  const pinned = (await (await page.request.get(`${origin}/sdk.json`)).json()) as {
    readonly path: string
    readonly integrity: string
  }
  snippet = `<script async src="${origin}${pinned.path}" integrity="${pinned.integrity}" crossorigin="anonymous" data-key="${key}"></script>`
  await page.getByRole('button', { name: '내 사이트에서 보기' }).click()
  await page.getByLabel('볼 페이지 주소').fill('https://elsewhere.example/')
  await page.getByRole('button', { name: '링크 만들기' }).click()
  await page.getByText('상점 주소 아래의 페이지만 볼 수 있어요').waitFor()
  await page.getByLabel('볼 페이지 주소').fill(`${siteUrl}/best`)
  await page.getByRole('button', { name: '링크 만들기' }).click()
  const opening = page.context().waitForEvent('page')
  await page.getByRole('link', { name: '새 창에서 열기' }).click()
  const seenThere = await opening
  await seenThere.getByRole('heading', { name: '먼저 이것부터 써 보세요' }).waitFor()
  await seenThere.getByText('미리보기예요').waitFor()
  await seenThere.close()
  expect(await hindrances(page)).toEqual([])
  await page.keyboard.press('Escape')
  const { items } = (await (await page.request.get(`${origin}/api/events`)).json()) as {
    readonly items: readonly { readonly name: string }[]
  }
  expect(items).toEqual([])
  const editor = page.url()
  await page.goto(`${origin}/settings/install`)
  await page.getByRole('tab', { name: '버전 고정(SRI)' }).click()
  await page.getByText(pinned.integrity).waitFor()
  await page.getByRole('button', { name: '비밀 값 보기' }).click()
  await page.getByText(/^[\w+/=-]{32,}$/).waitFor()
  await page.getByRole('tab', { name: 'PHP', exact: true }).click()
  await page.getByText('hash_hmac').waitFor()
  expect(await hindrances(page)).toEqual([])
  await page.goto(editor)
})

test('it goes live without a word of consent or of the night', async () => {
  const { page } = shop
  await page.getByText('상점의 화면에서만 보여주고 아무것도 보내지 않아요').waitFor()
  await page.getByRole('button', { name: '캠페인 켜기' }).click()
  await page.getByText('상점의 화면에서만 보여줘서 수신동의와 상관없어요').waitFor()
  await page.getByRole('button', { name: '지금부터 보여주기' }).click()
  await page.getByText('켰어요. 조건에 맞는 고객부터 들어와요.').waitFor()
  expect(shop.broken).toEqual([])
})

test('with Tag Manager’s tag and GA4’s events alone, visits, carts, orders and products are there, segments fill and a message stands on the page', async () => {
  const { page, origin } = shop
  const headers = { 'x-danggol-csrf': '1' }
  const read = async (path: string) => (await page.request.get(origin + path)).json()
  const made = await page.request.post(`${origin}/api/campaigns`, {
    headers,
    data: { playbook: 'visit_no_signup' },
  })
  const { id, draft } = (await made.json()) as {
    readonly id: number
    readonly draft: { readonly trigger: object }
  }
  const trigger = { ...draft.trigger, when: [{ kind: 'seconds', seconds: 1 }] }
  const data = { draft: { ...draft, trigger, holdoutShare: 0 } }
  await page.request.patch(`${origin}/api/campaigns/${id}`, { headers, data })
  const live = await page.request.post(`${origin}/api/campaigns/${id}/start`, { headers })
  expect(await live.json()).toMatchObject({ state: 'live' })

  await page.goto(`${origin}/settings/install`)
  await page.getByRole('tab', { name: '구글 태그 관리자' }).click()
  const tag = (await page.getByRole('tabpanel').locator('pre').first().textContent()) ?? ''
  // Tag Manager takes `push` over, and runs the tag when it has come itself: after the page's own first words.
  snippet = `<script>dataLayer = [{ event: 'gtm.js' }]; function gtag() { dataLayer.push(arguments) }
    const said = new URLSearchParams(location.search).get('says')
    if (said) dataLayer.push({ ecommerce: null }, JSON.parse(said))
    addEventListener('load', () => {
      const push = dataLayer.push
      dataLayer.push = (...all) => push.apply(dataLayer, all)
      document.head.append(document.createRange().createContextualFragment(${JSON.stringify(tag).replaceAll('</', '<\\/')}))
    })</script>`
  const context = await (page.context().browser() as Browser).newContext({
    locale: 'ko-KR',
    userAgent:
      'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
  })
  const visitor = await context.newPage()
  const mug = { item_id: 'G1', item_name: '청자 머그컵', price: 18_000, item_category: '주방' }
  const says = (entry: object) =>
    visitor.goto(`${siteUrl}/?says=${encodeURIComponent(JSON.stringify(entry))}`)
  const sent = () => visitor.waitForResponse((answer) => answer.url().endsWith('/v1/b'))
  await Promise.all([sent(), says({ event: 'search', search_term: ' 머그 ' })])
  const ecommerce = { currency: 'KRW', value: 18_000, items: [mug] }
  await Promise.all([sent(), says({ event: 'view_item', ecommerce })])
  await visitor.getByRole('heading', { name: /회원이 되면|가입하면/ }).waitFor()
  await visitor.evaluate(
    (items) => {
      const { gtag } = globalThis as unknown as { gtag: (...said: unknown[]) => void }
      gtag('event', 'add_to_cart', { currency: 'KRW', items })
      const order = { transaction_id: 'GA-1', currency: 'KRW', value: 18_000, items }
      gtag('event', 'purchase', order)
      gtag('event', 'purchase', order)
    },
    [mug],
  )

  type Told = { readonly items: readonly { readonly name: string; readonly properties: object }[] }
  const told = async () => ((await read('/api/events?limit=100')) as Told).items
  const orders = async () => (await told()).filter(({ name }) => name === 'Order Completed')
  await expect.poll(async () => (await orders()).length).toBeGreaterThan(0)
  const items = await told()
  const names = items.map(({ name }) => name)
  for (const name of ['Visit Started', 'Page Viewed', 'Products Searched', 'Product Viewed'])
    expect(names).toContain(name)
  expect(names).toContain('Product Added')
  expect(await read('/api/products')).toMatchObject({ items: [{ id: 'G1', name: '청자 머그컵' }] })
  const where = {
    ...{ kind: 'event', event: 'Order Completed' },
    window: { kind: 'rolling', span: { amount: 7, unit: 'days' } },
    measure: { of: 'count', is: { op: '>=', value: 1 } },
  }
  const bought = { definition: { format: 1, where } }
  // Counted in history, which follows the log.
  const counted = async () => {
    const asked = { headers, data: bought }
    const answer = await page.request.post(`${origin}/api/segments/preview`, asked)
    return ((await answer.json()) as { readonly count: number }).count
  }
  await expect.poll(counted).toBe(1)
  await context.close()
  expect(shop.broken).toEqual([])
})
