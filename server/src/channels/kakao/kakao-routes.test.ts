import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { ShopId } from '../../lib/brand.ts'
import { shops } from '../../shops/shops.service.ts'
import { openTestWorld } from '../../testing/world.store.ts'
import { vault } from '../../vault/vault.service.ts'
import type { Actor, Call, Route } from '../../web/route.ts'
import { kakaoRoutes } from './kakao.routes.ts'
import { kakao } from './kakao.service.ts'
import { kakaoSettings } from './settings.ts'

const server = createServer((request, response) => {
  const path = new URL(request.url ?? '/', 'http://local').pathname
  const isMine = request.headers.authorization?.includes('apiKey=GOOD')
  response.writeHead(isMine ? 200 : 401, { 'content-type': 'application/json' })
  const template = { templateId: 'T', channelId: 'P1', name: '주문', status: 'APPROVED' }
  response.end(
    JSON.stringify(
      !isMine
        ? { errorCode: 'InvalidAPIKey', errorMessage: 'no' }
        : path.endsWith('channels')
          ? { channelList: [{ channelId: 'P1', searchId: '@온샵' }] }
          : path.endsWith('templates')
            ? { templateList: [{ ...template, content: '#{이름}님' }] }
            : { fileId: 'FILE1' },
    ),
  )
}).listen(0, '127.0.0.1')

const safe = vault(new Uint8Array(32).fill(7))
let world: Awaited<ReturnType<typeof openTestWorld>>
let tenants: ReturnType<typeof shops>
let routes: readonly Route[]
let shop: ShopId
beforeAll(async () => {
  world = await openTestWorld()
  const { db, clock } = world
  tenants = shops({ db, clock })
  shop = await tenants.create('온샵', false)
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const room = kakao({ db, clock, shops: tenants, vault: safe, world: { baseUrl } })
  routes = kakaoRoutes({
    kakao: room,
    shops: tenants,
    vault: safe,
    ofLibrary: async (_, key, bubble) => ({
      name: `${key} ${bubble}`,
      bytes: Buffer.from('ffd8ffe0', 'hex'),
    }),
  })
})
afterAll(async () => {
  await world?.close()
  server.closeAllConnections()
  server.close()
})

/** Calls a route as the server does: what it takes and what it answers pass their schemas. */
async function call(name: string, given: { params?: object; body?: unknown } = {}) {
  const [method, path] = name.split(' ')
  const found = routes.find((one) => one.method === method && one.path === path)
  if (!found) throw new Error(`no route ${name}`)
  const actor: Actor = { shop, name: 'member:1', role: 'owner' }
  const answer = await found.handle({
    actor,
    params: found.params?.parse(given.params ?? {}) ?? {},
    query: {},
    body: found.body?.parse(given.body),
    request: new Request('http://local'),
    signal: new AbortController().signal,
  } as Call)
  return answer instanceof Response ? answer : found.response.parse(answer)
}

const input = { provider: 'solapi', apiKey: 'GOOD', secret: 'sesame', alimtalkWon: 8 }

test('an account is stored sealed, its only channel chosen, its templates read', async () => {
  expect(await call('get /api/shop/kakao')).toBeNull()
  const answer = await call('put /api/shop/kakao', { body: input })
  expect(answer).toMatchObject({ apiKey: 'GOOD', profile: 'P1', profileName: '@온샵' })
  expect(answer).toMatchObject({ hook: expect.stringMatching(/^\/hooks\/solapi\/\d+\./) })
  expect(JSON.stringify(answer)).not.toContain('sesame')
  const kept = kakaoSettings((await tenants.shop(shop)).settings.kakao)
  expect(safe.open(kept?.sealedSecret ?? '')).toBe('sesame')
  expect(await call('get /api/kakao/templates')).toMatchObject({
    isPractice: false,
    error: null,
    templates: [{ code: 'T', variables: ['이름'] }],
  })
})

test('a stored secret stays with its account and is not given to another', async () => {
  await call('put /api/shop/kakao', {
    body: { provider: 'solapi', apiKey: 'GOOD', profile: 'P1', brandWon: 20 },
  })
  expect(kakaoSettings((await tenants.shop(shop)).settings.kakao)?.brandWon).toBe(20)
  await expect(
    call('put /api/shop/kakao', { body: { provider: 'nhn', apiKey: 'GOOD' } }),
  ).rejects.toThrow('secret')
  await expect(
    call('put /api/shop/kakao', { body: { ...input, profile: 'SOMEBODY' } }),
  ).rejects.toThrow('channel')
  expect(await call('get /api/shop/kakao')).toMatchObject({ profile: 'P1', brandWon: 20 })
})

test('an account that does not answer says so and keeps nothing of the one before', async () => {
  await call('put /api/shop/kakao', { body: { ...input, apiKey: 'OTHER' } })
  expect(await call('get /api/kakao/templates')).toMatchObject({
    error: expect.stringContaining('InvalidAPIKey'),
    templates: [],
  })
  await call('delete /api/shop/kakao')
  expect(await call('get /api/kakao/templates')).toMatchObject({ isPractice: true })
  const acts = (await tenants.auditLog(shop, { before: undefined, limit: 20 })).map(
    (one) => one.act,
  )
  expect(acts).toContain('kakao.changed')
  expect(acts).toContain('kakao.removed')
})

test('pictures are JPEG or PNG and can be seen again', async () => {
  const png = Buffer.from('89504e470d0a1a0a0000', 'hex')
  const body = { name: 'a.png', bubble: 'IMAGE', data: png.toString('base64') }
  const { id } = (await call('post /api/kakao/pictures', { body })) as { readonly id: string }
  const seen = (await call('get /api/kakao/pictures/{id}', { params: { id } })) as Response
  expect(seen.headers.get('content-type')).toBe('image/png')
  expect(Buffer.from(await seen.arrayBuffer()).equals(png)).toBe(true)
  const ofLibrary = { image: 'q1w2e3r4t5y6u7i8o9p0_-', bubble: 'WIDE' }
  const told = (await call('post /api/kakao/pictures', { body: ofLibrary })) as { id: string }
  const cut = (await call('get /api/kakao/pictures/{id}', {
    params: { id: told.id },
  })) as Response
  expect(Buffer.from(await cut.arrayBuffer()).toString('hex')).toBe('ffd8ffe0')
  const svg = { ...body, data: Buffer.from('<svg onload=alert(1)>').toString('base64') }
  await expect(call('post /api/kakao/pictures', { body: svg })).rejects.toThrow('JPEG')
})
