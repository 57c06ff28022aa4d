import { createHash } from 'node:crypto'
import type { z } from 'zod'
import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import { dayMs, minuteMs } from '../lib/duration.ts'
import type { Kept } from './kept-result.ts'
import { deleteKept, readKept, readKnown, writeKept } from './kept-results.store.ts'

/** A result younger than this is shown as it is. */
const freshMs = 10 * minuteMs
const keptDays = 7
/** How long an asker waits for a first result before being told that it is being worked out. */
const patienceMs = 1_500
/** A refresh that failed is not tried again sooner, however often a page asks. */
const restMs = minuteMs
/** Results worked out at once in this process; the others wait, so that reports never take the databases from the line. */
const atOnce = 2

/** What is asked of a report, and how it is worked out. */
export type KeptWork<Result extends z.ZodType> = {
  readonly report: string
  /** Everything the result depends on beside the data; plain JSON, keys in a fixed order. No "now" in it. */
  readonly question: unknown
  /** A kept result of an older shape is none. */
  readonly schema: Result
  /** Works it out as of `now`, UTC ms. */
  readonly work: (now: number, signal: AbortSignal) => Promise<z.infer<Result>>
  readonly freshMs?: number
  /** Work it out anew although a fresh one is at hand. */
  readonly isFresh?: boolean
  /** For an asker who cannot come again: how long a newer one is waited for where the kept one is old, and a first one where there is none. */
  readonly waitMs?: number
}

type Failed = { readonly at: number; readonly error: unknown }
type Job = { readonly since: number; readonly done: Promise<void> }

/**
 * Results of reports that read much. An asker gets the newest one at once, with its time; one that has grown old, or that was
 * made when much less had happened, is worked out anew behind it. The first asker waits a moment, then is told that the work goes on: the page asks again. The same
 * question is worked out once, however many ask. A first result that fails is told to those who wait or to the next who
 * asks, and asking again tries again; a refresh that fails leaves the old result with its time. Results are kept for a week,
 * so they hold no personal data.
 */
export function keptResults(needs: {
  readonly db: Database
  readonly clock: Clock
  readonly onError?: (error: unknown) => void
  readonly patienceMs?: number
}) {
  const { db, clock } = needs
  const stopping = new AbortController()
  const jobs = new Map<string, Job>()
  const failures = new Map<string, Failed>()
  const line: (() => void)[] = []
  let running = 0

  const inTurn = async (work: () => Promise<void>): Promise<void> => {
    if (running >= atOnce) await new Promise<void>((resolve) => line.push(resolve))
    else running++
    try {
      await work()
    } finally {
      const next = line.shift()
      if (next) next()
      else running--
    }
  }

  const begin = <Result extends z.ZodType>(shop: ShopId, key: string, asked: KeptWork<Result>) => {
    const known = jobs.get(key)
    if (known) return known
    const since = clock.now()
    const done = inTurn(async () => {
      const position = await readKnown(db, shop)
      const [now, began] = [clock.now(), performance.now()]
      const result = await asked.work(now, stopping.signal)
      const tookMs = Math.round(performance.now() - began)
      await writeKept(db, shop, {
        ...keyOf(asked),
        madeAt: now,
        tookMs,
        result: JSON.stringify(result),
        position,
      })
    })
      .catch((error: unknown) => {
        failures.set(key, { at: clock.now(), error })
        needs.onError?.(error)
      })
      .finally(() => jobs.delete(key))
    const job = { since, done }
    jobs.set(key, job)
    return job
  }

  return {
    answer: async <Result extends z.ZodType>(
      shop: ShopId,
      asked: KeptWork<Result>,
    ): Promise<Kept<z.infer<Result>>> => {
      const { report, asked: digest } = keyOf(asked)
      const key = `${shop}/${report}/${digest}`
      const found = await read(db, shop, asked)
      const kept = found?.told
      const isOld =
        !kept || found.outgrown || clock.now() - kept.madeAt > (asked.freshMs ?? freshMs)
      if (kept && !isOld && !asked.isFresh) {
        return { state: 'ready', ...kept, isRefreshing: jobs.has(key) }
      }
      if (kept) {
        const failed = failures.get(key)
        if (failed && clock.now() - failed.at < restMs) {
          return { state: 'ready', ...kept, isRefreshing: false }
        }
        failures.delete(key)
        const job = begin(shop, key, asked)
        if (asked.waitMs === undefined) return { state: 'ready', ...kept, isRefreshing: true }
        await first(job.done, asked.waitMs)
        const newest = (await read(db, shop, asked))?.told ?? kept
        return { state: 'ready', ...newest, isRefreshing: jobs.has(key) }
      }
      throwOnce(failures, key)
      const job = begin(shop, key, asked)
      await first(job.done, asked.waitMs ?? needs.patienceMs ?? patienceMs)
      throwOnce(failures, key)
      const made = await read(db, shop, asked)
      if (made) return { state: 'ready', ...made.told, isRefreshing: false }
      return { state: 'working', since: job.since }
    },
    /** Forgets results nobody asked anew for a week. */
    prune: () => deleteKept(db, clock.now() - keptDays * dayMs),
    /** Stops what is being worked out, and waits until it has stopped. */
    stop: async (): Promise<void> => {
      stopping.abort()
      await Promise.all([...jobs.values()].map((job) => job.done))
    },
  }
}
export type KeptResults = ReturnType<typeof keptResults>

/** What is kept of it, and whether much more has happened since; undefined where there is none of its shape. */
async function read<Result extends z.ZodType>(
  db: Database,
  shop: ShopId,
  asked: KeptWork<Result>,
): Promise<
  | {
      readonly told: { readonly madeAt: number; readonly result: z.infer<Result> }
      readonly outgrown: boolean
    }
  | undefined
> {
  const row = await readKept(db, shop, keyOf(asked))
  const result = row && asked.schema.safeParse(JSON.parse(row.result))
  if (!row || !result?.success) return undefined
  return { told: { madeAt: row.madeAt, result: result.data }, outgrown: row.outgrown }
}

function keyOf(asked: KeptWork<z.ZodType>) {
  const text = JSON.stringify(asked.question)
  return { report: asked.report, asked: createHash('sha256').update(text).digest('base64url') }
}

function throwOnce(failures: Map<string, Failed>, key: string): void {
  const failed = failures.get(key)
  failures.delete(key)
  if (failed) throw failed.error
}

/** Waits for the work, at most so long. */
async function first(done: Promise<void>, ms: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const timer = setTimeout(resolve, ms)
  await Promise.race([done, promise])
  clearTimeout(timer)
}
