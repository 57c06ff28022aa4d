import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { consent } from '../consent/consent.service.ts'
import { did } from '../events/line-world.contract.ts'
import { factsRoom } from '../facts/room.service.ts'
import type { ShopId } from '../lib/brand.ts'
import { dayMs, hourMs } from '../lib/duration.ts'
import type { JsonObject } from '../lib/json.ts'
import { type Random, seededRandom } from '../lib/random.ts'
import { orders } from '../orders/orders.service.ts'
import { insertShop, openTestWorld, type TestWorld } from '../testing/world.store.ts'
import type { Condition } from './definition.ts'
import { countedMembers, defined, membersOf, openSegments } from './segments-world.contract.ts'
import type { TraitTest } from './value-test.ts'

vi.setConfig({ testTimeout: 120_000 })
let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld()
})
afterAll(() => world.close())

const people = 24
const fact = (path: string, is: TraitTest): Condition => ({ kind: 'fact', path, is })
const atLeast = (path: string, value: number) =>
  fact(path, { type: 'number', op: 'is', than: { op: '>=', value } })
const days = (amount: number) => ({ amount, unit: 'days' }) as const

/** What marketers ask of people, each of another kind of fact; some leave by time alone. */
const asked: Readonly<Record<string, Condition>> = {
  stage: fact('stage.now', { type: 'text', op: 'any-of', values: ['considered', 'checkout'] }),
  cart: {
    kind: 'all',
    of: [
      atLeast('cart.value', 20_000),
      fact('cart.changed_at', {
        type: 'date',
        op: 'is',
        than: { op: 'at-least-ago', span: { amount: 6, unit: 'hours' } },
      }),
    ],
  },
  holding: fact('cart.products', { type: 'list', op: 'has-any', values: ['p1', 'p3'] }),
  bought: fact('orders.products', { type: 'list', op: 'has-none', values: ['p2'] }),
  soldOut: fact('cart.sold_out', { type: 'boolean', op: 'is', value: true }),
  buyers: atLeast('orders.count', 2),
  favourite: fact('favorite.category', { type: 'text', op: 'equals', value: '차' }),
  silent: fact('visits.last_at', {
    type: 'date',
    op: 'is',
    than: { op: 'at-least-ago', span: days(1) },
  }),
  inflow: fact('inflow.first.source', { type: 'text', op: 'contains', value: 'kakao' }),
}

test.each([1, 2])(
  'after weeks of shopping, refunds, merges and waiting the line keeps whom SQL counts by facts, seed %i',
  async (seed) => {
    const shop = await insertShop(world.db)
    const order = orders()
    const facts = factsRoom({ orders: order, consent: consent({ db: world.db }) })
    const room = openSegments(world, {
      sizes: { slice: 7, chunk: 3 },
      before: [order.room, facts.room],
      facts,
      mirrored: facts,
    })
    const random = seededRandom(`facts-agreement ${seed}`)
    const owner = { shop, name: 'member:1' }
    const made: { readonly id: number; readonly where: Condition }[] = []
    const create = async (name: string, where: Condition) => {
      const { id } = await room.segments.create(owner, {
        name,
        description: '',
        definition: defined(where),
      })
      made.push({ id, where })
      return id
    }
    const waiting = Object.entries(asked)
    for (let day = 0; day < 12; day++) {
      for (let turn = 0; turn < 3; turn++) {
        await room.door.accept(shop, shopping(random))
        await room.line.drain(shop)
        if (random.chance(0.4)) await room.history.drain(shop)
        if (random.chance(0.6)) await room.segments.build.step(shop)
        world.clock.advance(1 + random.integer(10 * hourMs))
      }
      const next = waiting.shift()
      if (next) await create(...next)
    }
    // Of those who were asked for by facts, a part that is stable, through two segments.
    const [first] = made
    const half: Condition = { kind: 'random', seed: 'half', from: 0, to: 50 }
    const part = await create('part', {
      kind: 'all',
      of: [{ kind: 'segment', segment: first?.id ?? 0 }, half],
    })
    await create('rest', { kind: 'not', of: { kind: 'segment', segment: part } })
    await settle(room, shop)
    const position = await room.history.completeTo(shop)
    const sizes: number[] = []
    for (const { id, where } of made) {
      const kept = await membersOf(world, shop, id)
      expect(kept, JSON.stringify(where)).toEqual(
        await countedMembers(world, shop, { definition: defined(where), position }),
      )
      sizes.push(kept.length)
    }
    expect(sizes.filter((size) => size > 0 && size < people).length).toBeGreaterThan(6)
    expect(await world.db`select error from line_failures where shop = ${shop}`).toEqual([])
  },
)

/** A day passes in quiet, so that what leaves by time alone has left. */
async function settle(room: ReturnType<typeof openSegments>, shop: ShopId): Promise<void> {
  await room.settle(shop)
  world.clock.advance(dayMs + 1)
  await room.settle(shop)
}

const products = ['p1', 'p2', 'p3', 'p4']
const categories = ['차', '주방', '차', '책']

/** Some people look, fill carts, buy, give back, sign in on other devices; now and then the shop tells of its products. */
function shopping(random: Random) {
  return Array.from({ length: 2 + random.integer(10) }, () => {
    const device = random.integer(people)
    const at = world.clock.now() - (random.chance(0.2) ? random.integer(2 * dayMs) : 0)
    const ids = { anonymous: `d${device}`, verified: true }
    const index = random.integer(products.length)
    const line = {
      product_id: products[index] ?? '',
      category: categories[index] ?? '',
      price: 5_000 * (1 + index),
      quantity: 1 + random.integer(3),
    }
    const track = (name: string, properties: JsonObject) =>
      did(world, ids, { name, at, body: { properties } })
    const number = `o${device}-${random.integer(4)}`
    switch (random.integer(9)) {
      case 0:
      case 1:
      case 2:
        return track('Product Added', line)
      case 3:
        return track('Product Removed', line)
      case 4:
        return track('Checkout Started', {})
      case 5:
      case 6:
        return track('Order Completed', { order_id: number, currency: 'KRW', products: [line] })
      case 7:
        return random.chance(0.5)
          ? track('Order Cancelled', { order_id: number })
          : track('Product Updated', {
              ...line,
              name: line.product_id,
              stock: random.integer(2),
            })
      default:
        return random.chance(0.4)
          ? did(
              world,
              { ...ids, user: `u${random.integer(people / 2)}` },
              { kind: 'identify', name: 'Identified', body: { traits: {} } },
            )
          : track('Page Viewed', { url: 'https://shop.example/?utm_source=kakao' })
    }
  })
}
