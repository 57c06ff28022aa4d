import { expect } from 'vitest'
import { consent } from '../consent/consent.service.ts'
import { customers } from '../customers/customers.service.ts'
import { factPaths, flatten } from '../events/flatten.ts'
import type { Happening } from '../events/happening.ts'
import { startWorker } from '../events/line-world.contract.ts'
import { personColumns } from '../events/mirror.ts'
import { visits } from '../events/visits.ts'
import type { CustomerId, ShopId } from '../lib/brand.ts'
import type { JsonObject } from '../lib/json.ts'
import { orders } from '../orders/orders.service.ts'
import type { TestWorld } from '../testing/world.store.ts'
import { factBuilds } from './build.service.ts'
import { factsRoom } from './room.service.ts'

/** The room of facts on a worker of its own over the world's databases. */
export function openFacts(world: TestWorld) {
  const { db, warehouse } = world
  const order = orders()
  const room = factsRoom({ orders: order, consent: consent({ db }) })
  const worker = startWorker(world, {
    rooms: [visits(), order.room, room.room],
    facts: room,
    erasers: [room.erase],
  })

  const build = factBuilds({
    ...world,
    customers: customers({ db }),
    completeTo: worker.history.completeTo,
  })

  const settle = async (shop: ShopId): Promise<void> => {
    await worker.line.drain(shop)
    await worker.history.drain(shop)
  }

  async function customer(shop: ShopId, anonymous: string): Promise<CustomerId> {
    const [row] = await db<{ customer: CustomerId }[]>`
      select customer from identities where shop = ${shop} and kind = 'anonymous' and value = ${anonymous}`
    return row?.customer ?? (0 as CustomerId)
  }

  async function stored(shop: ShopId, anonymous: string) {
    const [row] = await db<{ sections: string }[]>`
      select sections from customer_state where shop = ${shop} and customer = ${await customer(shop, anonymous)}`
    return room.stored(JSON.parse(row?.sections ?? '{}').facts)
  }

  async function mirrored(shop: ShopId, id: number): Promise<JsonObject | undefined> {
    const [row] = await warehouse.query<JsonObject>(
      `select fact_texts, fact_folded, mapApply((k, v) -> (k, toString(v)), fact_numbers) as fact_numbers, fact_flags,
         mapApply((k, v) -> (k, toUnixTimestamp64Milli(v)), fact_times) as fact_times, fact_lists
       from customers final where shop = {shop:UInt32} and customer = {id:UInt64}`,
      { shop, id },
    )
    return row
  }

  return {
    ...worker,
    room,
    build,
    settle,
    customer,
    mirrored,
    happen: async (shop: ShopId, happenings: readonly Happening[]): Promise<void> => {
      await worker.door.accept(shop, happenings)
      await settle(shop)
    },
    known: async (shop: ShopId, anonymous: string) => (await stored(shop, anonymous)).facts,
    revision: async (shop: ShopId, anonymous: string) => (await stored(shop, anonymous)).revision,
    /** ClickHouse holds exactly the facts that are stored. */
    mirrorAgrees: async (shop: ShopId, anonymous: string): Promise<void> => {
      const { facts } = await stored(shop, anonymous)
      const flat = flatten(facts, factPaths)
      const { texts, folded, numbers, flags, lists } = personColumns(flat)
      expect(await mirrored(shop, await customer(shop, anonymous))).toEqual({
        fact_texts: texts,
        fact_folded: folded,
        fact_numbers: numbers,
        fact_flags: flags,
        fact_times: Object.fromEntries(flat.times),
        fact_lists: lists,
      })
    },
    /** An address as the door would hand it over; the hash is the address itself. */
    email: (address: string) => ({
      hash: Buffer.from(address).toString('base64url'),
      sealed: address,
      masked: address,
    }),
  }
}
