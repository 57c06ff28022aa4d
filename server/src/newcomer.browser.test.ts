import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { type Browser, chromium, type Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type OwnServer, ownServer } from './testing/own-server.driver.ts'

/** Half a million lines of a real shop; not the project's own, so without it this says that it was left out. */
const retail = join(import.meta.dirname, '../../../shared/data/online-retail.csv.gz')

let server: OwnServer
let browser: Browser
beforeAll(async () => {
  server = await ownServer()
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
  })
})
afterAll(async () => {
  await browser?.close()
  await server?.close()
})

/** The import as the guide says it; what it printed. */
async function imported(): Promise<string> {
  const program = join(import.meta.dirname, 'cli/danggol.ts')
  const child = spawn(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', program, 'import', 'orders', retail],
    { env: { ...process.env, DANGGOL_DATA: server.dataFolder }, stdio: ['ignore', 'pipe', 'pipe'] },
  )
  let said = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString()
    })
  const code = await new Promise((ended) => child.once('exit', ended))
  if (code !== 0) throw new Error(`the import ended with ${code}:\n${said.slice(-1_000)}`)
  return said
}

async function signedIn(): Promise<Page> {
  const page = await browser.newPage({ locale: 'ko-KR', viewport: { width: 1440, height: 900 } })
  await page.goto(`${server.url}/welcome#${await server.invitation()}`)
  await page.getByLabel('이름').fill('정다은')
  await page.getByLabel('이메일').fill('owner@shop.example')
  await page.getByLabel('비밀번호').fill('correct horse battery')
  await page.keyboard.press('Enter')
  await page.waitForURL((at) => !at.pathname.includes('welcome'))
  return page
}

test.skipIf(!existsSync(retail))(
  "from a year of a real shop's orders to a live campaign with a hold-out for its best three first products",
  async () => {
    await server.start()
    const page = await signedIn()
    await page.goto(`${server.url}/first-purchase`)
    await page.getByText('아직 주문이 없어요').waitFor()
    expect(await imported()).toContain('"amount": "8911407.904"')
    await page.goto(`${server.url}/first-purchase`)
    await page.getByRole('button', { name: /상위 3개 고르기/ }).click()
    await page.getByRole('button', { name: /이 상품들로 캠페인 만들기/ }).click()
    const dialog = page.getByRole('dialog')
    await dialog
      .getByText(/필요해요/)
      .first()
      .waitFor()
    await dialog.getByRole('button', { name: '초안 만들기' }).click()
    await page.waitForURL(/campaigns\/\d+/)
    await page.getByRole('button', { name: '캠페인 켜기' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '지금부터 보여주기' }).click()
    await page.getByText('켜짐').first().waitFor()
    const cookie = (await page.context().cookies()).map(({ name, value }) => `${name}=${value}`)
    const id = /campaigns\/(\d+)/.exec(page.url())?.[1]
    const asked = { cookie: cookie.join('; ') }
    // 90 days of orders are judged against the fifth that is held out.
    expect(await server.call('GET', `/api/campaigns/${id}`, asked)).toMatchObject({
      state: 'live',
      problems: [],
      draft: {
        steps: [{ content: { recommend: { products: ['22086', '84029E', '22837'] } } }],
        goal: { event: 'Order Completed', metric: 'orders', windowHours: 2_160 },
        holdoutShare: 0.2,
      },
    })
  },
)
