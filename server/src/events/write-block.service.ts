import type { Database } from '../database/connection.store.ts'
import type { CustomerId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import type { Warehouse } from '../warehouse/connection.store.ts'
import { isErasure } from './erasure.ts'
import { saveFailures } from './failures.store.ts'
import type { Placed } from './happening.ts'
import {
  aliasesOf,
  type Block,
  forgetMirrorChanges,
  markWritten,
  mergedAway,
  mirrorChangesUpTo,
  turnsOf,
} from './history.store.ts'
import { eraseFromHistory } from './history-check.store.ts'
import { bareRow, historyRow, mirrorRow, newestOf, type WarehouseRow } from './history-row.ts'
import type { Held } from './lease.service.ts'
import { readLog } from './line.store.ts'
import { readRow } from './read-row.ts'
import type { recentTurns } from './recent.ts'
import { insertHalving } from './refused-row.ts'
import { describeError } from './run-people.ts'

const mirrorBatchLimit = 5_000

/** What writing a shop's blocks needs, while this worker holds its lane. */
export type Desk = {
  readonly needs: { readonly db: Database; readonly warehouse: Warehouse; readonly clock: Clock }
  readonly lane: Held
  readonly recent: ReturnType<typeof recentTurns>
}

/** An insert under a token that was seen already counts nothing. */
export function tokenOf({ lane }: Desk, block: Block): string {
  return `${lane.shop}:${block.first}`
}

/** Writes who became whom, the mirrors and the happenings of a block; deletes whom it erases. */
export async function write(desk: Desk, block: Block, token: string): Promise<void> {
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

export async function mark({ needs, lane }: Desk, block: Block): Promise<void> {
  await markWritten(needs.db, lane.shop, { first: block.first, at: needs.clock.now() })
}

export async function writeAliases({ needs, lane }: Desk, block: Block): Promise<void> {
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

export async function writeMirrors({ needs, lane }: Desk, block: Block): Promise<void> {
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
