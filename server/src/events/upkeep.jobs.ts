import type { Database } from '../database/connection.store.ts'
import type { Clock } from '../lib/clock.ts'
import { dayMs, epochDay, hourMs } from '../lib/duration.ts'
import { allShops } from './line.store.ts'
import {
  createLogDay,
  deleteMessageIds,
  deleteOldTurns,
  deleteRest,
  dropLogDay,
  isDayNeeded,
  logDays,
} from './upkeep.store.ts'

/** Partitions of the log are made so many days ahead. */
const daysAhead = 2
/** The log stays this long after it was received, and until history has written it. */
const logKeptMs = 48 * hourMs
/** A message id counts as seen for this long. */
const messageIdDays = 30
/** Rows deleted in one statement: small enough that nobody waits for it. */
const deleteAtOnce = 10_000
/** Statements of one run; the rest waits for the next. */
const roundsAtOnce = 50

/** What the log's house-keeping did in one run. */
export type Upkeep = {
  readonly created: readonly number[]
  readonly dropped: readonly number[]
  readonly deleted: number
}

/**
 * Keeps the log bounded: makes the partitions of the days to come, drops those that are older than 48 hours and written to
 * history, forgets old message ids and turns. Safe to run from several processes; hourly, and before the first event of all.
 */
export async function keepLog(needs: {
  readonly db: Database
  readonly clock: Clock
}): Promise<Upkeep> {
  const { db, clock } = needs
  const now = clock.now()
  const known = new Set(await logDays(db))
  const created: number[] = []
  for (let day = epochDay(now); day <= epochDay(now) + daysAhead; day++) {
    if (!known.has(day) && (await createLogDay(db, day))) created.push(day)
  }
  const dropped: number[] = []
  // A day ends 24 hours after it began: the whole of it must be older than 48 hours.
  const lastKept = epochDay(now - logKeptMs)
  for (const day of [...known].filter((one) => one < lastKept).sort((a, b) => a - b)) {
    if (await isDayNeeded(db, day)) continue
    await dropLogDay(db, day)
    dropped.push(day)
  }
  let deleted = await inRounds((limit) => deleteRest(db, { beforeDay: lastKept, limit }))
  const beforeDay = epochDay(now - messageIdDays * dayMs)
  deleted += await inRounds((limit) => deleteMessageIds(db, { beforeDay, limit }))
  for (const shop of await allShops(db)) {
    deleted += await inRounds((limit) =>
      deleteOldTurns(db, shop, { before: now - logKeptMs, limit }),
    )
  }
  return { created, dropped, deleted }
}

async function inRounds(some: (limit: number) => Promise<number>): Promise<number> {
  let deleted = 0
  for (let round = 0; round < roundsAtOnce; round++) {
    const count = await some(deleteAtOnce)
    deleted += count
    if (count < deleteAtOnce) break
  }
  return deleted
}
