import { afterAll, beforeAll, expect, test } from 'vitest'
import { productWords } from '../events/product-words.service.ts'
import { hourMs } from '../lib/duration.ts'
import type { JsonObject } from '../lib/json.ts'
import { type MessageWorld, openMessageWorld } from '../testing/message-world.driver.ts'
import type { Actor, Route } from '../web/route.ts'
import { catalogRoutes } from './catalog.routes.ts'
import { catalog } from './catalog.service.ts'

let world: MessageWorld
let room: ReturnType<typeof catalog>
let routes: readonly Route[]
beforeAll(async () => {
  world = await openMessageWorld()
  const { db, clock, accept, shop, line } = world
  room = catalog({ db })
  const words = productWords({ db, clock, accept: { accept } })
  routes = catalogRoutes({
    catalog: room,
    clock,
    audit: world.shops.audit,
    tell: async (id, said) => {
      await words.tell(id, said)
      await line.drain(shop)
    },
  })
})
afterAll(() => world?.close())

const marketer = (): Actor => ({ shop: world.shop, name: 'member:1', role: 'marketer' })

async function call(
  method: Route['method'],
  path: Route['path'],
  input: { readonly params?: object; readonly query?: object; readonly body?: unknown } = {},
) {
  const found = routes.find((one) => one.method === method && one.path === path)
  if (!found) throw new Error(`no route ${path}`)
  return (await found.handle({
    actor: marketer(),
    params: found.params?.parse(input.params ?? {}) ?? {},
    query: found.query?.parse(input.query ?? {}) ?? {},
    body: found.body?.parse(input.body),
    request: new Request('https://danggol.example'),
    signal: new AbortController().signal,
  })) as JsonObject & { readonly items: readonly JsonObject[] }
}

const put = (...products: readonly object[]) => call('put', '/api/products', { body: { products } })
const get = (id: string) => call('get', '/api/products/{id}', { params: { id } })
const history = async (id: string) =>
  (await call('get', '/api/products/{id}/history', { params: { id } })).items

test('a product told by the API is there whole, and told again it stays as it is', async () => {
  const whole = {
    id: 'serum',
    name: '수분 세럼',
    category: ['뷰티', '스킨케어'],
    price: 32_000,
    salePrice: 25_600,
    stock: 12,
    benefit: '하루 종일 촉촉해요',
    rating: 4.6,
    reviewCount: 128,
    review: '재구매했어요',
    badges: ['BEST'],
    delivery: '오늘 출발',
    imageUrl: 'https://shop.example/serum.jpg',
    images: ['https://shop.example/serum-2.jpg'],
    url: '/p/serum',
    cost: 9_000,
  }
  await put(whole)
  const { cost: _, ...shown } = whole
  const first = await get('serum')
  expect(first).toMatchObject({
    ...shown,
    category: '뷰티/스킨케어',
    categoryPath: ['뷰티', '스킨케어'],
    currentPrice: 25_600,
    sensitive: false,
    costKnown: true,
    source: 'api',
    firstSeenAt: world.clock.now(),
  })
  expect(JSON.stringify(first)).not.toContain('9000')
  world.clock.advance(hourMs * 2)
  await put(whole)
  expect(await history('serum')).toHaveLength(1)
  expect((await get('serum')).firstSeenAt).toBe(first.firstSeenAt)
})

test('what a call leaves out stays, and null takes it away', async () => {
  await put({ id: 'serum', salePrice: null, badges: [] })
  expect(await get('serum')).toMatchObject({
    salePrice: null,
    currentPrice: 32_000,
    badges: [],
    benefit: '하루 종일 촉촉해요',
  })
  expect(await history('serum')).toMatchObject([{ price: 25_600 }, { price: 32_000 }])
})

test('the field at fault is named', () => {
  const body = routes.find((one) => one.method === 'put')?.body
  const faults = (products: readonly object[]) =>
    body?.safeParse({ products }).error?.issues.map((issue) => issue.path.join('.'))
  expect(faults([{ id: 'a', price: -1 }])).toEqual(['products.0.price'])
  expect(faults([{ id: 'a', url: 'javascript:alert(1)' }])).toEqual(['products.0.url'])
  expect(faults([{ id: 'a' }, { id: 'a' }])).toEqual(['products.1.id'])
  expect(faults([{ id: 'a', saleFrom: '내일' }])).toEqual(['products.0.saleFrom'])
})

