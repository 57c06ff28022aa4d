import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import { secondMs } from '../lib/duration.ts'
import type { Warehouse } from '../warehouse/connection.store.ts'
import { completeTo, nextBlock, openBlock, unwrittenBlocks } from './history.store.ts'
import { laneLoop } from './lane-loop.service.ts'
import { LeaseLost, leases } from './lease.service.ts'
import { allShops, shopsToWrite } from './line.store.ts'
import { recentTurns } from './recent.ts'
import { recount, settle } from './recount.service.ts'
import { type Desk, mark, tokenOf, write, writeMirrors } from './write-block.service.ts'

/** Positions of one block at most. */
const blockLimit = 10_000
/** How long turns are gathered into a block: each block is a part that ClickHouse merges again and again. */
const blockGatherMs = secondMs / 2
/** After a block of so many positions the next one is written at once: history is behind. */
const largeBlock = blockLimit / 2

type Needs = {
  readonly db: Database
  readonly warehouse: Warehouse
  readonly clock: Clock
  readonly onError?: (shop: ShopId | undefined, error: unknown) => void
}
/**
 * Writes what the line has processed into ClickHouse, in blocks that are fixed before they are inserted and counted after.
 * Exactly once is not believed but counted: positions are dense, so every block has as many rows as positions.
 */
export function history(needs: Needs) {
  const lease = leases({ db: needs.db, clock: needs.clock, name: 'history' })
  const counted = new Set<ShopId>()
  const sizes = new Map<ShopId, number>()
  const recent = recentTurns()

  async function withLane(shop: ShopId, work: (desk: Desk) => Promise<boolean>): Promise<boolean> {
    const lane = await lease.hold(shop)
    if (!lane) {
      counted.delete(shop)
      return false
    }
    try {
      return await work({ needs, lane, recent })
    } catch (error) {
      lease.drop(shop)
      counted.delete(shop)
      if (error instanceof LeaseLost) return true
      throw error
    }
  }

  /** Writes one block; before the first one of this worker, what earlier ones left is counted and healed. */
  const writeBlock = (shop: ShopId): Promise<boolean> =>
    withLane(shop, async (desk) => {
      for (const block of await unwrittenBlocks(needs.db, shop)) await settle(desk, block)
      if (!counted.has(shop)) {
        await recount(desk)
        counted.add(shop)
      }
      const block = await nextBlock(needs.db, shop, { positions: blockLimit })
      // What time alone changed has mirror rows, but no happening that would make a block.
      if (!block) {
        await writeMirrors(desk, { first: desk.lane.position, last: desk.lane.position })
        return false
      }
      const at = needs.clock.now()
      await lease.fenced(desk.lane, block.last, (tx) => openBlock(tx, shop, { ...block, at }))
      await write(desk, block, tokenOf(desk, block))
      await mark(desk, block)
      sizes.set(shop, block.last - block.first + 1)
      return true
    })

  const loop = laneLoop({
    db: needs.db,
    clock: needs.clock,
    channel: 'danggol_turns',
    step: writeBlock,
    nextAt: async () => null,
    behind: () => shopsToWrite(needs.db),
    gatherMs: (shop) => ((sizes.get(shop) ?? 0) < largeBlock ? blockGatherMs : 0),
    ...(needs.onError ? { onError: needs.onError } : {}),
  })

  return {
    writeBlock,
    /** Writes everything the line has processed so far. */
    drain: async (shop: ShopId): Promise<void> => {
      while (await writeBlock(shop));
    },
    /** Every position up to this one is a row in ClickHouse: what an answer from there is true for. */
    completeTo: (shop: ShopId) => completeTo(needs.db, shop),
    /** Counts the last 48 hours again now. */
    recount: (shop: ShopId) =>
      withLane(shop, async (desk) => {
        await recount(desk)
        return true
      }),
    wake: loop.wake,
    /** Spares history the reading of what this process's line has just processed. */
    keep: recent.keep,
    start: async (): Promise<void> => loop.start(await allShops(needs.db)),
    /** Finishes the block under way and gives the lanes back. */
    stop: async (): Promise<void> => {
      await loop.stop()
      await lease.leave().catch(() => {})
    },
  }
}
export type History = ReturnType<typeof history>
