/// <reference types="node" />
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cartMailCampaign, hindrances, openShop, tooWide } from '../app/opened-shop.contract.ts'
import { tabTo } from '../segments/hands.contract.ts'

let shop: Awaited<ReturnType<typeof openShop>>
const folder = process.env.DANGGOL_SCREENSHOTS

beforeAll(async () => {
  if (folder) mkdirSync(folder, { recursive: true })
  shop = await openShop('images')
})
afterAll(() => shop?.close())

const look = async (name: string, fullPage = true) => {
  if (folder) await shop.page.screenshot({ path: join(folder, `${name}.png`), fullPage })
}

/** A picture as a phone or a designer would give it, drawn by the browser itself. */
async function drawn(width: number, height: number, colors: readonly [string, string]) {
  const base64 = await shop.page.evaluate(
    ([width, height, one, other]) => {
      const canvas = document.createElement('canvas')
      canvas.width = width
      canvas.height = height
      const pen = canvas.getContext('2d')
      if (!pen) return ''
      const paint = pen.createLinearGradient(0, 0, width, height)
      paint.addColorStop(0, one)
      paint.addColorStop(1, other)
      pen.fillStyle = paint
      pen.fillRect(0, 0, width, height)
      pen.fillStyle = '#ffffff'
      pen.beginPath()
      pen.arc(width * 0.75, height * 0.3, height * 0.15, 0, 7)
      pen.fill()
      return canvas.toDataURL('image/png').split(',')[1] ?? ''
    },
    [width, height, ...colors] as const,
  )
  return Buffer.from(base64, 'base64')
}

test('pictures are brought by hand, get words and a focus by keyboard, and bad ones say why', async () => {
  const { page, origin } = shop
  await page.goto(`${origin}/images`)
  await page.getByText('아직 그림이 없어요').waitFor()
  await page.getByText('PUBLIC_URL').waitFor()
  await look('empty')
  await page.locator('input[type=file]').setInputFiles([
    {
      name: '가을 니트.png',
      mimeType: 'image/png',
      buffer: await drawn(1600, 900, ['#e8590c', '#5f3dc4']),
    },
    { name: '아이콘.svg.png', mimeType: 'image/png', buffer: Buffer.from('<svg onload=alert(1)>') },
    {
      name: '로고.png',
      mimeType: 'image/png',
      buffer: await drawn(480, 160, ['#0b7285', '#0b7285']),
    },
  ])
  await page.getByText('SVG는 안에 스크립트를 담을 수 있어서').waitFor()
  await page.getByRole('button', { name: '로고' }).waitFor()
  await look('library')
  expect(await hindrances(page)).toEqual([])

  await tabTo(page, /^가을 니트/)
  await page.keyboard.press('Enter')
  await page.getByText('아직 아무 데도 쓰지 않았어요.').waitFor()
  await page.getByLabel('그림 설명').fill('가을 니트를 입은 모델')
  await tabTo(page, /^초점: 왼쪽에서 50%, 위에서 50%/)
  for (let times = 0; times < 3; times++) await page.keyboard.press('Shift+ArrowRight')
  await page.getByRole('button', { name: /왼쪽에서 80%, 위에서 50%/ }).waitFor()
  await page.getByRole('combobox', { name: '태그' }).fill('가을')
  await page.keyboard.press('Enter')
  await look('details', false)
  expect(await hindrances(page)).toEqual([])
  await page.getByRole('button', { name: '저장하기' }).click()
  await page.getByText('저장했어요.').first().waitFor()
  await page.getByText('가을', { exact: true }).first().waitFor()
})

test('a mail takes a picture of the library with its words, and the library says so', async () => {
  const { page, origin } = shop
  const id = await cartMailCampaign(shop)
  await page.goto(`${origin}/campaigns/${id}`)
  await page.getByRole('button', { name: '블록 추가하기' }).click()
  await page.getByRole('menuitem', { name: '그림', exact: true }).click()
  await page.getByRole('button', { name: '보관함에서 그림 고르기' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: /로고/ }).click()
  const use = dialog.getByRole('button', { name: '이 그림 쓰기' })
  // Without words it cannot be used.
  await dialog.getByText('설명이 있어야 메시지에 넣을 수 있어요.').waitFor()
  expect(await use.isDisabled()).toBe(true)
  await look('picker', false)
  expect(await hindrances(page)).toEqual([])
  await dialog.getByLabel('그림 설명').fill('온샵')
  await use.click()
  const picture = page.frameLocator('iframe').locator('img[alt="온샵"]')
  await picture.waitFor()
  await expect
    .poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth))
    .toBe(480)
  await look('mail')
  await page.getByRole('button', { name: '바뀐 내용 저장하기' }).click()
  await page.getByText('저장하지 않은 내용이 있어요').waitFor({ state: 'hidden' })

  await page.goto(`${origin}/images`)
  await page.getByRole('button', { name: /로고/ }).click()
  await page.getByRole('dialog').getByText('작성 중').waitFor()
  const remove = page.getByRole('button', { name: '보관함에서 지우기' })
  expect(await remove.isDisabled()).toBe(true)
  await page.keyboard.press('Escape')
  await page.getByRole('button', { name: /가을 니트/ }).click()
  await remove.click()
  await page.getByRole('button', { name: '되살리기' }).click()
  await page.getByText('되살렸어요.').waitFor()
  await page.getByRole('button', { name: /가을 니트/ }).waitFor()
})

test('the brand wears a logo of the library, and colours that cannot be read are mended with a click', async () => {
  const { page, origin } = shop
  await page.goto(`${origin}/settings/brand`)
  await page.getByRole('button', { name: '보관함에서 그림 고르기' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: /로고/ }).click()
  await dialog.getByRole('button', { name: '이 그림 쓰기' }).click()
  await page.getByLabel('글자 색', { exact: true }).fill('#c0c0c0')
  await page.keyboard.press('Escape')
  await page.getByText('글자가 배경에서 읽기 어려워요.').waitFor()
  expect(await page.getByRole('button', { name: '이 모습으로 하기' }).isDisabled()).toBe(true)
  await look('brand unreadable')
  await page.getByRole('button', { name: '읽기 쉬운 색으로 바꾸기' }).click()
  await page.getByLabel('버튼 색').fill('#0b7285')
  await page.keyboard.press('Escape')
  await page.getByText('어두울 때').click()
  await look('brand')
  await page.getByRole('button', { name: '이 모습으로 하기' }).click()
  await page.getByText('저장했어요.').first().waitFor()
  expect(await hindrances(page)).toEqual([])
  for (const width of [768, 390]) {
    await page.setViewportSize({ width, height: 844 })
    await look(`brand ${width}`)
    await page.goto(`${origin}/images`)
    await page.getByRole('button', { name: /로고/ }).waitFor()
    expect(await tooWide(page)).toBe(0)
    await look(`library ${width}`)
    await page.goto(`${origin}/settings/brand`)
    await page.getByText('이렇게 보여요').waitFor()
  }
  await page.goto(`${origin}/images`)
  await page.getByRole('button', { name: /로고/ }).click()
  await page.getByText('브랜드 (로고)').waitFor()
  await look('details 390', false)
  expect(shop.broken).toEqual([])
})
