import type { Database } from '../database/connection.store.ts'
import type { CustomerId, ShopId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import { isAway } from './away.ts'
import { saveFailures } from './failures.store.ts'
import type { Placed } from './happening.ts'
import { laneLoop } from './lane-loop.service.ts'
import { type Held, LeaseLost, type Leases, leases } from './lease.service.ts'
import {
  allShops,
  dueCustomers,
  nextDueAt,
  type PositionedRow,
  readLog,
  saveDue,
  saveTurn,
  shopsToTurn,
} from './line.store.ts'
import { doTurn, type TurnNeeds } from './line-turn.service.ts'
import { newPace, type Pace, restOf, turnLimit, wokenLimit } from './pace.ts'
import { type Read, readRow } from './read-row.ts'
import { retryFailure } from './retry.service.ts'
import { describeError } from './run-people.ts'

/** How often the same people may be woken in a row before they are set aside. */
const wakeAgainLimit = 20

export type LineNeeds = TurnNeeds & {
  readonly db: Database
  readonly clock: Clock
  /** Told after the commit: history's wake-up, metrics. */
  readonly onTurn?: (shop: ShopId, placed: readonly Placed[]) => void
  readonly onError?: (shop: ShopId | undefined, error: unknown) => void
}

type Batch = { readonly first: PositionedRow; readonly read: readonly Read[] }
type Desk = {
  readonly needs: LineNeeds
  readonly lease: Leases
  readonly pace: Pace<Batch>
  readonly lane: Held
}

/**
 * The line: one lane a shop turns happenings into state and intentions, in order of position, each turn one transaction in
 * which the cursor moves too. `turn` is one step, `drain` all of them, `start` keeps it running.
 */
export function line(needs: LineNeeds) {
  const lease = leases({ db: needs.db, clock: needs.clock, name: 'line' })
  const paces = new Map<ShopId, Pace<Batch>>()

  /** One turn of events and one of due work, so that neither starves the other. True when there was something to do. */
  async function turn(shop: ShopId): Promise<boolean> {
    const lane = await lease.hold(shop)
    if (!lane) return false
    const pace = paces.get(shop) ?? newPace<Batch>()
    paces.set(shop, pace)
    const desk = { needs, lease, pace, lane }
    try {
      pace.beganAt = needs.clock.now()
      pace.more = false
      const hadEvents = await eventTurn(desk)
      const hadDue = await dueTurn(desk)
      pace.more ||= hadDue
      return hadDue || hadEvents
    } catch (error) {
      lease.drop(shop)
      if (error instanceof LeaseLost) return true
      throw error
    }
  }

  const loop = laneLoop({
    db: needs.db,
    clock: needs.clock,
    channel: 'danggol_log',
    // What arrives after a turn has read the log brings its own news, so that an idle line asks nothing twice.
    step: async (shop) => (await turn(shop)) && paces.get(shop)?.more === true,
    gatherMs: (shop) => restOf(paces.get(shop), needs.clock.now()),
    nextAt: (shop) => nextDueAt(needs.db, shop),
    behind: () => shopsToTurn(needs.db, needs.clock.now()),
    ...(needs.onError ? { onError: needs.onError } : {}),
  })

  return {
    turn,
    /** Turns until there is nothing left to do now. */
    drain: async (shop: ShopId): Promise<void> => {
      while (await turn(shop));
    },
    /** Runs again what was set aside. */
    retry: (shop: ShopId, id: number) => retryFailure(needs, shop, id),
    /** News of a shop from this process, faster than a notification. */
    wake: loop.wake,
    start: async (): Promise<void> => loop.start(await allShops(needs.db)),
    /** Finishes the turn under way and gives the lanes back. */
    stop: async (): Promise<void> => {
      await loop.stop()
      await lease.leave().catch(() => {})
    },
  }
}
export type Line = ReturnType<typeof line>

async function eventTurn(desk: Desk): Promise<boolean> {
  const { pace } = desk
  const limit = pace.events
  const batch = await nextBatch(desk)
  pace.size = batch?.read.length ?? 0
  if (!batch) return false
  const { first, read } = batch
  // Set before the work: a turn that fails is tried again at once.
  pace.more = true
  try {
    const { derived } = await commitEvents(desk, { read, withRooms: true })
    pace.more = derived || read.length >= limit
    pace.events = Math.min(turnLimit, pace.events * 2)
  } catch (error) {
    pace.ahead = undefined
    if (error instanceof LeaseLost || isAway(error)) throw error
    // The turn is repeated with halves, so that one bad happening costs itself only.
    if (read.length > 1) pace.events = Math.ceil(read.length / 2)
    else await setPositionAside(desk, first, error)
  }
  return true
}

/** The happenings after the cursor. While they are worked on, the ones after them are read: the log never changes behind itself. */
async function nextBatch({ lane, pace, needs }: Desk): Promise<Batch | undefined> {
  const limit = pace.events
  const readAfter = async (after: number): Promise<Batch | undefined> => {
    const rows = await readLog(needs.db, lane.shop, { after, limit })
    const [first] = rows
    return first && { first, read: rows.map(readRow) }
  }
  const known = pace.ahead?.after === lane.position ? await pace.ahead.batch : undefined
  const batch = known ?? (await readAfter(lane.position))
  pace.ahead = undefined
  if (batch && batch.read.length === turnLimit) {
    const after = lane.position + batch.read.length
    pace.ahead = { after, batch: readAfter(after).catch(() => undefined) }
  }
  return batch
}

async function commitEvents(
  desk: Desk,
  events: { readonly read: readonly Read[]; readonly withRooms: boolean; readonly error?: unknown },
): Promise<{ readonly derived: boolean }> {
  const { lane, needs, lease } = desk
  const { shop } = lane
  const { read, withRooms, error } = events
  const first = lane.position + 1
  const last = lane.position + read.length
  const { afterCommit, placed, derived } = await lease.fenced(lane, last, async (tx, moved) => {
    const { processedAt: now, timeZone, currency } = moved
    const result = await doTurn(tx, needs, {
      shop,
      timeZone,
      currency,
      now,
      read,
      position: last,
      woken: [],
      withRooms,
    })
    if (error !== undefined) {
      const failure = {
        customer: result.owners[0] ?? 0,
        first,
        last,
        room: 'line',
        error: describeError(error),
      }
      await saveFailures(tx, shop, { at: now, failures: [failure] })
    }
    // Sent together, the append behind: it is the turn's last statement all the same.
    const turn = { first, last, processedAt: now, owners: result.owners }
    await Promise.all([saveTurn(tx, shop, turn), result.append()])
    return result
  })
  afterCommit()
  needs.onTurn?.(shop, placed)
  return { derived }
}

/** One happening that nobody can bear: first without the rooms, then not at all. The lane goes on. */
async function setPositionAside(desk: Desk, row: PositionedRow, error: unknown): Promise<void> {
  const { lane, lease } = desk
  const { shop } = lane
  const { position } = row
  try {
    await commitEvents(desk, { read: [readRow(row)], withRooms: false, error })
  } catch (again) {
    if (again instanceof LeaseLost || isAway(again)) throw again
    await lease.fenced(lane, position, async (tx, { processedAt }) => {
      const failure = {
        customer: 0,
        first: position,
        last: position,
        room: 'line',
        error: describeError(again),
      }
      await saveFailures(tx, shop, { at: processedAt, failures: [failure] })
      await saveTurn(tx, shop, { first: position, last: position, processedAt, owners: [0] })
    })
  }
}

async function dueTurn(desk: Desk): Promise<boolean> {
  const { lane, pace, needs } = desk
  const now = needs.clock.now()
  const woken = await dueCustomers(needs.db, lane.shop, { now, limit: pace.due })
  const [first] = woken
  if (first === undefined) return false
  const list = woken.join()
  pace.wakes = list === pace.lastWoken ? pace.wakes + 1 : 0
  pace.lastWoken = list
  if (pace.wakes > wakeAgainLimit) {
    await setWokenAside(
      desk,
      woken,
      new Error('woken again and again: what is due does not go away'),
    )
    return true
  }
  try {
    await commitDue(desk, woken)
    pace.due = Math.min(wokenLimit, pace.due * 2)
  } catch (error) {
    if (error instanceof LeaseLost || isAway(error)) throw error
    if (woken.length > 1) pace.due = Math.ceil(woken.length / 2)
    else await setWokenAside(desk, [first], error)
  }
  return true
}

async function commitDue(desk: Desk, woken: readonly CustomerId[]): Promise<void> {
  const { lane, needs, lease } = desk
  const { shop } = lane
  const mirrored = await lease.fenced(lane, lane.position, async (tx, moved) => {
    const { processedAt: now, timeZone, currency } = moved
    const result = await doTurn(tx, needs, {
      shop,
      timeZone,
      currency,
      now,
      read: [],
      position: lane.position,
      woken,
      withRooms: true,
    })
    const met = new Set(result.met)
    // A due row of somebody who is no more would be woken for ever.
    const gone = woken.filter((customer) => !met.has(customer))
    await saveDue(tx, shop, {
      exact: gone.map((customer) => ({ customer, at: Infinity })),
      earlier: [],
    })
    await result.append()
    return result.mirrored
  })
  // No block of history will come by itself for what time alone changed.
  if (mirrored) needs.onTurn?.(shop, [])
}

async function setWokenAside(
  desk: Desk,
  woken: readonly CustomerId[],
  why: unknown,
): Promise<void> {
  const { lane, lease } = desk
  const { shop } = lane
  await lease.fenced(lane, lane.position, async (tx, { processedAt }) => {
    const failures = woken.map((customer) => ({
      customer,
      first: 0,
      last: 0,
      room: 'due',
      error: describeError(why),
    }))
    await saveFailures(tx, shop, { at: processedAt, failures })
    await saveDue(tx, shop, {
      exact: woken.map((customer) => ({ customer, at: Infinity })),
      earlier: [],
    })
  })
}
