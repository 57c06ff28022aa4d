import type { Customers } from '../customers/customers.service.ts'
import type { Tx } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import type { Vault } from '../vault/vault.service.ts'
import type { Warehouse } from '../warehouse/connection.store.ts'
import { builds } from './build.service.ts'
import { counting } from './counting.service.ts'
import { listMembers, listSegments } from './edit.store.ts'
import { asSegment, type EditingNeeds, editing } from './editing.service.ts'
import { exporting } from './export.service.ts'
import { eraseFromLists } from './lists/lists.store.ts'
import { memberships } from './membership.service.ts'
import type { FactsNeed } from './person-facts.ts'
import { registers } from './registers.service.ts'
import { segmentRoom } from './room.service.ts'
import { eraseMemberships } from './segments.store.ts'
import { sizes } from './sizes.service.ts'
import { countMoves } from './sizes.store.ts'
import { versions } from './versions.service.ts'
import { eraseDeliveries } from './webhooks/webhooks.store.ts'

type Needs = EditingNeeds & {
  readonly customers: Pick<Customers, 'remembered'>
  readonly warehouse: Warehouse
  /** Every log position up to this one is in ClickHouse. */
  readonly completeTo: (shop: ShopId) => Promise<number>
  /** How many customers are built at once; the limits of build.service.ts unless told. */
  readonly sizes?: { readonly slice: number; readonly chunk: number }
  /** Opens addresses for exports and seals secrets; see the services that use it. */
  readonly vault?: Pick<Vault, 'open' | 'seal' | 'hash'>
  /** The room of facts; nobody has any without it. */
  readonly facts?: FactsNeed
}

/** Who is in which segment: defined here, kept on the line, counted in history. */
export function segments(needs: Needs) {
  const { db } = needs
  const shared = registers()
  const line = segmentRoom(shared, needs.facts)
  const building = builds({ ...needs, registers: shared })
  const members = memberships({ ...needs, registers: shared })

  const edits = editing(needs)

  return {
    /** Listed in wiring after orders and catalog, before campaigns. */
    room: line.room,
    inTurn: line.inTurn,
    build: building,
    /** What is forgotten of erased customers, in the line's transaction. */
    erase: async (tx: Tx, shop: ShopId, customers: readonly number[]): Promise<void> => {
      const at = needs.clock.now()
      await eraseFromLists(tx, shop, customers)
      await eraseDeliveries(tx, shop, customers)
      await countMoves(tx, shop, { moves: await eraseMemberships(tx, shop, { customers, at }) })
    },
    ...edits,
    ...versions({ ...edits, db }),
    ...members,
    ...exporting({ ...needs, get: edits.get }),
    ...sizes({ ...needs, get: edits.get }),
    ...counting({ ...needs, registers: shared, explainAll: members.explainAll, get: edits.get }),
    list: async (shop: ShopId, page: Parameters<typeof listSegments>[2]) =>
      (await listSegments(db, shop, page)).map(asSegment),
    members: (shop: ShopId, page: Parameters<typeof listMembers>[2]) => listMembers(db, shop, page),
  }
}
export type Segments = ReturnType<typeof segments>
