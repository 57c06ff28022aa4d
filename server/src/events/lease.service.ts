import { randomUUID } from 'node:crypto'
import type { Database, Tx } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import { secondMs } from '../lib/duration.ts'
import { leaveLane, type Moved, moveCursor, takeLane } from './line.store.ts'

/** How long a lease lasts without a turn. */
const leaseMs = 15 * secondMs

/** A lane this worker holds: the cursor, and the epoch that fences it. */
export type Held = {
  readonly shop: ShopId
  position: number
  readonly epoch: number
  until: number
}

/** The worker lost its lease: what it did is rolled back and what it knew of the lane is dropped. */
export class LeaseLost extends Error {}

/** Leases of one kind of lane over all shops. The cursor is the lease: whoever moves it holds it. */
export function leases(needs: {
  readonly db: Database
  readonly clock: Clock
  readonly name: string
}) {
  const { db, clock, name } = needs
  const owner = randomUUID()
  const lanes = new Map<ShopId, Held>()

  return {
    /** The lane, taken or kept; undefined while another worker holds it. */
    hold: async (shop: ShopId): Promise<Held | undefined> => {
      const held = lanes.get(shop)
      const now = clock.now()
      // A turn renews the lease; an idle lane is taken again before it runs out, and after the clock was set back.
      if (held && held.until - now > leaseMs / 3 && held.until - now <= leaseMs) return held
      const until = now + leaseMs
      const taken = await takeLane(db, { shop, name, owner, now, until })
      if (!taken) {
        lanes.delete(shop)
        return undefined
      }
      const lane = { shop, ...taken, until }
      lanes.set(shop, lane)
      return lane
    },

    /** Runs the work in one transaction behind the fence: the cursor moves first, the commit comes last. */
    fenced: async <T>(
      lane: Held,
      to: number,
      work: (tx: Tx, moved: Moved) => Promise<T>,
    ): Promise<T> => {
      const now = clock.now()
      const until = now + leaseMs
      let result: { readonly value: T } | undefined
      await db.begin(async (tx) => {
        const from = lane.position
        const { shop, epoch } = lane
        const moved = await moveCursor(tx, { shop, name, epoch, from, to, now, until })
        if (!moved) throw new LeaseLost()
        result = { value: await work(tx, moved) }
      })
      lane.position = to
      lane.until = until
      if (!result) throw new Error('a transaction committed without its work')
      return (result as { readonly value: T }).value
    },

    /** Forgets the lane: after a lost lease or a lost connection nothing known of it can be trusted. */
    drop: (shop: ShopId): void => void lanes.delete(shop),

    /** Gives all lanes back, so that another worker need not wait for the leases to run out. */
    leave: async (): Promise<void> => {
      const shops = [...lanes.keys()]
      lanes.clear()
      for (const shop of shops) await leaveLane(db, shop, { name, owner })
    },
  }
}
export type Leases = ReturnType<typeof leases>
