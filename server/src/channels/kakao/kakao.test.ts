import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { minuteMs } from '../../lib/duration.ts'
import { shops } from '../../shops/shops.service.ts'
import { openTestWorld } from '../../testing/world.store.ts'
import { vault } from '../../vault/vault.service.ts'
import { kakao, kakaoOf } from './kakao.service.ts'

type World = Awaited<ReturnType<typeof openTestWorld>>
let world: World
let listed: object[] = []
let status = 200
const server = createServer((request, response) => {
  const path = new URL(request.url ?? '/', 'http://local').pathname
  response.writeHead(status, { 'content-type': 'application/json' })
  const channelList = [{ channelId: 'KA01PF', searchId: '@온샵' }]
  response.end(
    JSON.stringify(
      status === 200
        ? { nextKey: null, channelList, templateList: path.endsWith('templates') ? listed : [] }
        : { errorCode: 'InvalidAPIKey', errorMessage: 'no such key' },
    ),
  )
}).listen(0, '127.0.0.1')

beforeAll(async () => {
  world = await openTestWorld()
})
afterAll(async () => {
  await world?.close()
  server.closeAllConnections()
  server.close()
})

const template = {
  templateId: 'KA01TP',
  channelId: 'KA01PF',
  name: '주문 완료',
  content: '#{이름}님, 주문이 완료됐어요.',
  status: 'APPROVED',
}

test('templates are kept as the provider lists them; what changed, stopped or failed is told', async () => {
  const { db, clock } = world
  const secrets = vault(new Uint8Array(32).fill(7))
  const tenants = shops({ db, clock })
  const shop = await tenants.create('온샵', false)
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const room = kakao({ db, clock, shops: tenants, vault: secrets, world: { baseUrl } })

  const practice = await room.list(shop)
  expect(practice.isPractice).toBe(true)
  expect(practice.templates.length).toBeGreaterThan(0)

  const sealedSecret = secrets.seal('sesame')
  await tenants.set(shop, 'kakao', { provider: 'solapi', apiKey: 'KEY', sealedSecret })
  listed = [template, { ...template, templateId: 'OLD', name: '옛 템플릿' }, template]
  const first = await room.sync(shop)
  expect(first).toMatchObject({
    isPractice: false,
    sync: { at: clock.now(), error: null, profiles: [{ id: 'KA01PF', name: '@온샵' }] },
  })
  expect(first.templates.map(({ code, status: is }) => [code, is])).toEqual([
    ['OLD', 'approved'],
    ['KA01TP', 'approved'],
  ])

  clock.advance(60 * minuteMs)
  listed = [{ ...template, content: `${template.content} 고마워요.` }]
  await room.syncAll()
  const second = await room.list(shop)
  expect(second.templates).toMatchObject([
    { code: 'KA01TP', status: 'approved', changedAt: clock.now() },
    { code: 'OLD', status: 'stopped', changedAt: clock.now() },
  ])

  clock.advance(60 * minuteMs)
  status = 401
  const failed = await room.sync(shop)
  expect(failed.sync.error).toContain('InvalidAPIKey')
  expect(failed.sync.succeededAt).toBe(clock.now() - 60 * minuteMs)
  expect(failed.sync.profiles).toHaveLength(1)
  expect(failed.templates).toHaveLength(2)

  const about = await tenants.shop(shop)
  const provider = kakaoOf(about, { db, vault: secrets }, { baseUrl })?.open()
  const parcel = {
    channel: 'kakao',
    kind: 'alimtalk',
    shop,
    message: 1,
    key: '1.1.1',
    advertising: false,
    at: clock.now(),
    profile: 'KA01PF',
    to: '+821012345678',
    template: 'OLD',
    variables: { 이름: '김하늘' },
    text: '김하늘님, 주문이 완료됐어요.',
    buttons: [],
  } as const
  expect(await provider?.send(parcel)).toMatchObject({
    kind: 'permanent',
    cause: 'template_mismatch',
  })
  await provider?.close()

  status = 200
  await tenants.set(shop, 'kakao', null)
  const picture = { name: 'a.png', media: 'image/png', bytes: Buffer.from('hi') } as const
  const { id } = await room.upload(shop, { ...picture, bubble: 'IMAGE' })
  expect(await room.picture(shop, id)).toMatchObject({ media: 'image/png' })
})
