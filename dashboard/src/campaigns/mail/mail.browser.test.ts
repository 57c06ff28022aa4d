/// <reference types="node" />
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cartMailCampaign, hindrances, openShop } from '../../app/opened-shop.contract.ts'
import { keyTo, tabTo } from '../../segments/hands.contract.ts'

let shop: Awaited<ReturnType<typeof openShop>>
/** A loaded machine takes its time to draw a mail. */
const patience = { timeout: 20_000 }
const csrf = { 'x-danggol-csrf': '1' }

beforeAll(async () => {
  shop = await openShop('mail')
  const { page, origin } = shop
  const about = {
    name: '온샵',
    url: 'https://shop.example',
    sender: {
      legalName: '온샵 주식회사',
      fromEmail: 'hello@shop.example',
      contactEmail: 'help@shop.example',
      phone: '02-1234-5678',
      address: '서울특별시 중구 세종대로 110',
    },
  }
  await page.request.patch(`${origin}/api/shop`, { data: about, headers: csrf })
  const id = await cartMailCampaign(shop)
  await page.goto(`${origin}/campaigns/${id}`)
})
afterAll(() => shop?.close())

const kinds = async () => {
  const handles = await shop.page.getByRole('button', { name: /옮기기$/ }).all()
  const names = await Promise.all(handles.map((handle) => handle.getAttribute('aria-label')))
  return names.map((name) => name?.replace(' 옮기기', ''))
}

test('a coupon is added, written, and seen in the mail', async () => {
  const { page } = shop
  await page.getByRole('button', { name: '블록 추가하기' }).click()
  await page.getByRole('menuitem', { name: '쿠폰' }).click()
  await page.getByLabel('쿠폰 번호').fill('AUTUMN24')
  const mail = page.frameLocator('iframe')
  await mail.getByText('AUTUMN24').waitFor()
  expect(await hindrances(page)).toEqual([])
})

test('blocks move by keys and by hand, are copied and removed, and all of it can be taken back', async () => {
  const { page } = shop
  const before = await kinds()
  expect(before.slice(0, 2)).toEqual(['큰 글씨', '글'])
  await page.getByRole('button', { name: '큰 글씨 옮기기' }).focus()
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowDown')
  await expect.poll(async () => (await kinds()).indexOf('큰 글씨'), patience).toBe(2)
  await page.getByText('3번째 자리예요.').waitFor({ state: 'attached' })
  await page.keyboard.press('Control+z')
  await page.keyboard.press('Control+z')
  await expect.poll(kinds, patience).toEqual(before)

  await page.getByRole('button', { name: '쿠폰 더 보기' }).click()
  await page.getByRole('menuitem', { name: '똑같이 하나 더' }).click()
  const coupons = async () => (await kinds()).filter((kind) => kind === '쿠폰')
  await expect.poll(coupons, patience).toHaveLength(2)
  await page.getByRole('button', { name: '쿠폰 더 보기' }).last().click()
  await page.getByRole('menuitem', { name: '지우기' }).click()
  await expect.poll(kinds, patience).toEqual(before)

  const handle = (name: string) => page.getByRole('button', { name: `${name} 옮기기` }).first()
  const from = await handle('버튼').boundingBox()
  const to = await handle('상품').boundingBox()
  if (!from || !to) throw new Error('the handles are not to be seen')
  await page.mouse.move(from.x + 8, from.y + 12)
  await page.mouse.down()
  await page.mouse.move(to.x + 8, to.y + 4, { steps: 12 })
  await page.mouse.up()
  await expect
    .poll(async () => (await kinds()).indexOf('버튼'), patience)
    .toBeLessThan(before.indexOf('버튼'))
  await page.getByRole('button', { name: /^되돌리기/ }).click()
  await expect.poll(kinds, patience).toEqual(before)
})

test('the mail is seen in the dark and on a phone', async () => {
  const { page } = shop
  const paper = () =>
    page
      .frameLocator('iframe')
      .locator('body')
      .evaluate((body) => getComputedStyle(body).backgroundColor)
  const light = await paper()
  await page.getByText('어둡게', { exact: true }).click()
  await expect.poll(paper, patience).not.toBe(light)
  await page.getByText('휴대폰', { exact: true }).click()
  await expect
    .poll(async () => (await page.locator('iframe').boundingBox())?.width ?? 999, patience)
    .toBeLessThan(420)
})

