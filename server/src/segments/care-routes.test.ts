import { afterAll, beforeAll, expect, test } from 'vitest'
import { customers } from '../customers/customers.service.ts'
import { did } from '../events/line-world.contract.ts'
import { shops } from '../shops/shops.service.ts'
import { insertShop, openTestWorld, type TestWorld } from '../testing/world.store.ts'
import { vault } from '../vault/vault.service.ts'
import type { Actor } from '../web/route.ts'
import { listsRoutes } from './lists/lists.routes.ts'
import { lists } from './lists/lists.service.ts'
import { listUploadRoutes } from './lists/uploads.routes.ts'
import { listUploads } from './lists/uploads.service.ts'
import { segmentsRoutes } from './segments.routes.ts'
import { openSegments } from './segments-world.contract.ts'
import { webhooksRoutes } from './webhooks/webhooks.routes.ts'
import { webhooks } from './webhooks/webhooks.service.ts'

let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld()
})
afterAll(() => world.close())

const definition = {
  format: 1,
  where: {
    kind: 'all',
    of: [
      {
        kind: 'event',
        event: 'Product Viewed',
        window: { kind: 'rolling', span: { amount: 7, unit: 'days' } },
        measure: { of: 'count', is: { op: '>=', value: 1 } },
      },
      { kind: 'trait', path: 'grade', is: { type: 'text', op: 'equals', value: 'VIP' } },
      { kind: 'random', seed: 'a', from: 0, to: 100 },
    ],
  },
}

/** Calls routes by name and holds what they answer against the schema that OpenAPI shows: nothing less, nothing more. */
async function openApi() {
  const { db, clock } = world
  const shop = await insertShop(db)
  const room = openSegments(world)
  const safe = vault(Buffer.alloc(32, 7))
  const audit = async () => {}
  const accept = room.door.accept
  const people = customers({ db, vault: safe })
  const files = listUploads({ db, clock, vault: safe, customers: people, accept, audit })
  const routes = [
    ...segmentsRoutes(room.segments),
    ...listUploadRoutes({ uploads: files, shops: shops({ db, clock }) }),
    ...listsRoutes(lists({ db, clock, accept, audit })),
    ...webhooksRoutes(
      webhooks({ db, clock, vault: safe, allowPrivate: true, segment: room.segments.get, audit }),
    ),
  ]
  const call = async <T = { id: number }>(
    name: string,
    asked: { params?: object; query?: object; body?: unknown; text?: string } = {},
  ): Promise<T> => {
    const [method, path] = name.split(' ')
    const one = routes.find((route) => route.method === method && route.path === path)
    if (!one) throw new Error(`no route ${name}`)
    expect(one.roles).toContain('marketer')
    const answer = await one.handle({
      actor: { shop, name: 'member:1', role: 'marketer' } satisfies Actor,
      params: one.params?.parse(asked.params ?? {}) ?? {},
      query: one.query?.parse(asked.query ?? {}) ?? {},
      body: one.body?.parse(asked.body),
      request: new Request('http://x/', { method: 'POST', body: asked.text ?? '' }),
      signal: new AbortController().signal,
    })
    if (answer instanceof Response) return answer as T
    const sent: unknown = JSON.parse(JSON.stringify(answer))
    expect(one.response.parse(sent)).toEqual(sent)
    return sent as T
  }
  return { shop, room, files, call }
}

