import { catalog } from '../catalog/catalog.service.ts'
import { channels } from '../channels/channels.service.ts'
import { consent } from '../consent/consent.service.ts'
import { type Coupons, coupons } from '../coupons/coupons.service.ts'
import { customers } from '../customers/customers.service.ts'
import type { Database, Tx } from '../database/connection.store.ts'
import { accept } from '../events/accept.service.ts'
import { line } from '../events/line.service.ts'
import type { LineRoom } from '../events/turn.ts'
import { visits } from '../events/visits.ts'
import { type Assignments, assignments } from '../experiments/assignments.service.ts'
import { factsRoom } from '../facts/room.service.ts'
import type { Clock } from '../lib/clock.ts'
import type { MessageIntent, MessageOutcome } from '../messages/intent.ts'
import { type Messages, messages } from '../messages/messages.service.ts'
import { couponUse } from '../orders/coupon-use.service.ts'
import { readOrdered } from '../orders/coupon-use.store.ts'
import { orders } from '../orders/orders.service.ts'
import { recommendations } from '../recommendations/recommendations.service.ts'
import { type ListActs, listActs } from '../segments/lists/list-acts.service.ts'
import { type Shops, shops } from '../shops/shops.service.ts'
import { vault } from '../vault/vault.service.ts'
import type { Warehouse } from '../warehouse/connection.store.ts'
import { asking } from './asking-room.service.ts'

/** What rooms after messages are built from. */
type Built = {
  readonly db: Database
  readonly warehouse: Warehouse
  readonly clock: Clock
  readonly shops: Shops
  readonly messages: Messages
  readonly coupons: Coupons
  readonly assignments: Assignments
  readonly lists: ListActs
}
/** Rooms that a test adds to the line, after messages. */
export type MoreRooms = (built: Built) => readonly LineRoom<Tx>[]

/**
 * The rooms on the path of a message, built as `wiring` builds them, and the line with all of them in it; `desk` holds what the
 * asking room is to ask and what it was answered.
 */
export function messageRooms(
  { db, warehouse, clock }: Pick<Built, 'db' | 'warehouse' | 'clock'>,
  more: MoreRooms = () => [],
) {
  const secrets = vault(new Uint8Array(32).fill(7))
  const tenants = shops({ db, clock })
  const ledger = consent({ db })
  const door = accept({ db, clock })
  const shelf = catalog({ db })
  const providers = channels({ db, vault: secrets, allowPrivate: true })
  const coupon = coupons({ ordered: readOrdered })
  const arms = assignments()
  const recommended = recommendations({
    ...{ db, warehouse, clock, catalog: shelf },
    completeTo: async () => 1,
  })
  const room = messages({
    ...{ db, clock, shops: tenants, consent: ledger, channels: providers },
    ...{ assignments: arms, coupons: coupon, catalog: shelf, recommendations: recommended },
  })
  const order = orders()
  const facts = factsRoom({ orders: order, consent: ledger })
  const desk = { wanted: [] as MessageIntent[], outcomes: [] as MessageOutcome[] }
  const lane = line({
    ...{ db, clock, customers: customers({ db }), consent: ledger, catalog: shelf },
    rooms: [
      visits<Tx>(),
      order.room,
      couponUse({ coupons: coupon }),
      facts.room,
      room.room,
      asking(room, desk),
      ...more({
        ...{ db, warehouse, clock, shops: tenants, messages: room },
        ...{ coupons: coupon, assignments: arms, lists: listActs() },
      }),
    ],
    appendInTransaction: door.appendInTransaction,
  })
  return {
    ...{ vault: secrets, shops: tenants, consent: ledger, accept: door.accept, providers },
    ...{ coupons: coupon, recommended, messages: room, desk, line: lane },
  }
}
