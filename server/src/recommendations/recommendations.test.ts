import { afterAll, beforeAll, expect, test } from 'vitest'
import { catalog } from '../catalog/catalog.service.ts'
import type { CustomerId, ShopId } from '../lib/brand.ts'
import { dayMs, hourMs, minuteMs } from '../lib/duration.ts'
import { insertShop, openTestWorld, type TestWorld } from '../testing/world.store.ts'
import { keepEdition } from './editions.store.ts'
import { Recipe } from './recipe.ts'
import { type Recommendations, recommendations } from './recommendations.service.ts'
import { unknownOnlooker } from './recommended.ts'

let world: TestWorld
let shop: ShopId
let room: Recommendations
/** What history holds; each order written moves it. */
let position = 1

beforeAll(async () => {
  world = await openTestWorld()
  shop = await insertShop(world.db)
  room = open()
  await products(['쌀', '김', '간장', '라면', '세제', '칫솔'])
  await orders(history())
  await looks()
  await staff()
  await world.warehouse.reloadAliases()
  while (await room.turn());
})
afterAll(() => world.close())

function open() {
  const { db, warehouse, clock } = world
  return recommendations({
    db,
    warehouse,
    clock,
    catalog: catalog({ db }),
    completeTo: async () => position,
  })
}

type Bought = readonly [customer: number, daysAgo: number, products: readonly string[]]

/**
 * Sixty people: the even ones buy rice and seaweed together and soy sauce 20 days later; the odd ones buy noodles, and again after 30
 * days. Twenty more each bought detergent once.
 */
function history(): readonly Bought[] {
  const people = Array.from({ length: 60 }, (_, at) => at + 1)
  return [
    ...people.flatMap((customer): readonly Bought[] =>
      customer % 2 === 0
        ? [
            [customer, 80, ['쌀', '김']],
            [customer, 60, ['간장']],
          ]
        : [
            [customer, 90, ['라면']],
            [customer, 60, ['라면']],
          ],
    ),
    ...Array.from({ length: 20 }, (_, at): Bought => [100 + at, 2, ['세제']]),
  ]
}

async function products(names: readonly string[]) {
  const { db, clock } = world
  for (const name of names)
    await db`
      insert into products (shop, id, name, category, price, current_price, updated_at, first_seen_at)
      values (${shop}, ${name}, ${name}, '먹거리', 100000000, 100000000, ${clock.now()}, ${clock.now() - 300 * dayMs})`
}

async function orders(all: readonly Bought[]) {
  const now = world.clock.now()
  await world.warehouse.insert(
    'order_versions',
    all.map(([customer, daysAgo, names]) => {
      const at = new Date(now - daysAgo * dayMs).toISOString()
      position += 1
      return {
        shop,
        order_id: `o${position}`,
        version: position,
        customer,
        status: 'paid',
        created_at: at,
        paid_at: at,
        sequence: 0,
        currency: 'KRW',
        gross: 10_000 * names.length,
        refunded: 0,
        lines: names.map((product) => ({
          product,
          name: product,
          category: '먹거리',
          quantity: 1,
          refunded_quantity: 0,
          net: 10_000,
          is_goods: true,
        })),
      }
    }),
  )
}

/** Eighty of the shop's own people try toothbrushes out, every day. */
async function staff() {
  const people = Array.from({ length: 80 }, (_, at) => 900 + at)
  const created_at = new Date(world.clock.now() - 90 * dayMs).toISOString()
  await world.warehouse.insert(
    'customers',
    people.map((customer) => ({ shop, customer, version: 1, internal: true, created_at })),
  )
  await orders(
    people.flatMap((customer): readonly Bought[] => [
      [customer, 3, ['칫솔', '세제']],
      [customer, 1, ['칫솔', '세제']],
    ]),
  )
}

/** Forty people look at rice and soy sauce on one day and had searched for soup before they bought; ten others look at noodles. */
async function looks() {
  const now = world.clock.now()
  const rows = Array.from({ length: 50 }, (_, at) => at + 1).flatMap((customer) => {
    const at = new Date(now - 81 * dayMs + 60 * dayMs).toISOString()
    const searchedAt = new Date(now - 80 * dayMs - hourMs).toISOString()
    const row = (name: string, time: string, more: object) => ({
      shop,
      customer,
      position: ++position,
      at: time,
      received_at: time,
      processed_at: time,
      kind: 'event',
      name,
      message_id: `m${position}`,
      ...more,
    })
    if (customer > 40) return [row('Product Viewed', at, { product_id: '라면' })]
    return [
      row('Product Viewed', at, { product_id: '쌀' }),
      row('Product Viewed', at, { product_id: '간장' }),
      row('Products Searched', searchedAt, { query: '  미역국  끓이기 ' }),
    ]
  })
  await world.warehouse.insert('events', rows)
}

