import type { Hono } from 'hono'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { z } from 'zod'
import type { ShopId } from '../lib/brand.ts'
import { hourMs } from '../lib/duration.ts'
import { keys } from '../shops/keys.service.ts'
import { members } from '../shops/members.service.ts'
import { sessionRoutes } from '../shops/session.routes.ts'
import { shopsRoutes } from '../shops/shops.routes.ts'
import { shops } from '../shops/shops.service.ts'
import { insertShop, openTestWorld, type TestWorld } from '../testing/world.store.ts'
import { vault } from '../vault/vault.service.ts'
import { contentTag } from '../web/content-tag.ts'
import { type Route, route } from '../web/route.ts'
import { api } from './api.ts'
import { idempotencyStore } from './idempotency.store.ts'
import { openapi } from './openapi.ts'

const publicUrl = 'http://localhost:4700'
const password = 'correct horse battery'

let world: TestWorld
let app: Hono
let routes: readonly Route[]
let shop: ShopId
let made = 0
let rooms: { readonly keys: ReturnType<typeof keys>; readonly members: ReturnType<typeof members> }
const errors: unknown[] = []

beforeAll(async () => {
  world = await openTestWorld()
})
afterAll(() => world.close())

beforeEach(async () => {
  const { db, clock } = world
  shop = await insertShop(db)
  const [own, people, tenants] = [keys({ db, clock }), members({ db, clock }), shops({ db, clock })]
  rooms = { keys: own, members: people }
  const things = route({
    method: 'post',
    path: '/api/things',
    summary: 'Makes a thing.',
    roles: ['marketer'],
    body: z.object({ name: z.string() }),
    response: z.object({ made: z.number() }),
    handle: async ({ body }) => {
      if (body.name === 'bomb') throw new Error('secret detail of the inside')
      return { made: ++made }
    },
  })
  let shade = 'red'
  let looks = 0
  const Shade = z.object({ shade: z.string(), looks: z.number().optional() })
  const shades = [
    route({
      method: 'get',
      path: '/api/shade',
      summary: 'The shade.',
      roles: ['marketer'],
      response: Shade,
      moving: ['looks'],
      handle: async () => {
        looks += 1
        return { shade, looks }
      },
    }),
    route({
      method: 'put',
      path: '/api/shade',
      summary: 'Sets the shade.',
      roles: ['marketer'],
      body: Shade,
      response: Shade,
      handle: async ({ body }) => {
        await new Promise((resolve) => setImmediate(resolve))
        shade = body.shade
        return { shade }
      },
    }),
  ]
  routes = [
    ...shades,
    ...sessionRoutes({ members: people, shops: tenants, publicUrl, demoShopUrl: undefined }),
    ...shopsRoutes({
      shops: tenants,
      keys: own,
      members: people,
      vault: vault(Buffer.alloc(32, 7)),
      publicUrl,
    }),
    things,
  ]
  app = api({
    routes,
    actorOfSession: async (token) => {
      const member = await people.whoIs(token)
      return (
        member && {
          shop: member.shop,
          name: `member:${member.id}`,
          member: member.id,
          role: member.role,
        }
      )
    },
    actorOfKey: async (text) => {
      const key = await own.resolve(text)
      return key?.scope === 'admin'
        ? { shop: key.shop, name: `key:${key.keyId}`, role: 'owner' }
        : undefined
    },
    idempotency: idempotencyStore(db),
    clock,
    onError: (error) => errors.push(error),
  })
})

async function call(
  method: string,
  path: string,
  options: { cookie?: string; body?: unknown; headers?: Record<string, string> } = {},
) {
  const headers = {
    'x-danggol-csrf': '1',
    ...(options.cookie ? { cookie: options.cookie } : {}),
    ...options.headers,
  }
  const body =
    options.body === undefined
      ? {}
      : { body: typeof options.body === 'string' ? options.body : JSON.stringify(options.body) }
  const answer = await app.request(path, { method, headers, ...body })
  const told = (await answer.json()) as Record<string, unknown>
  return { status: answer.status, told, cookie: answer.headers.get('set-cookie') ?? '' }
}

async function joined(
  role: 'owner' | 'marketer' | 'developer' | 'viewer',
  email = `${role}@shop.example`,
) {
  const token = await rooms.members.invite(shop, role)
  const { cookie } = await call('POST', '/api/owner', {
    body: { token, name: role, email, password },
  })
  return { token, cookie: cookie.split(';')[0] ?? '' }
}

