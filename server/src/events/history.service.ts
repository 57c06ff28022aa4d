import type { Database } from '../database/connection.store.ts'
import type { CustomerId, ShopId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import { hourMs, secondMs } from '../lib/duration.ts'
import type { Warehouse } from '../warehouse/connection.store.ts'
import { isErasure } from './erasure.ts'
import { saveFailures } from './failures.store.ts'
import type { Placed } from './happening.ts'
import {
  aliasesOf,
  type Block,
  completeTo,
  forgetMirrorChanges,
  markWritten,
  mergedAway,
  mirrorChangesUpTo,
  nextBlock,
  openBlock,
  turnsOf,
  unwrittenBlocks,
  writtenBlocks,
} from './history.store.ts'
import { countRange, deleteRange, eraseFromHistory } from './history-check.store.ts'
import { bareRow, historyRow, mirrorRow, newestOf, type WarehouseRow } from './history-row.ts'
import { laneLoop } from './lane-loop.service.ts'
import { type Held, LeaseLost, type Leases, leases } from './lease.service.ts'
import { allShops, readLog, shopsToWrite } from './line.store.ts'
import { readRow } from './read-row.ts'
import { recentTurns } from './recent.ts'
import { insertHalving } from './refused-row.ts'
import { describeError } from './run-people.ts'

/** Positions of one block at most. */
const blockLimit = 10_000
/** How long turns are gathered into a block: each block is a part that ClickHouse merges again and again. */
const blockGatherMs = secondMs / 2
/** After a block of so many positions the next one is written at once: history is behind. */
const largeBlock = blockLimit / 2
/** How far back blocks are counted again when a worker takes the lane. */
const recountMs = 48 * hourMs
const mirrorBatchLimit = 5_000

type Needs = {
  readonly db: Database
  readonly warehouse: Warehouse
  readonly clock: Clock
  readonly onError?: (shop: ShopId | undefined, error: unknown) => void
}
type Desk = {
  readonly needs: Needs
  readonly lease: Leases
  readonly lane: Held
  readonly recent: ReturnType<typeof recentTurns>
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
      return await work({ needs, lease, lane, recent })
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

function tokenOf({ lane }: Desk, block: Block): string {
  return `${lane.shop}:${block.first}`
}

async function write(desk: Desk, block: Block, token: string): Promise<void> {
  await writeAliases(desk, block)
  await writeMirrors(desk, block)
  const placed = await readBlock(desk, block)
  await insertEvents(desk, placed, token)
  await forgetErased(desk, placed)
}

async function forgetErased({ needs, lane }: Desk, placed: readonly Placed[]): Promise<void> {
  const { shop } = lane
  for (const { customer } of placed.filter(isErasure)) {
    const merged = await mergedAway(needs.db, shop, customer)
    await eraseFromHistory(needs.warehouse, shop, [customer, ...merged])
  }
}

async function mark({ needs, lane }: Desk, block: Block): Promise<void> {
  await markWritten(needs.db, lane.shop, { first: block.first, at: needs.clock.now() })
}

async function writeAliases({ needs, lane }: Desk, block: Block): Promise<void> {
  const { shop } = lane
  const aliases = await aliasesOf(needs.db, shop, block)
  if (aliases.length === 0) return
  const rows = aliases.map(({ from, to, position }) => ({
    shop,
    from_customer: from,
    to_customer: to,
    position,
  }))
  await needs.warehouse.insert('aliases', rows)
  await needs.warehouse.reloadAliases()
}

async function writeMirrors({ needs, lane }: Desk, block: Block): Promise<void> {
  const { shop } = lane
  for (;;) {
    const changes = await mirrorChangesUpTo(needs.db, shop, {
      position: block.last,
      limit: mirrorBatchLimit,
    })
    if (changes.length === 0) return
    const rows = newestOf(changes).flatMap((change) => mirrorRow(shop, change) ?? [])
    for (const table of ['customers', 'order_versions'] as const) {
      const mine = rows.flatMap((one) => (one.table === table ? [one.row] : []))
      await insertHalving(
        mine,
        (some) => needs.warehouse.insert(table, some),
        async () => {},
      )
    }
    await forgetMirrorChanges(needs.db, shop, changes)
  }
}

/** The happenings of a block with their places; the turns say whom each belongs to. */
async function readBlock({ needs, lane, recent }: Desk, block: Block): Promise<readonly Placed[]> {
  const { shop } = lane
  const kept = recent.take(shop, block)
  if (kept) return kept
  const turns = await turnsOf(needs.db, shop, block)
  const limit = block.last - block.first + 1
  const rows = await readLog(needs.db, shop, { after: block.first - 1, limit })
  let index = 0
  return rows.map((row) => {
    while ((turns[index + 1]?.first ?? Infinity) <= row.position) index++
    const turn = turns[index]
    const customer = turn?.customers[row.position - turn.first] ?? 0
    return {
      ...readRow(row),
      processedAt: turn?.processedAt ?? row.receivedAt,
      customer: customer as CustomerId,
    }
  })
}

async function insertEvents(
  { needs, lane }: Desk,
  placed: readonly Placed[],
  token: string,
): Promise<void> {
  const { shop } = lane
  const by = new Map<WarehouseRow, Placed>()
  for (const one of placed) by.set(historyRow(shop, one), one)
  const insert = (rows: readonly WarehouseRow[]) => {
    const whole = rows.length === placed.length
    const firstPosition = String(rows[0]?.position)
    return needs.warehouse.insert('events', rows, {
      token: whole ? token : `${token}:${firstPosition}+${rows.length}`,
    })
  }
  await insertHalving([...by.keys()], insert, async (row, error) => {
    const bad = by.get(row)
    if (!bad) return
    await needs.warehouse.insert('events', [bareRow(shop, bad)], {
      token: `${token}:${bad.position}:bare`,
    })
    await needs.db.begin((tx) =>
      saveFailures(tx, shop, {
        at: needs.clock.now(),
        failures: [
          {
            customer: bad.customer,
            first: bad.position,
            last: bad.position,
            room: 'history',
            error: describeError(error),
          },
        ],
      }),
    )
  })
}

/** Counts a block in ClickHouse: whole - mark it; nothing - insert again; some, or too many - delete and insert again. */
async function settle(desk: Desk, block: Block): Promise<void> {
  const { needs, lane } = desk
  let found = await countBlock(desk, block)
  // The block's own token first: an insert that is still under way somewhere must not count twice.
  if (found === 'nothing') {
    await write(desk, block, tokenOf(desk, block))
    found = await countBlock(desk, block)
  }
  if (found !== 'whole') {
    if (found === 'broken') await deleteRange(needs.warehouse, lane.shop, block)
    // A fresh token now: the old one survived in the deduplication window although its rows are gone.
    await write(desk, block, `${tokenOf(desk, block)}:${lane.epoch}:${needs.clock.now()}`)
  } else {
    // Aliases and mirrors may not have come this far; writing them again does no harm.
    await writeAliases(desk, block)
    await writeMirrors(desk, block)
  }
  await mark(desk, block)
}

async function countBlock(
  { needs, lane }: Desk,
  block: Block,
): Promise<'whole' | 'nothing' | 'broken'> {
  const { rows, first, last } = await countRange(needs.warehouse, lane.shop, block)
  if (rows === 0) return 'nothing'
  const whole =
    rows === block.last - block.first + 1 && first === block.first && last === block.last
  return whole ? 'whole' : 'broken'
}

/** Every block of the last 48 hours is counted again, in halves until the ones that are short stand alone. */
async function recount(desk: Desk): Promise<void> {
  const { needs, lane } = desk
  const since = needs.clock.now() - recountMs
  await recountRange(desk, await writtenBlocks(needs.db, lane.shop, since))
}

async function recountRange(desk: Desk, blocks: readonly Block[]): Promise<void> {
  const first = blocks[0]
  const last = blocks.at(-1)
  if (!first || !last) return
  const found = await countRange(desk.needs.warehouse, desk.lane.shop, {
    first: first.first,
    last: last.last,
  })
  if (found.rows === last.last - first.first + 1) return
  if (blocks.length === 1) return settle(desk, first)
  const middle = Math.ceil(blocks.length / 2)
  await recountRange(desk, blocks.slice(0, middle))
  await recountRange(desk, blocks.slice(middle))
}