async function segmentOf(customers: readonly number[]): Promise<number> {
  const { db } = world
  const [row] = await db<{ id: number }[]>`
    insert into segments (shop, name, definition, state, created_at, updated_at) values (${shop}, '자주 사는 고객', '{}', 'live', 1, 1) returning id`
  const id = row?.id ?? 0
  await db`
    insert into memberships (shop, segment, customer, version, entered_at, cause)
    select ${shop}, ${id}, customer, 1, 1, 'built' from unnest(${[...customers]}::bigint[]) as customer`
  return id
}

const wanted = (recipe: object, person: object = {}) =>
  room.pick(shop, {
    recipe: Recipe.parse(recipe),
    person: { ...unknownOnlooker, ...person },
  })

test('what was in the same orders is bought together, with its numbers', async () => {
  const [first, ...others] = await wanted({ strategy: 'bought_together' }, { carted: ['쌀'] })
  expect(first).toMatchObject({ product: '김', price: 10_000, strategy: 'bought_together' })
  expect(first?.why.ko).toBe('‘쌀’ 상품이 든 주문 30건 중 30건에 이것도 있었어요.')
  expect(others).toEqual([])
})

test('what is bought in a later order is next, and not the other way round', async () => {
  const at = world.clock.now()
  const next = await wanted({ strategy: 'next_after' }, { bought: [{ product: '김', at }] })
  expect(next.map((one) => one.product)).toEqual(['간장'])
  expect(next[0]?.why.ko).toContain('30명 중 30명')
  expect(await wanted({ strategy: 'next_after' }, { bought: [{ product: '간장', at }] })).toEqual(
    [],
  )
})

test('what the same people look at on one day is viewed together', async () => {
  const seen = await wanted({ strategy: 'viewed_together' }, { product: '쌀' })
  expect(seen.map((one) => one.product)).toEqual(['간장'])
})

test('a search leads to what its searchers bought more than others did', async () => {
  const found = await wanted({ strategy: 'searched' }, { query: '미역국 끓이기' })
  expect(found.map((one) => one.product)).toEqual(expect.arrayContaining(['쌀', '김']))
})

test('the best first product is the one whose first buyers came back most, of those with thirty', async () => {
  const first = await wanted({ strategy: 'best_first_products' })
  expect(first.map((one) => one.product).sort()).toEqual(['김', '라면', '쌀'])
  expect(first[0]?.why.ko).toMatch(
    /^처음 산 고객 30명 중 30명이 다시 샀어요\(우연을 빼도 [\d.]+ % 이상\)\.$/,
  )
})

test('noodles are due a month after', async () => {
  const bought = (days: number) => ({
    bought: [{ product: '라면', at: world.clock.now() - days * dayMs }],
  })
  expect(await wanted({ strategy: 'repurchase' }, bought(10))).toEqual([])
  const [due] = await wanted({ strategy: 'repurchase' }, bought(31))
  expect(due?.why.ko).toBe('보통 30일 뒤에 다시 사요(간격 30번). 산 지 31일 됐어요.')
})

test('bestsellers are of now, not of all time', async () => {
  const [best] = await wanted({ strategy: 'popular' })
  expect(best?.product).toBe('세제')
  expect(best?.why.ko).toBe('최근 30일 동안 고객 20명이 샀어요.')
})

test('what is sold out is gone within a minute, and nobody waits for that', async () => {
  await world.db`update products set stock = 0 where shop = ${shop} and id = '세제'`
  expect((await wanted({ strategy: 'popular', limit: 1 }))[0]?.product).toBe('세제')
  world.clock.advance(minuteMs)
  await wanted({ strategy: 'popular', limit: 1 })
  await room.freshTables(shop)
  expect((await wanted({ strategy: 'popular', limit: 1 }))[0]?.product).not.toBe('세제')
})

test("what the shop's own people buy counts nowhere", async () => {
  for (const strategy of ['popular', 'best_first_products', 'bought_together'] as const) {
    const recipe = Recipe.parse({ strategy, limit: 20, filters: { inStock: false }, atLeast: 0 })
    const person = { ...unknownOnlooker, viewed: ['세제'] }
    const shown = await room.pick(shop, { recipe, person })
    expect(shown.map((one) => one.product)).not.toContain('칫솔')
  }
})

test('a shop whose history did not move keeps its edition; one that moved is counted anew', async () => {
  const before = await room.edition(shop)
  expect(before?.about).toMatchObject({ orders: 140, ordersOf: 140, visits: 50 })
  world.clock.advance(hourMs)
  while (await room.turn());
  expect((await room.edition(shop))?.id).toBe(before?.id)
  await orders([[1, 1, ['칫솔']]])
  world.clock.advance(hourMs)
  while (await room.turn());
  expect((await room.edition(shop))?.id).toBeGreaterThan(before?.id ?? 0)
})