test('what the routes of segments answer is what OpenAPI says', async () => {
  const { shop, room, call } = await openApi()
  await room.door.accept(shop, [
    did(
      world,
      { anonymous: 'd1', user: 'u1', verified: true },
      { kind: 'identify', name: 'Identified', body: { traits: { grade: 'VIP', name: '김하늘' } } },
    ),
  ])
  const body = { name: '귀한 고객', definition }
  const { id } = await call('post /api/segments', { body })
  await room.settle(shop)
  await room.door.accept(shop, [did(world, { user: 'u1', verified: true })])
  await room.settle(shop)
  const params = { id: String(id) }
  const preview = await call<{ sample: { id: number }[] }>('post /api/segments/preview', {
    body: { definition },
  })
  const customer = String(preview.sample[0]?.id)
  const member = await call<{ why: { parts: { kind: string }[] } }>(
    'get /api/segments/{id}/members/{customer}',
    { params: { ...params, customer } },
  )
  expect(member).toMatchObject({ member: true, cause: { kind: 'event', name: 'Product Viewed' } })
  expect(member.why.parts.map(({ kind }) => kind)).toEqual(['all', 'event', 'trait', 'random'])
  await call('get /api/customers/{id}/segments', { params: { id: customer } })
  await call('get /api/segments/{id}/history', { params, query: { from: '2026-02-20' } })
  const copy = await call('post /api/segments/{id}/duplicate', { params, body: {} })
  await call('post /api/segments/overlap', { body: { segments: [id, copy.id] } })
  await call('put /api/segments/{id}', { params, body: { ...body, name: '이름만' } })
  await call('get /api/segments/{id}/versions', { params })
  await call('post /api/segments/{id}/versions/{number}/restore', {
    params: { ...params, number: '1' },
  })
  expect(await call('get /api/segments/{id}/users', { params })).toEqual({ items: [] })
  await call('delete /api/segments/{id}', { params })
  await call('get /api/deleted-segments')
  await call('post /api/deleted-segments/{id}/restore', { params })
  await room.settle(shop)
  const file = await call<Response>('get /api/segments/{id}/members.csv', {
    params: { id: String(copy.id) },
  })
  expect(file.headers.get('content-type')).toBe('text/csv; charset=utf-8')
  expect(file.headers.get('content-disposition')).toContain(
    "filename*=UTF-8''%EA%B7%80%ED%95%9C%20%EA%B3%A0%EA%B0%9D%20%EC%82%AC%EB%B3%B8.csv",
  )
  expect(await file.text()).toContain('김하늘')
  const korean = await call<Response>('get /api/segments/{id}/members.csv', {
    params: { id: String(copy.id) },
    query: { language: 'ko' },
  })
  expect(await korean.text()).toMatch(/^당골 번호,이름,이메일,휴대전화,들어온 때\r\n/)
})

test('what the routes of lists and webhooks answer is what OpenAPI says', async () => {
  const { shop, room, files, call } = await openApi()
  await room.door.accept(shop, [did(world, { user: 'u1', verified: true })])
  await room.settle(shop)
  const list = await call('post /api/lists', { body: { name: '명단' } })
  const params = { id: String(list.id) }
  const { id: file } = await call('post /api/lists/uploads', { text: 'u1\nnobody\n' })
  const uploaded = { params: { id: String(file) } }
  const worked = async () => {
    while (await files.turn()) {}
    return call<{ state: string; changed: number }>('get /api/lists/uploads/{id}', uploaded)
  }
  expect(await worked()).toMatchObject({ state: 'looked_at' })
  await call('post /api/lists/uploads/{id}/look', { ...uploaded, body: { list: list.id } })
  expect(await worked()).toMatchObject({ state: 'looked_at' })
  await call('get /api/lists/uploads/{id}/lines', uploaded)
  await call('post /api/lists/uploads/{id}/apply', { ...uploaded, body: {} })
  expect(await worked()).toMatchObject({ state: 'done', changed: 1 })
  await call('post /api/lists/uploads/{id}/cancel', uploaded)
  await call('get /api/lists/uploads')
  const refused = await call<Response>('get /api/lists/uploads/{id}/refused', uploaded)
  expect(await refused.text()).toContain('nobody,그런 고객이 없어요')
  await call('get /api/lists')
  await call('get /api/lists/{id}', { params })
  const members = await call<{ items: { id: number }[] }>('get /api/lists/{id}/members', { params })
  const remove = members.items.map(({ id }) => id)
  await call('patch /api/lists/{id}/members', { params, body: { remove } })
  await call('patch /api/lists/{id}', { params, body: { name: '새 이름' } })
  await call('delete /api/lists/{id}', { params })

  const { id } = await call('post /api/segments', { body: { name: '고객', definition } })
  const segment = { id: String(id) }
  const made = await call<{ id: number; secret: string }>('post /api/segments/{id}/webhooks', {
    params: segment,
    body: { url: 'http://127.0.0.1:9/hooks' },
  })
  expect(made.secret).toMatch(/^whsec_/)
  await call('get /api/segments/{id}/webhooks', { params: segment })
  const webhook = { ...segment, webhook: String(made.id) }
  expect(
    await call('post /api/segments/{id}/webhooks/{webhook}/test', { params: webhook }),
  ).toMatchObject({ ok: false, status: null })
  await call('get /api/segments/{id}/webhooks/{webhook}/deliveries', { params: webhook })
  await call('delete /api/segments/{id}/webhooks/{webhook}', { params: webhook })
})
