import { catalog } from '../catalog/catalog.service.ts'
import { consent } from '../consent/consent.service.ts'
import { customers } from '../customers/customers.service.ts'
import type { Ids } from '../customers/identity.ts'
import type { Database, Tx } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import type { Warehouse } from '../warehouse/connection.store.ts'
import { accept } from './accept.service.ts'
import type { Happening } from './happening.ts'
import { history } from './history.service.ts'
import { line } from './line.service.ts'
import type { MirroredFacts } from './mirror-changes.service.ts'
import type { LineRoom } from './turn.ts'
import type { Eraser } from './turn-states.service.ts'
import { visits } from './visits.ts'

/** What a test world gives: real databases and a clock that moves by hand. */
type World = { readonly db: Database; readonly warehouse: Warehouse; readonly clock: Clock }

/** A worker as the tests start one: a door, a line and a history writer of its own over the world's databases. */
export function startWorker(
  world: World,
  options: {
    readonly rooms?: readonly LineRoom<Tx>[]
    readonly facts?: MirroredFacts
    readonly erasers?: readonly Eraser[]
    readonly warehouse?: Warehouse
    /** Dies at the turn's last statement. */
    readonly onAppend?: () => void
  } = {},
) {
  const { db, clock } = world
  const door = accept({ db, clock })
  const past = history({ db, clock, warehouse: options.warehouse ?? world.warehouse })
  return {
    door,
    history: past,
    line: line({
      db,
      clock,
      customers: customers({ db }),
      consent: consent({ db }),
      catalog: catalog({ db }),
      rooms: options.rooms ?? [visits()],
      ...(options.facts ? { facts: options.facts } : {}),
      ...(options.erasers ? { erasers: options.erasers } : {}),
      onTurn: past.keep,
      appendInTransaction: async (tx, shop, happenings) => {
        const count = await door.appendInTransaction(tx, shop, happenings)
        options.onAppend?.()
        return count
      },
    }),
  }
}

let made = 0

/** A happening at the world's time; an anonymous product view unless told otherwise. */
export function did(world: World, ids: Partial<Ids>, more: Partial<Happening> = {}): Happening {
  const at = world.clock.now()
  return {
    kind: 'event',
    name: 'Product Viewed',
    at,
    receivedAt: at,
    messageId: `m${++made}`,
    ids: { verified: false, ...ids },
    body: {},
    ...more,
  }
}

/** Names of the shop's log, in order of position. */
export async function namesOf({ db }: World, shop: ShopId): Promise<readonly string[]> {
  const rows = await db<
    { name: string }[]
  >`select name from log where shop = ${shop} order by position`
  return rows.map((row) => row.name)
}
