import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import type { ShopId } from '../../lib/brand.ts'
import { minuteMs } from '../../lib/duration.ts'
import { Refusal } from '../../lib/refusal.ts'
import { shops } from '../../shops/shops.service.ts'
import { openTestWorld, type TestWorld } from '../../testing/world.store.ts'
import { vault } from '../../vault/vault.service.ts'
import type { Actor, Call, Route } from '../../web/route.ts'
import { fakeAligoKeys, openFakeAligo } from './fake-aligo.driver.ts'
import { fakeNhnKeys, openFakeNhn } from './fake-nhn.driver.ts'
import type { TextFake } from './fake-server.driver.ts'
import { fakeSolapiKeys, openFakeSolapi } from './fake-solapi.driver.ts'
import { textPictureRoutes } from './pictures.routes.ts'
import { textPictures } from './pictures.service.ts'
import { askAgainAt } from './settings.ts'
import { textRoutes } from './text.routes.ts'
import { textOf, texts } from './text.service.ts'
import { adText } from './text-world.contract.ts'

let world: TestWorld
let shop: ShopId
const fakes: TextFake[] = []
const safe = vault(new Uint8Array(32).fill(7))

beforeAll(async () => {
  world = await openTestWorld()
})
afterAll(async () => {
  for (const fake of fakes) fake.close()
  await world?.close()
})
beforeEach(async () => {
  shop = await shops(world).create('온샵', false)
})

/** The routes of a shop whose provider is the fake. */
function routesTo(fake: TextFake) {
  fakes.push(fake)
  const tenants = shops(world)
  const text = texts({
    ...world,
    shops: tenants,
    vault: safe,
    world: { baseUrl: fake.url },
  })
  const ofLibrary = async (_: ShopId, key: string) => {
    if (key !== 'known') throw new Refusal('not-found', 'There is no such picture.')
    return { name: 'summer', bytes: jpeg }
  }
  const pictures = textPictures({ ...world, texts: text, ofLibrary })
  const routes: readonly Route[] = [
    ...textRoutes({ texts: text, shops: tenants, vault: safe }),
    ...textPictureRoutes({ pictures, shops: tenants }),
  ]
  const actor: Actor = { shop, name: 'member:1', role: 'developer' }
  return {
    tenants,
    pictures,
    ask: async (method: Route['method'], path: string, body?: unknown) => {
      const found = routes.find((one) => one.method === method && one.path === path)
      if (!found) throw new Error(`no route ${method} ${path}`)
      const call = { actor, params: {}, query: {}, body: found.body?.parse(body) ?? body }
      return found.response.parse(await found.handle(call as unknown as Call))
    },
  }
}

const solapi = { provider: 'solapi', account: fakeSolapiKeys.apiKey } as const

test('without an account there are usual prices and no provider', async () => {
  const { ask } = routesTo(await openFakeSolapi())
  expect(await ask('get', '/api/shop/text')).toMatchObject({
    provider: null,
    hasSecret: false,
    smsWon: 20,
    lmsWon: 50,
    mmsWon: 110,
    optOutNumber: '',
    hook: null,
    state: null,
    certified: null,
  })
})

test('the secret goes in once, sealed, and never comes out', async () => {
  const { ask, tenants } = routesTo(await openFakeSolapi())
  const secret = fakeSolapiKeys.apiSecret
  const answer = await ask('put', '/api/shop/text', { ...solapi, secret })
  expect(answer).toMatchObject({ provider: 'solapi', hasSecret: true })
  expect(answer).toMatchObject({ hook: expect.stringMatching(/^\/hooks\/solapi\/\d+\./) })
  const stored = JSON.stringify((await tenants.shop(shop)).settings.text)
  const log = JSON.stringify(await tenants.auditLog(shop, { before: undefined, limit: 10 }))
  for (const text of [JSON.stringify(answer), stored, log]) expect(text).not.toContain(secret)
  expect(log).toContain('text.changed')
  // Kept when it is not sent again, for the same account only.
  const again = await ask('put', '/api/shop/text', { ...solapi, optOutNumber: '080-123-4567' })
  expect(again).toMatchObject({ hasSecret: true, optOutNumber: '080-123-4567' })
  await expect(
    ask('put', '/api/shop/text', { ...solapi, account: 'ANOTHER' }),
  ).rejects.toMatchObject({ code: 'invalid', field: 'secret' })
})

test('a sender number is one the provider says is registered, never one that was only typed', async () => {
  const { ask } = routesTo(await openFakeSolapi())
  await ask('put', '/api/shop/text', { ...solapi, secret: fakeSolapiKeys.apiSecret })
  expect(await ask('post', '/api/shop/text/check', {})).toEqual({
    works: true,
    detail: null,
    senders: ['0212345678'],
  })
  for (const senderNumber of ['0298765432', '01099998888'])
    await expect(ask('put', '/api/shop/text', { ...solapi, senderNumber })).rejects.toMatchObject({
      field: 'senderNumber',
    })
  expect(
    await ask('put', '/api/shop/text', { ...solapi, senderNumber: '0212345678' }),
  ).toMatchObject({ senderNumber: '0212345678' })
})

test('Aligo lists no numbers, so a number is tried there in test mode', async () => {
  const { ask } = routesTo(await openFakeAligo())
  const aligo = { provider: 'aligo', account: fakeAligoKeys.userId, secret: fakeAligoKeys.key }
  await expect(
    ask('put', '/api/shop/text', { ...aligo, senderNumber: '0211112222' }),
  ).rejects.toMatchObject({ field: 'senderNumber' })
  expect(
    await ask('put', '/api/shop/text', { ...aligo, senderNumber: '0212345678' }),
  ).toMatchObject({ senderNumber: '0212345678', hook: null })
})

