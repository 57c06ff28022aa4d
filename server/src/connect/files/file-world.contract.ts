import { catalog } from '../../catalog/catalog.service.ts'
import { consent } from '../../consent/consent.service.ts'
import { customers } from '../../customers/customers.service.ts'
import { accept } from '../../events/accept.service.ts'
import { line } from '../../events/line.service.ts'
import type { ShopId } from '../../lib/brand.ts'
import { orders } from '../../orders/orders.service.ts'
import { shops } from '../../shops/shops.service.ts'
import { openTestWorld } from '../../testing/world.store.ts'
import { vault } from '../../vault/vault.service.ts'
import { numbers } from '../numbers/numbers.service.ts'
import { absorbing } from '../platform/absorb.service.ts'
import { askConnection, markConnected } from '../platform/connections.store.ts'
import type { PlatformKind } from '../platform/platform.ts'
import { bringingRows } from './bring-rows.service.ts'
import { fileImports } from './file-imports.service.ts'

/** Files that are dropped, over a real database, with the line and the page of numbers behind them. */
export async function openFileWorld() {
  const world = await openTestWorld()

  function open() {
    const { db, clock } = world
    const safe = vault(new Uint8Array(32).fill(7))
    const door = accept({ db, clock })
    const tenants = shops({ db, clock })
    const absorb = absorbing({ db, clock, vault: safe, accept: door })
    const lane = line({
      db,
      clock,
      customers: customers({ db }),
      consent: consent({ db }),
      catalog: catalog({ db }),
      rooms: [orders().room],
      appendInTransaction: door.appendInTransaction,
    })
    const files = fileImports({
      ...{ db, clock, vault: safe, shops: tenants },
      consents: { lookAt: async () => 1 },
      ...bringingRows({ db, clock, vault: safe, absorb }),
    })
    return { lane, files, absorb, numbers: numbers({ db, clock, shops: tenants }) }
  }

  async function drop(shop: ShopId, house: ReturnType<typeof open>, bytes: Buffer) {
    const actor = { shop, name: 'member:1' }
    const id = await house.files.lookAt(actor, { name: '주문.csv', bytes })
    await house.files.turn()
    const looked = await house.files.get(shop, id)
    await house.files.apply(actor, id)
    while (await house.files.turn()) await house.lane.drain(shop)
    await house.lane.drain(shop)
    return { looked, done: await house.files.get(shop, id) }
  }

  return {
    ...{ world, open, drop },
    /** A connection of the shop to a platform of which nothing is asked; answers its number. */
    connected: async (shop: ShopId, kind: PlatformKind): Promise<number> => {
      const { db, clock } = world
      const hook = { hash: `hook-of-${shop}`, sealed: '' }
      const asked = { kind, name: 'mall', credentials: '', hook, now: clock.now() } as const
      const { id } = await askConnection(db, shop, asked)
      await markConnected(db, { shop, id }, { credentials: '', now: clock.now() })
      return id
    },
  }
}
export type FileWorld = Awaited<ReturnType<typeof openFileWorld>>
