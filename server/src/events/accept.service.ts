import type { Database, Tx } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import { minuteMs, secondMs } from '../lib/duration.ts'
import { Refusal } from '../lib/refusal.ts'
import { type Arriving, appendRows, type Backlog, readBacklog } from './accept.store.ts'
import { isAway } from './away.ts'
import type { Happening } from './happening.ts'
import { dedupeKey, toLogRow } from './logged.ts'

/** A commit waits this long for company, or for this many rows, whichever is first. */
const collectMs = 3
const collectRows = 1_000
/** Commits under way at once. A second one starts only when it is full: what comes meanwhile shares the next. */
const commitsAtOnce = 2
/** Text waiting in this process for a commit; beyond it callers are asked to come again. */
const waitingBytesLimit = 64 * 1024 * 1024
/** How far the line may lie behind before callers are asked to come again. */
export const backlogRowsLimit = 200_000
const backlogAgeLimitMs = minuteMs
const backlogTrustMs = secondMs

export type Accepted = {
  readonly accepted: number
  readonly duplicates: number
  /** Rows the database itself would not take, by index; the others of the same call are kept. */
  readonly refused: readonly { readonly index: number; readonly reason: string }[]
}

type Call = {
  readonly shop: ShopId
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
    const isFull = waitingRows >= collectRows
    if (waiting.length === 0 || underWay >= (isFull ? commitsAtOnce : 1)) return
    const calls = takeCalls()
    underWay++
    // commitCalls settles every call and never throws.
    void commitCalls(db, calls).then(() => {
      underWay--
      for (const call of calls) heldBytes -= call.bytes
      for (const shop of new Set(calls.map((call) => call.shop))) needs.onAppended?.(shop)
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
    /** Throws Refusal 'busy' as `accept` would: asked before a body is read, when the shop is known from a header. */
    check: pressure.check,
    /** How far the shop's line lies behind now; who brings much at once waits while it is pressed. */
    backlog: (shop: ShopId): Promise<Backlog> => readBacklog(db, shop),
    /** Resolves after the commit. Throws Refusal 'busy' when the line lies too far behind or the database is away. */
    accept: async (shop: ShopId, happenings: readonly Happening[]): Promise<Accepted> => {
      if (happenings.length === 0) return { accepted: 0, duplicates: 0, refused: [] }
      await pressure.check(shop)
      const rows = happenings.map(arriving)
      const bytes = rows.reduce((sum, { row }) => sum + row.ids.length + row.body.length, 0)
      if (heldBytes + bytes > (needs.waitingBytes ?? waitingBytesLimit))
        throw busy('Too much is waiting to be written.')
      return new Promise((settle, fail) => enqueue({ shop, rows, bytes, settle, fail }))
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
      const fresh = await appendRows(tx, shop, happenings.map(arriving))
      return fresh === 'all' ? happenings.length : fresh.length
    },
  }
}
export type Accept = ReturnType<typeof accept>

function arriving(happening: Happening): Arriving {
  return { key: dedupeKey(happening), row: toLogRow(happening) }
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

/** One shop's part of a commit. */
type Share = {
  readonly shop: ShopId
  readonly calls: readonly Call[]
  readonly rows: readonly Arriving[]
}

/** Commits calls together and answers each; never throws. */
async function commitCalls(db: Database, calls: readonly Call[]): Promise<void> {
  const shops = [...new Set(calls.map((call) => call.shop))].sort((a, b) => a - b)
  const shares = shops.map((shop): Share => {
    const own = shops.length === 1 ? calls : calls.filter((call) => call.shop === shop)
    return { shop, calls: own, rows: own.flatMap((call) => call.rows) }
  })
  try {
    for (const [share, outcomes] of await commitShares(db, shares)) settle(share, outcomes)
  } catch (error) {
    const refusal = asRefusal(error)
    for (const call of calls) call.fail(refusal)
  }
}

type Outcome = 'new' | 'duplicate' | { readonly refused: string }
/** One a row; 'all' when all of them were new. */
type Outcomes = readonly Outcome[] | 'all'
type Told = readonly [Share, Outcomes]

/** One commit for all shops; when the database refuses a row, one for each, halved until that row stands alone. */
async function commitShares(db: Database, shares: readonly Share[]): Promise<readonly Told[]> {
  if (shares.length > 1) {
    try {
      return await db.begin((tx) =>
        Promise.all(
          shares.map(
            async (share): Promise<Told> => [
              share,
              told(share.rows, await appendRows(tx, share.shop, share.rows)),
            ],
          ),
        ),
      )
    } catch (error) {
      if (!isAboutData(error)) throw error
    }
  }
  const each: Told[] = []
  for (const share of shares) each.push([share, await commitRows(db, share.shop, share.rows)])
  return each
}

async function commitRows(
  db: Database,
  shop: ShopId,
  rows: readonly Arriving[],
): Promise<Outcomes> {
  try {
    return told(rows, await appendRows(db, shop, rows))
  } catch (error) {
    if (!isAboutData(error)) throw error
    if (rows.length === 1) return [{ refused: 'The database does not take this value.' }]
    const middle = Math.ceil(rows.length / 2)
    const halves = [rows.slice(0, middle), rows.slice(middle)]
    const outcomes: Outcome[] = []
    for (const half of halves) {
      const outcome = await commitRows(db, shop, half)
      outcomes.push(...(outcome === 'all' ? half.map((): Outcome => 'new') : outcome))
    }
    return outcomes
  }
}

function told(rows: readonly Arriving[], fresh: readonly number[] | 'all'): Outcomes {
  if (fresh === 'all') return 'all'
  const isNew = new Set(fresh)
  return rows.map((_, index) => (isNew.has(index) ? 'new' : 'duplicate'))
}

function settle(share: Share, outcomes: Outcomes): void {
  let from = 0
  for (const call of share.calls) {
    const until = from + call.rows.length
    if (outcomes === 'all') call.settle({ accepted: call.rows.length, duplicates: 0, refused: [] })
    else call.settle(accounted(outcomes.slice(from, until)))
    from = until
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

function asRefusal(error: unknown): unknown {
  return isAway(error) ? busy('The database is away.') : error
}
