import { afterAll, beforeAll, expect, test } from 'vitest'
import { contactKey } from '../customers/contact.ts'
import { customers } from '../customers/customers.service.ts'
import type { Ids } from '../customers/identity.ts'
import { did } from '../events/line-world.contract.ts'
import { ownPeople } from '../events/own-people.service.ts'
import { visitors } from '../events/visitors.service.ts'
import type { CustomerId } from '../lib/brand.ts'
import { shops } from '../shops/shops.service.ts'
import { insertShop, openTestWorld, type TestWorld } from '../testing/world.store.ts'
import { vault } from '../vault/vault.service.ts'
import type { Condition } from './definition.ts'
import {
  countedMembers,
  crossingsOf,
  defined,
  membersOf,
  openSegments,
} from './segments-world.contract.ts'

let world: TestWorld
beforeAll(async () => {
  world = await openTestWorld()
})
afterAll(() => world.close())

const seen: Condition = {
  kind: 'event',
  event: 'Product Viewed',
  window: { kind: 'ever' },
  measure: { of: 'count', is: { op: '>=', value: 1 } },
}
const never: Condition = { kind: 'not', of: { ...seen, event: 'Order Completed' } }
const safe = vault(Buffer.alloc(32, 7))

async function openShop() {
  const shop = await insertShop(world.db)
  const room = openSegments(world)
  const tenants = shops(world)
  const own = ownPeople({
    ...world,
    customers: customers(world),
    shops: tenants,
    vault: safe,
    visitors: visitors({ ...world, shops: tenants }),
    edits: {
      append: async (id, ...made) => {
        const told = made.map(({ kind, name, customer, body }) =>
          did(world, { customer, verified: true }, { kind, name, body }),
        )
        await room.door.accept(id, told)
      },
    },
  })
  const segments: number[] = []
  for (const where of [seen, never]) {
    const made = { name: `고객 ${segments.length}`, description: '', definition: defined(where) }
    segments.push((await room.segments.create({ shop, name: 'member:1' }, made)).id)
  }
  await room.settle(shop)
  const visit = async (ids: Partial<Ids>, office = false) => {
    await room.door.accept(shop, [did(world, ids, { body: office ? { office: true } : {} })])
    await room.settle(shop)
  }
  const idOf = async (user: string) => {
    const [row] = await world.db<{ customer: number }[]>`
      select customer from identities where shop = ${shop} and value = ${user}`
    return (row?.customer ?? 0) as CustomerId
  }
  /** Who is in each of the two segments: the line and SQL must say the same. */
  const members = async () => {
    await room.settle(shop)
    const position = await room.history.completeTo(shop)
    const answers = await Promise.all(
      segments.map(async (segment, index) => {
        const where = [seen, never][index] ?? seen
        const kept = await membersOf(world, shop, segment)
        expect(kept).toEqual(
          await countedMembers(world, shop, { definition: defined(where), position }),
        )
        return kept
      }),
    )
    expect(answers[1]).toEqual(answers[0])
    return answers[0] ?? []
  }
  return { shop, room, own, segments, visit, idOf, members }
}

const mail = (address: string) => ({ email: contactKey(safe, 'email', address) })
const signed = (user: string, address?: string): Partial<Ids> => ({
  user,
  verified: true,
  ...(address === undefined ? {} : mail(address)),
})

test('staff are in no segment, whatever it says, from the moment their address is listed until it is taken away', async () => {
  const { shop, room, own, segments, visit, idOf, members } = await openShop()
  await visit(signed('kim', 'kim@oursh.op.kr'))
  await visit(signed('lee', 'Lee@customer.example'))
  await visit(signed('park', 'park@agency.example'))
  const [kim, lee, park] = [await idOf('kim'), await idOf('lee'), await idOf('park')]
  expect(await members()).toEqual([kim, lee, park])

  const by = 'member:1'
  expect(await own.addAddress(shop, { text: '@oursh.op.kr', name: '온샵', by })).toMatchObject({
    people: 1,
  })
  await own.addAddress(shop, { text: 'PARK@agency.example', name: '대행사 박 대리', by })
  expect(await members()).toEqual([lee])
  // Whoever comes later is known by the address at once, and so is whoever it turns out to be.
  await visit({ anonymous: 'd9' })
  await visit({ ...signed('choi', 'choi@oursh.op.kr'), anonymous: 'd9' })
  expect(await members()).toEqual([lee])

  const { addresses, people } = await own.overview(shop)
  expect(addresses.map((one) => one.shown)).toEqual(['@oursh.op.kr', 'P***@agency.example'])
  expect(people.count).toBe(3)
  await own.removeAddress(shop, addresses[1]?.id ?? 0, by)
  expect(await members()).toEqual([lee, park])
  const crossed = (await crossingsOf(world, shop, segments[0] ?? 0)).map(([name]) => name)
  expect(crossed.filter((name) => name === 'Left Segment')).toHaveLength(3)
  expect(await world.db`select error from line_failures where shop = ${shop}`).toEqual([])
  // A definition that is made later does not let them in either.
  const made = { name: '나중에', description: '', definition: defined(never) }
  const { id } = await room.segments.create({ shop, name: by }, made)
  await room.settle(shop)
  expect(await membersOf(world, shop, id)).toEqual([lee, park])
})

test('what a person says of somebody counts before addresses and the office, and can be taken back', async () => {
  const { shop, own, visit, idOf, members } = await openShop()
  const by = 'member:1'
  await visit(signed('kim'))
  await visit({ anonymous: 'shop-floor' }, true)
  const [kim, floor] = [await idOf('kim'), await idOf('shop-floor')]
  expect(await members()).toEqual([kim])
  await own.mark(shop, { customer: kim, word: 'internal', by })
  await own.mark(shop, { customer: floor, word: 'customer', by })
  expect(await members()).toEqual([floor])
  // Another visit from the office says nothing new of whom a person has spoken for.
  await visit({ anonymous: 'shop-floor' }, true)
  await own.mark(shop, { customer: kim, word: 'auto', by })
  expect(await members()).toEqual([kim, floor])
})

test('what would empty the shop is refused', async () => {
  const { shop, own } = await openShop()
  const add = (text: string) => own.addAddress(shop, { text, name: '직원', by: 'member:1' })
  await expect(add('naver.com')).rejects.toMatchObject({ code: 'invalid' })
  await expect(add('직원')).rejects.toMatchObject({ code: 'invalid' })
  await add('010-1234-5678')
  await expect(add('+82 10 1234 5678')).rejects.toMatchObject({ code: 'conflict' })
  await expect(own.addOffice(shop, { network: '192.168.0.1', name: '본사' })).rejects.toMatchObject(
    {
      code: 'invalid',
    },
  )
  await own.addOffice(shop, { network: '203.0.113.7', name: '본사' })
  await own.addOffice(shop, { network: '203.0.113.7', name: '서울 본사' })
  await own.leaveOutBots(shop, false)
  expect(await own.overview(shop)).toMatchObject({
    leaveOutBots: false,
    offices: [{ network: '203.0.113.7', name: '서울 본사' }],
  })
})
