import { afterAll, beforeAll, expect, test } from 'vitest'
import { consent } from '../../consent/consent.service.ts'
import { customers } from '../../customers/customers.service.ts'
import { did, startWorker } from '../../events/line-world.contract.ts'
import { visits } from '../../events/visits.ts'
import { factsRoom } from '../../facts/room.service.ts'
import type { ShopId } from '../../lib/brand.ts'
import { dayMs, hourMs } from '../../lib/duration.ts'
import { orders } from '../../orders/orders.service.ts'
import { shops } from '../../shops/shops.service.ts'
import { insertShop, openTestWorld, type TestWorld } from '../../testing/world.store.ts'
import { vault } from '../../vault/vault.service.ts'
import { segments } from '../segments.service.ts'
import { countedMembers, membersOf } from '../segments-world.contract.ts'
import { readySegments } from './gallery.ts'
import { type OfferedSegment, ready } from './ready.service.ts'
import { story } from './ready-people.contract.ts'
import { happeningsOf } from './story-person.contract.ts'

const end = Date.UTC(2026, 5, 15, 3)
const actor = (shop: ShopId) => ({ shop, name: 'member:1' })

let world: TestWorld
let shop: ShopId
let house: ReturnType<typeof open>
let offers: readonly OfferedSegment[]
let names: ReadonlyMap<number, string>
beforeAll(async () => {
  world = await openTestWorld({ now: end - 130 * dayMs })
  shop = await insertShop(world.db)
  house = open()
  // Before anything happens: everybody enters and leaves by what they do and by time passing.
  for (const one of await house.offered.list(shop, { counted: false })) await make(one)
  await house.settle()
  await tell()
  offers = await house.offered.list(shop, { counted: true })
  names = await whoIsWho()
}, 120_000)
afterAll(() => world?.close())

function open() {
  const { db, clock, warehouse } = world
  const order = orders()
  const facts = factsRoom({ orders: order, consent: consent({ db }) })
  const room = segments({
    customers: customers({ db }),
    db,
    clock,
    warehouse,
    facts,
    vault: vault(Buffer.alloc(32, 7)),
    completeTo: (id) => worker.history.completeTo(id),
    audit: async () => undefined,
  })
  const worker = startWorker(world, {
    rooms: [visits(), order.room, facts.room, room.room],
    facts,
  })
  const tenants = shops({ db, clock })
  return {
    ...worker,
    room,
    offered: ready({ db, clock, warehouse, shops: tenants, segments: room }),
    settle: async () => {
      for (let round = 0; round < 3; round++) {
        await worker.line.drain(shop)
        await worker.history.drain(shop)
        await room.build.drain(shop)
      }
      await worker.line.drain(shop)
      await worker.history.drain(shop)
    },
  }
}

function make(one: OfferedSegment) {
  return house.room.create(actor(shop), {
    name: one.name.ko,
    description: one.purpose.ko,
    definition: one.definition,
    ready: one.id,
  })
}

/** Everybody does what they do, in order of time. */
async function tell(): Promise<void> {
  const deeds = story
    .flatMap((person) => person.does.map((deed) => ({ person, deed, at: end - deed[0] * hourMs })))
    .sort((a, b) => a.at - b.at)
  for (const { person, deed, at } of deeds) {
    world.clock.set(Math.round(at))
    await house.door.accept(
      shop,
      happeningsOf(person, deed).map((one) => did(world, {}, one)),
    )
    await house.line.drain(shop)
  }
  world.clock.set(end)
  await house.settle()
}

async function whoIsWho(): Promise<ReadonlyMap<number, string>> {
  const rows = await world.db<{ customer: number; value: string }[]>`
    select customer, value from identities where shop = ${shop} and kind = 'anonymous'`
  return new Map(rows.map(({ customer, value }) => [customer, value.slice('device '.length)]))
}

const expected = (id: string) =>
  story
    .filter((person) => person.in.includes(id))
    .map(({ who }) => who)
    .sort()

test.each(readySegments.map(({ id }) => id))(
  '%s holds exactly those it is for, as the line keeps them and as history counts them',
  async (id) => {
    const offer = offers.find((one) => one.id === id)
    const named = (ids: readonly number[]) => ids.map((one) => names.get(one) ?? `${one}`).sort()
    expect(named(await membersOf(world, shop, offer?.made ?? 0))).toEqual(expected(id))
    const { definition } = await house.room.get(shop, offer?.made ?? 0)
    const position = await house.history.completeTo(shop)
    expect(named(await countedMembers(world, shop, { definition, position }))).toEqual(expected(id))
    expect(offer?.count).toBe(expected(id).length)
    expect(expected(id).length).toBeGreaterThan(0)
  },
)

test('one that is deleted is offered again', async () => {
  const find = async () =>
    (await house.offered.list(shop, { counted: false })).find((one) => one.id === 'advocate')
  const before = await find()
  await house.room.remove(actor(shop), before?.made ?? 0)
  expect((await find())?.made).toBeNull()
})