test('a worker that lost its lease keeps nothing, and one that dies half way leaves the edition that was', async () => {
  const before = await room.edition(shop)
  const edition = {
    position,
    computedAt: world.clock.now(),
    tookMs: 1,
    about: { orders: 0, ordersOf: 0, visits: 0, lists: {}, segments: [], quality: null },
  }
  const lists = [{ kind: 'popular' as const, key: '', items: [] }]
  await world.db`update recommendation_work set epoch = epoch + 1 where shop = ${shop}`
  expect(await keepEdition(world.db, shop, { ...edition, lists, epoch: 1 })).toBeUndefined()
  const [{ epoch } = { epoch: 0 }] = await world.db<{ epoch: number }[]>`
    select epoch from recommendation_work where shop = ${shop}`
  // The same list twice breaks the statement in the middle of the transaction.
  await expect(
    keepEdition(world.db, shop, { ...edition, lists: [...lists, ...lists], epoch }),
  ).rejects.toThrow()
  expect((await room.edition(shop))?.id).toBe(before?.id)
  expect(await open().pick(shop, popularOf())).not.toEqual([])
})

const popularOf = () => ({ recipe: Recipe.parse({ strategy: 'popular' }), person: unknownOnlooker })

test('a shop of which nobody knows anything gives nothing, and its chain ends in nothing', async () => {
  const empty = await insertShop(world.db)
  while (await room.turn());
  const recipe = Recipe.parse({
    strategy: 'bought_together',
    fallback: ['popular', 'new_arrivals'],
  })
  expect(await room.pick(empty, { recipe, person: unknownOnlooker })).toEqual([])
  expect((await room.edition(empty))?.about).toMatchObject({ orders: 0, quality: null })
})

test('the page shows the counts behind a way, of one product or the strongest of all', async () => {
  const together = await room.evidence(shop, { strategy: 'bought_together', of: '쌀' })
  expect(together).toMatchObject([{ ofName: '쌀', name: '김', count: 30, outOf: 30 }])
  const strongest = await room.evidence(shop, { strategy: 'bought_together' })
  expect(strongest.map((one) => one.of).sort()).toEqual(['김', '쌀'])
  const first = await room.evidence(shop, { strategy: 'best_first_products' })
  expect(first.map((one) => one.outOf)).toEqual([30, 30, 30])
  expect(await room.evidence(shop, { strategy: 'chosen' })).toEqual([])
})

test('what is known of a customer is what they looked at, hold, bought and searched', async () => {
  const { db, clock } = world
  const customer = 7 as CustomerId
  const sections = {
    facts: {
      format: 1,
      revision: 1,
      isMember: true,
      seen: [['김', 5]],
      searched: { text: '미역', at: 1, position: 1 },
    },
  }
  await db`insert into customer_state (shop, customer, sections) values (${shop}, ${customer}, ${JSON.stringify(sections)})`
  await db`
    insert into orders (shop, id, customer, status, created_at, paid_at, currency, gross, version)
    values (${shop}, 'x1', ${customer}, 'paid', 1, ${clock.now()}, 'KRW', 10000, 1)`
  await db`
    insert into order_lines (shop, order_id, line, product, name, quantity, price, net)
    values (${shop}, 'x1', 1, '쌀', '쌀', 1, 10000, 10000)`
  expect(await room.onlooker(shop, customer)).toMatchObject({
    viewed: ['김'],
    carted: [],
    bought: [{ product: '쌀', at: clock.now() }],
    query: '미역',
  })
})

test('what a segment buys is what its members buy, counted as soon as a recipe asks for it', async () => {
  const segment = await segmentOf([1, 3, 5, 100])
  const recipe = { strategy: 'popular_in_segment', segment, fallback: ['popular'] }
  expect((await wanted({ ...recipe, fallback: [] })).map((one) => one.product)).toEqual([])
  // The recipe's wish is noted behind the answer.
  await expect
    .poll(
      async () => {
        while (await room.turn());
        return (await room.edition(shop))?.about.segments
      },
      { timeout: 60_000 },
    )
    .toEqual([segment])
  await room.freshTables(shop)
  const [first, ...others] = await wanted(recipe)
  expect([first, ...others].map((one) => one?.product).slice(0, 2)).toEqual(['칫솔', '라면'])
  expect(first?.why.ko).toBe('세그먼트 고객 중 1명이 최근 30일 동안 샀어요(90일 동안은 1명).')
  expect(first?.line.ko).toBe('요즘 인기 상품')
  expect(others[0]?.why.ko).toContain('90일 동안은 3명')
  const evidence = await room.evidence(shop, {
    strategy: 'popular_in_segment',
    of: String(segment),
  })
  expect(evidence.map((one) => one.product)).toEqual(['칫솔', '세제', '라면'])
  await world.db`update segments set archived_at = 1 where shop = ${shop} and id = ${segment}`
  world.clock.advance(dayMs)
  while (await room.turn());
  await room.freshTables(shop)
  expect(await wanted({ ...recipe, fallback: [] })).toEqual([])
})
