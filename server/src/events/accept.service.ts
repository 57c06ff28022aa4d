import type { Database, Tx } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import { minuteMs, secondMs } from '../lib/duration.ts'
import { Refusal } from '../lib/refusal.ts'
import { type Arriving, appendRows, type Backlog, readBacklog } from './accept.store.ts'
import type { Happening } from './happening.ts'
import { dedupeKey, toLogRow } from './logged.ts'

/** A commit waits this long for company, or for this many rows, whichever is first. */
export const collectMs = 3
export const collectRows = 1_000
/** Commits under way at once: one at the disk, one being made ready. */
export const commitsAtOnce = 2
/** Text waiting in this process for a commit; beyond it callers are asked to come again. */
export const waitingBytesLimit = 64 * 1024 * 1024
/** How far the line may lie behind before callers are asked to come again. */
export const backlogRowsLimit = 200_000
export const backlogAgeLimitMs = minuteMs
const backlogTrustMs = secondMs

export type Accepted = {
  readonly accepted: number
  readonly duplicates: number
  /** Rows the database itself would not take, by index; the others of the same call are kept. */
  readonly refused: readonly { readonly index: number; readonly reason: string }[]
}

type Call = {
  readonly rows: readonly Arriving[]
  readonly bytes: number
  readonly settle: (accepted: Accepted) => void
  readonly fail: (error: unknown) => void
}

/**
 * The durable door of the log. Calls of a few milliseconds share one commit; each is answered after it.
 * `onAppended` is told the shops that have something new, once a commit.
 */
export function accept(needs: {
  readonly db: Database
  readonly clock: Clock
  readonly onAppended?: (shop: ShopId) => void
  /** Text that may wait in this process for a commit. */
  readonly waitingBytes?: number
}) {
  const { db, clock } = needs
  const pressure = backlogs(db, clock)
  let waiting: Call[] = []
  let waitingRows = 0
  let heldBytes = 0
  let underWay = 0
  let timer: NodeJS.Timeout | undefined

  function enqueue(call: Call): void {
    waiting.push(call)
    waitingRows += call.rows.length
    heldBytes += call.bytes
    if (waitingRows >= collectRows) commitNext()
    else timer ??= setTimeout(commitNext, collectMs)
  }

  function commitNext(): void {
    clearTimeout(timer)
    timer = undefined
    if (waiting.length === 0 || underWay >= commitsAtOnce) return
    const calls = takeCalls()
    underWay++
    // commitCalls settles every call and never throws.
    void commitCalls(db, calls).then(() => {
      underWay--
      for (const call of calls) heldBytes -= call.bytes
      for (const shop of new Set(calls.flatMap((call) => call.rows[0]?.shop ?? [])))
        needs.onAppended?.(shop)
      commitNext()
    })
    if (waitingRows >= collectRows) commitNext()
  }

  // Whole calls, at least one, up to the limit of rows.
  function takeCalls(): readonly Call[] {
    let rows = 0
    let count = 0
    for (const call of waiting) {
      if (count > 0 && rows + call.rows.length > collectRows) break
      rows += call.rows.length
      count++
    }
    const calls = waiting.slice(0, count)
    waiting = waiting.slice(count)
    waitingRows -= rows
    return calls
  }

  return {
    /** Resolves after the commit. Throws Refusal 'busy' when the line lies too far behind or the database is away. */
    accept: async (shop: ShopId, happenings: readonly Happening[]): Promise<Accepted> => {
      if (happenings.length === 0) return { accepted: 0, duplicates: 0, refused: [] }
      await pressure.check(shop)
      const rows = happenings.map((happening) => arriving(shop, happening))
      const bytes = rows.reduce((sum, { row }) => sum + row.ids.length + row.body.length, 0)
      if (heldBytes + bytes > (needs.waitingBytes ?? waitingBytesLimit))
        throw busy('Too much is waiting to be written.')
      return new Promise((settle, fail) => enqueue({ rows, bytes, settle, fail }))
    },
    /**
     * For the line: appends what a turn derived, inside its transaction and as its last statement, because the lock on
     * the log's head is held from here to the commit. Answers how many were new.
     */
    appendInTransaction: async (
      tx: Tx,
      shop: ShopId,
      happenings: readonly Happening[],
    ): Promise<number> => {
      if (happenings.length === 0) return 0
      const fresh = await appendRows(
        tx,
        happenings.map((happening) => arriving(shop, happening)),
      )
      return fresh === 'all' ? happenings.length : fresh.length
    },
  }
}
export type Accept = ReturnType<typeof accept>

