import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Tx } from '../database/connection.store.ts'
import { did } from '../events/line-world.contract.ts'
import type { LineRoom, Turn } from '../events/turn.ts'
import type { CustomerId } from '../lib/brand.ts'
import { hourMs, minuteMs } from '../lib/duration.ts'
import type { Json } from '../lib/json.ts'
import { insertShop, openTestWorld, type TestWorld } from '../testing/world.store.ts'
import type { Condition } from './definition.ts'
import { type FactsNeed, factsSection } from './person-facts.ts'
import { crossingsOf, defined, membersOf, openSegments } from './segments-world.contract.ts'

let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld()
})
afterAll(() => world.close())

type Kept = { readonly revision: number; readonly items: number; readonly soldOutAt: number }
const nothing: Kept = { revision: 0, items: 0, soldOutAt: -1 }

/**
 * The smallest honest room of facts: a product in the cart counts at once, and an hour later, by time alone, it is sold out.
 */
function carts() {
  const desks = new WeakMap<Turn, Map<CustomerId, Kept & { readonly changedAt?: number }>>()
  const read = (section: Json | undefined): Kept => ({ ...nothing, ...(section as object) })
  const shown = ({ items, soldOutAt, revision }: Kept) =>
    revision === 0 ? undefined : { cart: { items, sold_out: soldOutAt === 0 } }
  const room: LineRoom<Tx> = {
    name: factsSection,
    open: async (_, turn) => {
      const desk = new Map<CustomerId, Kept & { readonly changedAt?: number }>()
      for (const [id, { section }] of turn.people) desk.set(id, read(section(factsSection)))
      desks.set(turn, desk)
      const kept = (customer: CustomerId) => desk.get(customer) ?? nothing
      const move = (customer: CustomerId, to: Partial<Kept>, changedAt: number) => {
        const before = kept(customer)
        desk.set(customer, { ...before, ...to, revision: before.revision + 1, changedAt })
      }
      return {
        nextDue: (customer) => {
          const { soldOutAt } = kept(customer)
          return soldOutAt > 0 ? soldOutAt : Infinity
        },
        fire: (customer, now) => move(customer, { soldOutAt: 0 }, now),
        apply: ({ name, customer, at }) => {
          if (name !== 'Product Added') return
          const items = kept(customer).items + 1
          move(customer, { items, soldOutAt: at + hourMs }, turn.now)
        },
        discard: () => {},
        close: async () => {
          for (const [id, { changedAt, ...section }] of desk)
            if (changedAt !== undefined) turn.people.get(id)?.remember(factsSection, section)
        },
      }
    },
  }
  const facts: FactsNeed = {
    inTurn: (turn) => {
      const kept = (customer: CustomerId) => desks.get(turn)?.get(customer) ?? nothing
      return {
        of: (customer) => shown(kept(customer)),
        revision: (customer) => kept(customer).revision,
        changedAt: (customer) => desks.get(turn)?.get(customer)?.changedAt,
      }
    },
    stored: (section) => ({ facts: shown(read(section)), revision: read(section).revision }),
  }
  return { room, facts }
}

const twoInCart: Condition = {
  kind: 'fact',
  path: 'cart.items',
  is: { type: 'number', op: 'is', than: { op: '>=', value: 2 } },
}
const soldOut: Condition = {
  kind: 'fact',
  path: 'cart.sold_out',
  is: { type: 'boolean', op: 'is', value: true },
}

async function openShop() {
  const shop = await insertShop(world.db)
  const { room: before, facts } = carts()
  const room = openSegments(world, { before: [before], facts })
  const create = (where: Condition) =>
    room.segments.create(
      { shop, name: 'member:1' },
      { name: '장바구니', description: '', definition: defined(where) },
    )
  const adds = async (...devices: readonly string[]) => {
    await room.door.accept(
      shop,
      devices.map((anonymous) => did(world, { anonymous }, { name: 'Product Added' })),
    )
    await room.line.drain(shop)
  }
  return { shop, room, create, adds }
}

test('whoever has the fact by an event enters with that event, though no condition names it', async () => {
  const { shop, room, create, adds } = await openShop()
  const { id } = await create(twoInCart)
  await room.settle(shop)
  await adds('d1', 'd2')
  expect(await membersOf(world, shop, id)).toEqual([])
  const second = world.clock.now()
  await adds('d1')
  expect(await membersOf(world, shop, id)).toHaveLength(1)
  expect(await crossingsOf(world, shop, id)).toEqual([['Entered Segment', second]])
})

test('a fact that time alone changes is judged at that very instant, also after the server was down', async () => {
  const { shop, room, create, adds } = await openShop()
  const { id } = await create(soldOut)
  const { id: never } = await create({ kind: 'not', of: soldOut })
  await room.settle(shop)
  const added = world.clock.now()
  await adds('d1')
  expect(await membersOf(world, shop, never)).toHaveLength(1)
  world.clock.advance(5 * hourMs)
  await room.line.drain(shop)
  expect(await membersOf(world, shop, id)).toHaveLength(1)
  expect(await crossingsOf(world, shop, id)).toEqual([['Entered Segment', added + hourMs]])
  expect((await crossingsOf(world, shop, never)).at(-1)).toEqual(['Left Segment', added + hourMs])
})

test('a segment made later finds those who have the fact already', async () => {
  const { shop, room, create, adds } = await openShop()
  await adds('d1', 'd1', 'd2')
  await room.settle(shop)
  const { id } = await create(twoInCart)
  await room.settle(shop)
  expect(await membersOf(world, shop, id)).toHaveLength(1)
  expect(await crossingsOf(world, shop, id)).toEqual([])
  world.clock.advance(minuteMs)
  await adds('d2')
  expect(await membersOf(world, shop, id)).toHaveLength(2)
})
