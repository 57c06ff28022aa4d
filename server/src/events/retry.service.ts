import type { Database, Tx } from '../database/connection.store.ts'
import type { CustomerId, ShopId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import { type Failure, findFailure, positionsOf, resolveFailure } from './failures.store.ts'
import { lockLine, readPositions } from './line.store.ts'
import { runAgain, type TurnNeeds } from './line-turn.service.ts'
import { readRow } from './read-row.ts'
import { describeError } from './run-people.ts'

export type Retried =
  | { readonly kind: 'done' }
  | { readonly kind: 'failed-again'; readonly error: string }
  | { readonly kind: 'unknown' }

type Needs = TurnNeeds & { readonly db: Database; readonly clock: Clock }

/** Thrown to roll back: the rules threw again, or what they need is gone. */
class StillBroken extends Error {}

/** Runs what was set aside again: the person's happenings through the rooms, beside the line, which waits. */
export async function retryFailure(needs: Needs, shop: ShopId, id: number): Promise<Retried> {
  try {
    return await needs.db.begin((tx) => retryIn(tx, needs, { shop, id }))
  } catch (error) {
    return {
      kind: 'failed-again',
      error: error instanceof StillBroken ? error.message : describeError(error),
    }
  }
}

async function retryIn(
  tx: Tx,
  needs: Needs,
  asked: { readonly shop: ShopId; readonly id: number },
): Promise<Retried> {
  const { shop, id } = asked
  const moved = await lockLine(tx, shop, needs.clock.now())
  const failure = await findFailure(tx, shop, id)
  if (!moved || !failure || failure.resolvedAt !== null) return { kind: 'unknown' }
  const { processedAt: now, timeZone, currency } = moved
  // A cut chain and a row that history would not take have nothing to run again: looking at them is all.
  if (failure.room !== 'chain' && failure.room !== 'history' && failure.customer !== 0) {
    const placed = await readAgain(tx, shop, failure)
    const woken = [failure.customer as CustomerId]
    const { position } = moved
    const run = { shop, timeZone, currency, now, woken, placed, position }
    const { failures, append } = await runAgain(tx, needs, run)
    const [again] = failures
    if (again) throw new StillBroken(again.error)
    await append()
  }
  await resolveFailure(tx, shop, { id, at: now })
  return { kind: 'done' }
}

async function readAgain(tx: Tx, shop: ShopId, failure: Failure) {
  if (failure.first === 0) return []
  const { customer, first, last } = failure
  const positions = await positionsOf(tx, shop, { customer, first, last })
  const rows = await readPositions(tx, shop, positions)
  if (rows.length < positions.length || positions.length === 0) {
    throw new StillBroken('What was set aside is no longer in the log.')
  }
  return rows.map((row) => ({
    ...readRow(row),
    processedAt: row.receivedAt,
    customer: customer as CustomerId,
  }))
}