test('a wrong key is told in the words of the provider; little money is warned of', async () => {
  const fake = await openFakeSolapi()
  const { ask } = routesTo(fake)
  await ask('put', '/api/shop/text', { ...solapi, secret: 'wrong' })
  const failed = await ask('post', '/api/shop/text/check', {})
  expect(failed).toMatchObject({ works: false, detail: expect.stringContaining('인증') })
  expect(await ask('get', '/api/shop/text')).toMatchObject({
    state: { error: expect.stringContaining('인증'), balanceWon: null, isLow: false },
  })
  await ask('put', '/api/shop/text', { ...solapi, secret: fakeSolapiKeys.apiSecret })
  fake.account.money = 9_990
  await ask('post', '/api/shop/text/check', {})
  expect(await ask('get', '/api/shop/text')).toMatchObject({
    state: { error: null, balanceWon: 9_990, isLow: true },
  })
})

test('the certification is looked up once for each provider, by somebody with a name', async () => {
  const fake = await openFakeNhn()
  const { ask } = routesTo(fake)
  const nhn = { provider: 'nhn', account: fakeNhnKeys.appKey, secret: fakeNhnKeys.secretKey }
  const certified = { by: 'member:1', at: world.clock.now() }
  expect(await ask('put', '/api/shop/text', { ...nhn, certified: true })).toMatchObject({
    certified,
  })
  world.clock.advance(minuteMs)
  expect(await ask('put', '/api/shop/text', { ...nhn, certified: true })).toMatchObject({
    certified,
  })
  expect(await ask('put', '/api/shop/text', nhn)).toMatchObject({ certified: null })
})

test('forgetting the account keeps the 080 number and the prices', async () => {
  const { ask, tenants } = routesTo(await openFakeSolapi())
  await ask('put', '/api/shop/text', {
    ...solapi,
    secret: fakeSolapiKeys.apiSecret,
    senderNumber: '0212345678',
    optOutNumber: '0801234567',
    smsWon: 18,
  })
  await ask('delete', '/api/shop/text')
  expect(await ask('get', '/api/shop/text')).toMatchObject({
    provider: null,
    account: '',
    hasSecret: false,
    senderNumber: '',
    optOutNumber: '0801234567',
    smsWon: 18,
  })
  expect(textOf(await tenants.shop(shop), safe)).toBeUndefined()
})

test('the provider of the settings carries texts', async () => {
  const fake = await openFakeSolapi()
  const { ask, tenants } = routesTo(fake)
  await ask('put', '/api/shop/text', { ...solapi, secret: fakeSolapiKeys.apiSecret })
  const provider = textOf(await tenants.shop(shop), safe, { baseUrl: fake.url })?.open()
  expect(await provider?.send(adText())).toMatchObject({ kind: 'accepted' })
  await provider?.close()
})

const jpeg = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3])

test('a picture is handed to the provider once and can be seen again', async () => {
  const fake = await openFakeSolapi()
  const { ask, pictures } = routesTo(fake)
  const data = jpeg.toString('base64')
  // A picture of the library is handed over by its key.
  expect(await ask('post', '/api/text/pictures', { image: 'known' })).toEqual({
    id: expect.stringMatching(/^kept-/),
  })
  await expect(ask('post', '/api/text/pictures', { image: 'other' })).rejects.toMatchObject({
    code: 'not-found',
  })
  // Before there is an account it is for practice.
  expect(await ask('post', '/api/text/pictures', { name: 'a.jpg', data })).toEqual({
    id: expect.stringMatching(/^kept-/),
  })
  await ask('put', '/api/shop/text', { ...solapi, secret: fakeSolapiKeys.apiSecret })
  const told = await ask('post', '/api/text/pictures', { name: 'a.jpg', data })
  expect(told).toEqual({ id: 'ST01FZ220522' })
  expect(Buffer.from((await pictures.read(shop, 'ST01FZ220522')) ?? [])).toEqual(jpeg)
  expect(await pictures.read(await shops(world).create('다른샵', false), 'ST01FZ220522')).toBe(
    undefined,
  )
})

test('what is no JPEG or too large is not handed over; where names of pictures do not last it is kept here', async () => {
  const fake = await openFakeNhn()
  const { ask, pictures, tenants } = routesTo(fake)
  const sent = (bytes: Buffer) =>
    ask('post', '/api/text/pictures', { name: 'a', data: bytes.toString('base64') })
  await expect(sent(Buffer.from('GIF89a'))).rejects.toMatchObject({ field: 'data' })
  await expect(sent(Buffer.concat([jpeg, Buffer.alloc(200 * 1024)]))).rejects.toMatchObject({
    code: 'too-large',
  })
  const nhn = { provider: 'nhn', account: fakeNhnKeys.appKey, secret: fakeNhnKeys.secretKey }
  await ask('put', '/api/shop/text', nhn)
  const { id } = (await sent(jpeg)) as { id: string }
  const picture = (name: string) => pictures.read(shop, name)
  const provider = textOf(await tenants.shop(shop), safe, { baseUrl: fake.url, picture })?.open()
  const mms = adText({ form: 'MMS', subject: '(광고)온샵', image: id })
  expect(await provider?.send(mms)).toMatchObject({ kind: 'accepted' })
  expect(fake.taken).toMatchObject([{ form: 'MMS', picture: jpeg.toString('base64') }])
  await provider?.close()
})

test('a provider that is out is asked later and later, at most every four hours', () => {
  const minutes = [0, 1, 2, 3, 4, 5, 6, 7, 8, 100].map(
    (failures) => askAgainAt({ askedAt: 0, failures }) / minuteMs,
  )
  expect(minutes).toEqual([60, 5, 10, 20, 40, 60, 120, 240, 240, 240])
})