function arriving(shop: ShopId, happening: Happening): Arriving {
  return { shop, key: dedupeKey(happening), row: toLogRow(happening) }
}

const busy = (why: string) => new Refusal('busy', `${why} Nothing was kept; send it again shortly.`)

/** Refuses while a shop's line lies too far behind; what it knows is at most a second old. */
function backlogs(db: Database, clock: Clock) {
  const known = new Map<ShopId, { readonly at: number; readonly backlog: Promise<Backlog> }>()
  return {
    check: async (shop: ShopId): Promise<void> => {
      const now = clock.now()
      let entry = known.get(shop)
      if (!entry || Math.abs(now - entry.at) >= backlogTrustMs) {
        entry = { at: now, backlog: readBacklog(db, shop) }
        known.set(shop, entry)
      }
      const backlog = await entry.backlog.catch((error: unknown) => {
        known.delete(shop)
        throw asRefusal(error)
      })
      if (backlog.rows > backlogRowsLimit) throw busy('The line lies too far behind.')
      if (backlog.oldestAt !== null && now - backlog.oldestAt > backlogAgeLimitMs) {
        throw busy('The line has not moved for a minute.')
      }
    },
  }
}

/** Commits calls together and answers each; when the database refuses a row, halves until that row stands alone. */
async function commitCalls(db: Database, calls: readonly Call[]): Promise<void> {
  const rows = calls.flatMap((call) => call.rows)
  try {
    const outcome = await commitRows(db, rows)
    let from = 0
    for (const call of calls) {
      call.settle(accounted(outcome.slice(from, from + call.rows.length)))
      from += call.rows.length
    }
  } catch (error) {
    const refusal = asRefusal(error)
    for (const call of calls) call.fail(refusal)
  }
}

type Outcome = 'new' | 'duplicate' | { readonly refused: string }

async function commitRows(db: Database, rows: readonly Arriving[]): Promise<readonly Outcome[]> {
  try {
    const fresh = await appendRows(db, rows)
    if (fresh === 'all') return rows.map(() => 'new')
    const isNew = new Set(fresh)
    return rows.map((_, index) => (isNew.has(index) ? 'new' : 'duplicate'))
  } catch (error) {
    if (!isAboutData(error)) throw error
    if (rows.length === 1) return [{ refused: 'The database does not take this value.' }]
    const middle = Math.ceil(rows.length / 2)
    const first = await commitRows(db, rows.slice(0, middle))
    return [...first, ...(await commitRows(db, rows.slice(middle)))]
  }
}

function accounted(outcomes: readonly Outcome[]): Accepted {
  const refused = outcomes.flatMap((outcome, index) =>
    typeof outcome === 'object' ? [{ index, reason: outcome.refused }] : [],
  )
  return {
    accepted: outcomes.filter((outcome) => outcome === 'new').length,
    duplicates: outcomes.filter((outcome) => outcome === 'duplicate').length,
    refused,
  }
}

/** SQLSTATE of PostgreSQL's errors; Node's and postgres.js's own codes for a lost connection are longer words. */
function sqlState(error: unknown): string {
  const code = (error as { readonly code?: unknown } | null)?.code
  return typeof code === 'string' ? code : ''
}

// Class 22 is data exceptions (a byte the column can't hold, a number out of range), 54 is a limit of size.
const isAboutData = (error: unknown): boolean => /^(22|54)\w{3}$/.test(sqlState(error))

// Postgres away, starting, stopping or out of connections: the caller keeps its events and comes again.
const isAway = (error: unknown): boolean =>
  /^(08|53|57|25006|40)|^(CONNECT|ECONN|EPIPE|ENOTFOUND|ETIMEDOUT|CONNECTION_)/.test(
    sqlState(error),
  )

function asRefusal(error: unknown): unknown {
  return isAway(error) ? busy('The database is away.') : error
}
