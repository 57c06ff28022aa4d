import { afterAll, beforeAll, expect, test } from 'vitest'
import { did } from '../events/line-world.contract.ts'
import type { ShopId } from '../lib/brand.ts'
import { insertShop, openTestWorld, type TestWorld } from '../testing/world.store.ts'
import type { Actor } from '../web/route.ts'
import { segmentsRoutes } from './segments.routes.ts'
import { openSegments } from './segments-world.contract.ts'

let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld()
})
afterAll(() => world.close())

const definition = {
  format: 1,
  where: {
    kind: 'event',
    event: 'Product Viewed',
    window: { kind: 'ever' },
    measure: { of: 'count', is: { op: '>=', value: 1 } },
  },
}

function caller(shop: ShopId) {
  const room = openSegments(world)
  const routes = segmentsRoutes(room.segments)
  const call = async <T>(
    role: Actor['role'],
    name: string,
    with_: { params?: object; query?: object; body?: unknown } = {},
  ): Promise<T> => {
    const [method, path] = name.split(' ')
    const route = routes.find((one) => one.method === method && one.path === path)
    if (!route) throw new Error(`no route ${name}`)
    const parsed = {
      params: route.params?.parse(with_.params ?? {}) ?? {},
      query: route.query?.parse(with_.query ?? {}) ?? {},
      body: route.body?.parse(with_.body),
    }
    const actor = { shop, name: 'member:1', role } satisfies Actor
    const signal = new AbortController().signal
    const answer = await route.handle({
      actor,
      ...parsed,
      request: new Request('http://x/'),
      signal,
    })
    return route.response.parse(answer) as T
  }
  return { room, call }
}

type Page = { items: { id: number; name: string | null; enteredAt: number }[]; next: string | null }

test('a segment is made, listed, counted and its members are paged, names masked for a viewer', async () => {
  const shop = await insertShop(world.db)
  const { room, call } = caller(shop)
  await room.door.accept(shop, [
    ...['a', 'b', 'c'].map((anonymous) => did(world, { anonymous })),
    did(
      world,
      { anonymous: 'a', user: 'u1', verified: true },
      { kind: 'identify', name: 'Identified', body: { traits: { name: '김하늘' } } },
    ),
  ])
  const made = await call<{ id: number; state: string; sentence: { ko: string } }>(
    'marketer',
    'post /api/segments',
    { body: { name: '본 적 있는 고객', definition } },
  )
  expect(made).toMatchObject({
    state: 'building',
    sentence: { ko: '상품 보기를 1번 이상 한 고객' },
  })
  await room.settle(shop)
  const list = await call<{ items: { members: number; state: string }[] }>(
    'viewer',
    'get /api/segments',
  )
  expect(list.items).toMatchObject([{ members: 3, state: 'live', progress: 1 }])
  const params = { id: String(made.id) }
  const pages: Page['items'] = []
  for (let after: string | null | undefined; after !== null; ) {
    const query = { limit: '2', ...(after ? { after } : {}) }
    const page: Page = await call('viewer', 'get /api/segments/{id}/members', { params, query })
    pages.push(...page.items)
    after = page.next
  }
  expect(new Set(pages.map(({ id }) => id)).size).toBe(3)
  expect(pages.map(({ name }) => name).filter(Boolean)).toEqual(['김*늘'])
  const preview = await call<{ count: number; sample: { name: string | null }[] }>(
    'marketer',
    'post /api/segments/preview',
    { body: { definition } },
  )
  expect(preview).toMatchObject({
    count: 3,
    sentence: { en: "Customers with at least 1 'Product Viewed'" },
  })
  expect(preview.sample.map(({ name }) => name)).toContain('김하늘')
  expect(
    await call('viewer', 'post /api/segments/preview', { body: { definition, estimate: true } }),
  ).toEqual({ estimate: { count: 3, low: 3, high: 3, of: 3 } })
  expect(await call('viewer', 'get /api/segments/vocabulary')).toMatchObject({
    events: expect.arrayContaining([expect.objectContaining({ name: 'Product Viewed', count: 3 })]),
    traits: [expect.objectContaining({ path: 'name', examples: [] })],
  })
})

test('a page link or an id that is not ours is refused', async () => {
  const shop = await insertShop(world.db)
  const { call } = caller(shop)
  await expect(
    call('viewer', 'get /api/segments', { query: { after: '%5B%22x%22%5D' } }),
  ).rejects.toThrow('page link')
  await expect(
    call('viewer', 'get /api/segments/{id}', { params: { id: '99' } }),
  ).rejects.toMatchObject({ code: 'not-found' })
})

test('a segment that asks for another says so by name', async () => {
  const shop = await insertShop(world.db)
  const { call } = caller(shop)
  const create = (name: string, where: object) =>
    call<{ id: number; sentence: { ko: string; en: string } }>('marketer', 'post /api/segments', {
      body: { name, description: '', definition: { format: 1, where } },
    })
  const { id } = await create('단골', definition.where)
  const asking = { kind: 'segment', segment: id }
  const { sentence } = await create('단골이 아닌 고객', { kind: 'not', of: asking })
  expect(sentence.ko).toBe("세그먼트 '단골'에 속하는 경우가 아닌 고객")
  expect(
    await call('viewer', 'post /api/segments/preview', {
      body: { definition: { format: 1, where: asking } },
    }),
  ).toMatchObject({ count: 0, sentence: { en: "Customers who are in the segment '단골'" } })
})