test('a sale counts from when it begins until it ends', async () => {
  const now = world.clock.now()
  await put({ id: 'tea', name: '차', price: 10_000, salePrice: 8_000, saleFrom: now + hourMs })
  expect(await get('tea')).toMatchObject({ salePrice: 8_000, currentPrice: 10_000 })
  world.clock.advance(hourMs)
  await put({ id: 'tea', saleUntil: now + 2 * hourMs })
  expect(await get('tea')).toMatchObject({ currentPrice: 8_000 })
  world.clock.advance(hourMs)
  await put({ id: 'tea', name: '차' })
  expect(await get('tea')).toMatchObject({ currentPrice: 10_000 })
})

test('variants are rolled up: the cheapest that can be bought says the price, their stock is added up', async () => {
  await put(
    { id: 'shirt-s', name: '셔츠 S', parentId: 'shirt', price: 20_000, stock: 0 },
    { id: 'shirt-m', name: '셔츠 M', parentId: 'shirt', price: 24_000, stock: 3 },
    { id: 'shirt-l', name: '셔츠 L', parentId: 'shirt', price: 26_000, stock: 4 },
  )
  expect(await get('shirt')).toMatchObject({ currentPrice: 24_000, stock: 7, source: 'variants' })
  await put({ id: 'shirt-m', stock: 0 }, { id: 'shirt-l', stock: 0 })
  expect(await get('shirt')).toMatchObject({ stock: 0 })
  const names = async (query: object) =>
    (await call('get', '/api/products', { query })).items.map(({ id }) => id)
  expect(await names({ search: '셔츠' })).toEqual(['shirt'])
  expect(await names({ parent: 'shirt' })).toEqual(['shirt-l', 'shirt-m', 'shirt-s'])
})

test('a product is sensitive by its category or by its own mark, which outranks it', async () => {
  await put(
    { id: 'vitamin', name: '비타민', category: '식품/건강식품' },
    { id: 'toy', name: '인형', category: '완구' },
  )
  expect((await get('vitamin')).sensitive).toBe(true)
  expect((await get('toy')).sensitive).toBe(false)
  const mark = (id: string, sensitive: boolean | null) =>
    call('patch', '/api/products/{id}', { params: { id }, body: { sensitive } })
  expect(await mark('vitamin', false)).toMatchObject({ sensitive: false, source: 'api' })
  expect(await mark('toy', true)).toMatchObject({ sensitive: true })
  expect([...(await room.sensitiveOf(world.db, world.shop, ['vitamin', 'toy', 'none']))]).toEqual([
    'toy',
  ])
  await mark('vitamin', null)
  await world.shops.set(world.shop, 'catalog', { sensitiveCategories: ['완구'] })
  await mark('toy', null)
  expect(await room.sensitiveOf(world.db, world.shop, ['vitamin', 'toy'])).toEqual(new Set(['toy']))
})

test('a word by hand does not take the product from its feed', async () => {
  const words = productWords({ db: world.db, clock: world.clock, accept: { accept: world.accept } })
  const products = [{ product_id: 'fed', name: '피드 상품', price: 1_000 }]
  await words.tell(world.shop, { products, source: 'feed:3' })
  await world.line.drain(world.shop)
  await call('patch', '/api/products/{id}', { params: { id: 'fed' }, body: { benefit: '좋아요' } })
  expect(await get('fed')).toMatchObject({ source: 'feed:3', benefit: '좋아요', price: 1_000 })
})

test('a change of the count alone is kept once an hour, one of the price or of what can be bought always', async () => {
  await put({ id: 'mug', name: '머그', price: 5_000, stock: 50 })
  for (const stock of [49, 48, 47]) {
    world.clock.advance(1_000)
    await put({ id: 'mug', stock })
  }
  await put({ id: 'mug', stock: 0 })
  await put({ id: 'mug', price: 4_000 })
  world.clock.advance(hourMs + 1)
  await put({ id: 'mug', stock: 40 })
  expect((await history('mug')).map(({ price, stock }) => [price, stock])).toEqual([
    [5_000, 50],
    [5_000, 0],
    [4_000, 0],
    [4_000, 40],
  ])
})

test('a product that nobody gave an address has that of the page where it was looked at', async () => {
  const { db, shop } = world
  const looked = async (properties: JsonObject, page?: string) => {
    const remember = await db.begin((tx) =>
      room.applyProducts(tx, shop, [{ position: 0, at: 1, told: false, properties, page }]),
    )
    remember()
  }
  const jar = { product_id: 'jar', name: '유자청' }
  await looked(jar)
  await looked(jar, 'https://onshop.kr/jar')
  // The first will do: each later look at it writes nothing.
  await looked(jar, 'https://onshop.kr/jar?list=2')
  expect(await get('jar')).toMatchObject({ url: 'https://onshop.kr/jar' })
  await looked({ ...jar, url: 'https://onshop.kr/p/jar' }, 'https://onshop.kr/jar?list=3')
  expect(await get('jar')).toMatchObject({ url: 'https://onshop.kr/p/jar' })
})