describe('signing in', () => {
  test('the one-time link makes the first owner, once', async () => {
    const { token, cookie } = await joined('owner')
    expect((await call('GET', '/api/session', { cookie })).told).toMatchObject({
      member: { role: 'owner' },
      shop: { id: shop },
    })
    const again = await call('POST', '/api/owner', {
      body: { token, name: 'x', email: 'x@shop.example', password },
    })
    expect(again).toMatchObject({ status: 403, told: { code: 'forbidden', field: 'token' } })
  })

  test('the session cookie is httpOnly and same-site, and ends at sign-out', async () => {
    await joined('owner', 'out@shop.example')
    const signed = await call('POST', '/api/session', {
      body: { email: ' OUT@shop.example ', password },
    })
    expect(signed.cookie).toMatch(/HttpOnly; SameSite=Lax/)
    const cookie = signed.cookie.split(';')[0] ?? ''
    await call('DELETE', '/api/session', { cookie })
    expect((await call('GET', '/api/session', { cookie })).status).toBe(401)
  })

  test('a wrong password says nothing of the account, and guessing ends after ten', async () => {
    await joined('owner', 'guess@shop.example')
    const wrong = { email: 'guess@shop.example', password: 'wrong password' }
    const unknown = await call('POST', '/api/session', {
      body: { ...wrong, email: 'nobody@shop.example' },
    })
    for (let tries = 0; tries < 10; tries++) {
      const refused = await call('POST', '/api/session', { body: wrong })
      expect(refused.told.detail).toBe(unknown.told.detail)
    }
    expect((await call('POST', '/api/session', { body: { ...wrong, password } })).status).toBe(429)
    world.clock.advance(hourMs)
    expect((await call('POST', '/api/session', { body: { ...wrong, password } })).status).toBe(200)
  })
})

describe('a change of what somebody else has changed meanwhile', () => {
  const put = (cookie: string, shade: string, seen: string) =>
    call('PUT', '/api/shade', {
      cookie,
      body: { shade },
      headers: { 'if-match': contentTag({ shade: seen }) },
    })

  test('is refused in words, and undoes nothing', async () => {
    const { cookie } = await joined('marketer', 'first@shop.example')
    expect((await put(cookie, 'blue', 'red')).status).toBe(200)
    const late = await put(cookie, 'green', 'red')
    expect(late).toMatchObject({ status: 409, told: { code: 'conflict', field: 'If-Match' } })
    expect(late.told.detail).toContain('그 사이 다른 분이')
    expect((await call('GET', '/api/shade', { cookie })).told).toMatchObject({ shade: 'blue' })
    expect((await put(cookie, 'green', 'blue')).status).toBe(200)
  })

  test('is refused to one of two who save at the same instant', async () => {
    const { cookie } = await joined('marketer', 'second@shop.example')
    const answers = await Promise.all([put(cookie, 'blue', 'red'), put(cookie, 'green', 'red')])
    // Which of them comes first is chance.
    expect(answers.map((one) => one.status).sort()).toEqual([200, 409])
  })
})