test('settings say who carries the mail, what the domain vouches for and where reports go', async () => {
  const { page, origin } = shop
  await page.route('**/api/shop/mail/domain*', (route) =>
    route.fulfill({
      json: {
        domain: 'shop.example',
        lights: ['spf', 'dkim', 'dmarc'].map((name) => ({
          name,
          state: name === 'spf' ? 'missing' : 'good',
          ko: `${name}의 상태예요.`,
          en: name,
          found: null,
          record: name === 'spf' ? { type: 'TXT', host: '@', value: 'v=spf1 ~all' } : null,
        })),
      },
    }),
  )
  // What the service would say; nothing leaves this machine.
  let told = { works: false, detail: '401 API key is invalid' }
  await page.route('**/api/shop/mail/check', (route) => route.fulfill({ json: told }))
  await page.goto(`${origin}/settings/mail`)
  await page.getByText('v=spf1 ~all').waitFor()
  await page.getByText('Resend', { exact: true }).click()
  await page.getByLabel('API 키', { exact: true }).fill('re_secret_key')
  await page.getByRole('button', { name: '이 서비스로 보내기' }).click()
  // A key is looked at as soon as it is stored, and what is wrong with it stays beside the form.
  await page.getByText('Resend에 연결하지 못했어요').waitFor()
  await page.getByText('연결하지 못했어요. 키를 확인해 주세요. 상대 서버의 답: 401').waitFor()
  told = { works: true, detail: '' }
  await page.getByRole('button', { name: '연결 확인하기' }).click()
  await page.getByText('키가 맞아요. 보낼 준비가 됐어요.').waitFor()
  await page.getByText('Resend로 보내는 중').waitFor()
  await page.getByText(`${origin}/hooks/resend/`).waitFor()
  const stored = await (await page.request.get(`${origin}/api/shop/mail`)).text()
  expect(stored).not.toContain('re_secret_key')
  expect(await hindrances(page)).toEqual([])
})

test('the shop’s colour and places reach its mails', async () => {
  const { page, origin } = shop
  await page.goto(`${origin}/settings/brand`)
  await page.getByLabel('버튼 색').fill('#0b7285')
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: 'SNS 추가하기' }).click()
  await page
    .getByRole('textbox', { name: '주소', exact: true })
    .fill('https://instagram.com/onshop')
  await page.getByRole('button', { name: '이 모습으로 하기' }).click()
  await page.getByText('저장했어요.').first().waitFor()
  expect(await hindrances(page)).toEqual([])
  await page.goto(`${origin}/campaigns/1`)
  const button = page.frameLocator('iframe').locator('.d-button a').first()
  await expect
    .poll(() => button.evaluate((link) => getComputedStyle(link).backgroundColor), patience)
    .toBe('rgb(11, 114, 133)')
  expect(shop.broken).toEqual([])
})

test('by keyboard alone a campaign of two variants goes live from nothing', async () => {
  const { page, origin } = shop
  const add = async (kind: string, plus: RegExp) => {
    await tabTo(page, plus)
    await page.keyboard.press('Enter')
    await page.keyboard.type(kind)
    await page.keyboard.press('Enter')
    await page.waitForFunction(() => document.activeElement?.id.startsWith('flow-'))
  }
  await page.goto(`${origin}/campaigns`)
  await page.getByRole('button', { name: '빈 캠페인 만들기' }).waitFor()
  await tabTo(page, /^빈 캠페인 만들기$/)
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: '단계 더하기', exact: true }).waitFor()
  await add('기다리기', /^단계 더하기$/)
  await add('메시지', /^여기에 단계 더하기$/)
  await tabTo(page, /^메시지 보내기 다루기$/)
  await page.keyboard.press('Enter')
  await page.getByRole('menuitem', { name: 'A/B로 나눠 비교하기' }).waitFor()
  await keyTo(page, 'ArrowDown', /^A\/B로 나눠 비교하기$/)
  await page.keyboard.press('Enter')
  await page.getByText('B · 50 %').waitFor()
  await tabTo(page, /^제목$/)
  await page.keyboard.press('End')
  await page.keyboard.type(' {{ 금액')
  await page.getByRole('option', { name: '담은 금액' }).waitFor()
  await page.keyboard.press('Enter')
  await page.getByText('(광고) 김하늘님, 담아두신 상품이 기다리고 있어요 ').first().waitFor()
  await page.keyboard.press('Shift+Tab')
  await tabTo(page, /^그림$|^목록$/, true)
  await page.keyboard.press('ArrowRight')
  await page.locator('[data-card="trigger"]').waitFor()
  expect(await hindrances(page)).toEqual([])
  await tabTo(page, /^캠페인 켜기$/, true)
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: '지금부터 보내기' }).waitFor()
  await page.keyboard.press('Enter')
  await page.getByText('켜짐').waitFor()
  const id = page.url().split('/').at(-1)
  const { state, draft } = await (await page.request.get(`${origin}/api/campaigns/${id}`)).json()
  expect(state).toBe('live')
  expect(draft.steps).toMatchObject([{ kind: 'wait' }, { kind: 'split', arms: [{}, {}] }])
  expect(shop.broken).toEqual([])
})