describe('a route', () => {
  test('is open to its roles and to owners only', async () => {
    const asked = { body: { name: 'a' } }
    expect((await call('POST', '/api/things', asked)).status).toBe(401)
    for (const [role, status] of [
      ['viewer', 403],
      ['developer', 403],
      ['marketer', 200],
      ['owner', 200],
    ] as const) {
      const { cookie } = await joined(role)
      expect([role, (await call('POST', '/api/things', { ...asked, cookie })).status]).toEqual([
        role,
        status,
      ])
    }
  })

  test('a member put out is out at once, and the last owner stays', async () => {
    const { cookie } = await joined('owner')
    const other = await joined('viewer')
    const { items } = (await call('GET', '/api/members', { cookie })).told as {
      items: { id: number; role: string }[]
    }
    const idOf = (role: string) => items.find((one) => one.role === role)?.id
    await call('PATCH', `/api/members/${idOf('viewer')}`, { cookie, body: { disabled: true } })
    expect((await call('GET', '/api/session', { cookie: other.cookie })).status).toBe(401)
    const last = await call('PATCH', `/api/members/${idOf('owner')}`, {
      cookie,
      body: { role: 'viewer' },
    })
    expect(last).toMatchObject({ status: 409, told: { field: 'role' } })
  })

  test('refuses a change from another site by the missing header', async () => {
    const { cookie } = await joined('owner')
    const forged = await call('POST', '/api/things', {
      cookie,
      body: { name: 'a' },
      headers: { 'x-danggol-csrf': '' },
    })
    expect(forged.status).toBe(403)
  })

  test.each([
    ['broken JSON', '{"name":', 400, 'body'],
    ['a wrong type', { name: 7 }, 400, 'name'],
    ['too large a body', { name: 'x'.repeat(1024 * 1024) }, 413, 'body'],
  ])('names the field of %s', async (_, body, status, field) => {
    const { cookie } = await joined('owner')
    expect(await call('POST', '/api/things', { cookie, body })).toMatchObject({
      status,
      told: { field },
    })
  })

  test('refuses a text no database keeps, naming the field', async () => {
    const { cookie } = await joined('owner')
    const told = await call('POST', '/api/things', { cookie, body: { name: 'a\0b' } })
    expect(told).toMatchObject({ status: 400, told: { code: 'invalid', field: 'name' } })
  })

  test('says nothing of the inside when it fails', async () => {
    const { cookie } = await joined('owner')
    const failed = await call('POST', '/api/things', { cookie, body: { name: 'bomb' } })
    expect(failed.status).toBe(500)
    expect(JSON.stringify(failed.told)).not.toContain('secret')
    expect(errors).toHaveLength(1)
  })

  test('with the same Idempotency-Key answers the same, and refuses another body', async () => {
    const { cookie } = await joined('owner')
    const headers = { 'idempotency-key': 'k1' }
    const first = await call('POST', '/api/things', { cookie, headers, body: { name: 'a' } })
    expect(
      (await call('POST', '/api/things', { cookie, headers, body: { name: 'a' } })).told,
    ).toEqual(first.told)
    expect(
      (await call('POST', '/api/things', { cookie, headers, body: { name: 'b' } })).status,
    ).toBe(409)
    await call('POST', '/api/things', {
      cookie,
      headers: { 'idempotency-key': 'k2' },
      body: { name: 'bomb' },
    })
    expect(
      (
        await call('POST', '/api/things', {
          cookie,
          headers: { 'idempotency-key': 'k2' },
          body: { name: 'bomb' },
        })
      ).status,
    ).toBe(500)
  })
})

describe('keys', () => {
  test('a secret key is shown once, kept as a hash, and dead within five seconds of its revocation', async () => {
    const { cookie } = await joined('owner')
    const { told } = await call('POST', '/api/keys', {
      cookie,
      body: { name: 'server', scope: 'admin' },
    })
    const headers = { authorization: `Bearer ${told.key}` }
    expect((await call('GET', '/api/shop', { headers })).status).toBe(200)
    expect(JSON.stringify((await call('GET', '/api/keys', { cookie })).told)).not.toContain(
      told.key,
    )
    const rows = await world.db<
      { kept: string }[]
    >`select api_keys::text as kept from api_keys where shop = ${shop}`
    expect(JSON.stringify(rows)).not.toContain(told.key)
    await call('DELETE', `/api/keys/${told.id}`, { cookie })
    world.clock.advance(5_000)
    expect((await call('GET', '/api/shop', { headers })).status).toBe(401)
    const { items } = (await call('GET', '/api/audit', { cookie })).told as {
      items: { act: string }[]
    }
    expect(items.map((item) => item.act)).toEqual(['key.revoked', 'key.created'])
  })

  test('only an owner makes a key that may do everything', async () => {
    const { cookie } = await joined('developer')
    expect(
      (await call('POST', '/api/keys', { cookie, body: { name: 'a', scope: 'admin' } })).status,
    ).toBe(403)
    expect(
      (await call('POST', '/api/keys', { cookie, body: { name: 'a', scope: 'write' } })).status,
    ).toBe(200)
  })

  test('of one shop opens no other', async () => {
    const other = await insertShop(world.db, { name: '다른 상점' })
    const { key } = await rooms.keys.create(other, 'x', 'admin')
    const { told } = await call('GET', '/api/shop', { headers: { authorization: `Bearer ${key}` } })
    expect(told.id).toBe(other)
    // Sections hold sealed keys of providers; each has a route that tells what may be told.
    expect(told).not.toHaveProperty('settings')
  })
})

test('OpenAPI describes every route with its roles and inputs', () => {
  const document = openapi(routes, publicUrl) as {
    paths: Record<string, Record<string, Record<string, unknown>>>
  }
  for (const one of routes)
    expect(document.paths[one.path]?.[one.method]).toMatchObject({ summary: one.summary })
  expect(document.paths['/api/keys/{id}']?.delete).toMatchObject({
    'x-roles': ['owner', 'developer'],
    parameters: [{ name: 'id', in: 'path', required: true }],
  })
  expect(document.paths['/api/things']?.post?.requestBody).toMatchObject({
    content: { 'application/json': { schema: { required: ['name'] } } },
  })
})
