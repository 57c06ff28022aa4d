import { randomUUID } from 'node:crypto'
import { mkdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { minuteMs } from '../../lib/duration.ts'
import { Refusal } from '../../lib/refusal.ts'
import type { FeedProduct, LineFault } from './feed-product.ts'
import {
  batchProducts,
  dropMissing,
  type FeedTellNeeds,
  products,
  type ReadProducts,
  tellChanged,
} from './feed-tell.service.ts'
import {
  type DueFeed,
  type Ended,
  endRun,
  leaveFeed,
  noteRun,
  takeFeed,
} from './feed-work.store.ts'
import { fileHash } from './file-hash.driver.ts'
import { guardedGet } from './guarded-get.driver.ts'
import { idSet } from './id-set.ts'

/** A feed stays so long with a worker of which nothing more is heard. */
const leaseMs = 2 * minuteMs
export const feedBytesLimit = 1024 * 1024 * 1024
/** Products of one feed. */
const productsLimit = 2_000_000
const refusalsKept = 1_000
/** A feed with fewer than this share of what it had waits for somebody's word. */
const shortShare = 0.5
/** A feed this small may shrink as it likes. */
const smallFeed = 10

export type FeedWorkNeeds = FeedTellNeeds & {
  /** Where files lie while they are read. */
  readonly folder: string
  /** Lets addresses of this machine and its network be called; for tests. */
  readonly allowPrivate?: boolean
  /** Reads files elsewhere than here: in a thread of its own. */
  readonly read?: ReadProducts
}

export type Refused = {
  readonly line: number
  readonly id: string
  readonly fault: LineFault
}

/** Where a file that was brought by hand waits for its run. */
export function uploadPath(folder: string, feed: { readonly shop: number; readonly id: number }) {
  return join(folder, `${feed.shop}-${feed.id}.upload`)
}

/** Ends a run early: another worker has the feed, or this one is asked to stop. */
class LetGo extends Error {}

/**
 * Runs feeds whose time has come, one a turn, under a lease. A file is read twice: first to the end, so that a broken or short one
 * changes nothing; then what is new or changed since the last run is told. A run that was killed begins anew: what it had told is
 * known by then.
 */
export function feedWork(needs: FeedWorkNeeds) {
  const worker = randomUUID()
  let isStopping = false

  async function turn(): Promise<boolean> {
    if (isStopping) return false
    const now = needs.clock.now()
    const feed = await takeFeed(needs.db, { by: worker, now, until: now + leaseMs })
    if (!feed) return false
    const run = feedRun(needs, { feed, worker, isStopping: () => isStopping })
    try {
      await endRun(needs.db, feed, await run())
    } catch (error) {
      if (error instanceof LetGo) await leaveFeed(needs.db, feed)
      else if (error instanceof Refusal)
        await endRun(
          needs.db,
          feed,
          over(needs, feed, { problem: 'broken', detail: error.message }),
        )
      else throw error
    }
    return true
  }

  return {
    turn,
    /** The run under way ends soon and begins anew at the next start. */
    letGo: (): void => {
      isStopping = true
    },
  }
}

type Running = {
  readonly feed: DueFeed
  readonly worker: string
  readonly isStopping: () => boolean
}

function feedRun(needs: FeedWorkNeeds, running: Running) {
  const { db, clock, read: readProducts = products } = needs
  const { feed } = running
  const path = join(needs.folder, `${feed.shop}-${feed.id}.feed`)
  const seen = idSet()
  const refusals: Refused[] = []
  const count = { lines: 0, told: 0, refused: 0, gone: 0 }
  let renewAt = 0

  /** Keeps the lease while the work goes on. */
  async function keep(): Promise<void> {
    if (running.isStopping()) throw new LetGo()
    const now = clock.now()
    if (now < renewAt) return
    renewAt = now + leaseMs / 4
    const lease = { by: running.worker, now, until: now + leaseMs }
    if (!(await noteRun(db, feed, { ...lease, ...count }))) throw new LetGo()
  }

  /** Reads the file to its end: how many products are in it, and which lines are none. */
  async function look(): Promise<void> {
    for await (const { line, read } of readProducts(feed, path)) {
      if (line % batchProducts === 0) await keep()
      if ('fault' in read) refuse(line, read.fault, read.id)
      else if (!seen.add(read.id)) refuse(line, 'twice', read.id)
      else if (++count.lines > productsLimit)
        throw new Refusal('too-large', `It has more than ${productsLimit} products.`, 'file')
    }
    if (count.lines === 0) throw new Refusal('invalid', 'There is no product in it.', 'file')
  }

  function refuse(line: number, fault: LineFault, id: string): void {
    count.refused++
    // A product whose line is at fault is still there.
    if (id !== '') seen.add(id)
    if (refusals.length < refusalsKept) refusals.push({ line, id: id.slice(0, 200), fault })
  }

  async function apply(): Promise<void> {
    const told = idSet()
    let batch: FeedProduct[] = []
    for await (const { read } of readProducts(feed, path)) {
      if ('fault' in read || !told.add(read.id)) continue
      batch.push(read)
      if (batch.length < batchProducts) continue
      count.told += await tellChanged(needs, feed, batch)
      batch = []
      await keep()
    }
    if (batch.length > 0) count.told += await tellChanged(needs, feed, batch)
  }

  return async (): Promise<Ended> => {
    await mkdir(needs.folder, { recursive: true })
    try {
      const file = await fetchTo(needs, feed, path)
      if (file.kind === 'failed')
        return over(needs, feed, { problem: 'unreachable', detail: file.why })
      const isSame = file.kind === 'unchanged' || file.hash === feed.hash
      if (isSame) {
        // What was missing in this very file is missing once more.
        const gone = await dropMissing(needs, feed, { has: undefined, keep })
        const same = { hash: feed.hash, lines: feed.products, gone }
        return over(needs, feed, { state: 'unchanged', ...same })
      }
      await look()
      const known = { ...count, hash: file.hash, refusals: JSON.stringify(refusals) }
      const isShort = feed.products >= smallFeed && count.lines < feed.products * shortShare
      if (isShort && feed.confirmedHash !== file.hash)
        return over(needs, feed, { ...known, state: 'waiting', problem: 'short' })
      await apply()
      count.gone = await dropMissing(needs, feed, { has: seen.has, keep })
      return over(needs, feed, { ...known, ...count, state: 'done', taken: file })
    } finally {
      await rm(path, { force: true })
    }
  }
}

type FileOfFeed =
  | { readonly kind: 'unchanged' }
  | { readonly kind: 'failed'; readonly why: string }
  | {
      readonly kind: 'whole'
      readonly hash: string
      readonly etag: string | null
      readonly modified: string | null
    }

async function fetchTo(needs: FeedWorkNeeds, feed: DueFeed, path: string): Promise<FileOfFeed> {
  if (feed.url === null) {
    const uploaded = uploadPath(needs.folder, feed)
    const isThere = await stat(uploaded).then(
      () => true,
      () => false,
    )
    if (!isThere) return { kind: 'failed', why: 'The file was forgotten; bring it again.' }
    return { kind: 'whole', hash: await fileHash(uploaded, path), etag: null, modified: null }
  }
  const fetched = await guardedGet(
    {
      url: feed.url,
      to: path,
      etag: feed.etag,
      modified: feed.modified,
      limitBytes: feedBytesLimit,
    },
    { allowPrivate: needs.allowPrivate ?? false },
  )
  return fetched.kind === 'begun' ? { kind: 'failed', why: 'It is too large.' } : fetched
}

function over(needs: FeedWorkNeeds, feed: DueFeed, ended: Partial<Ended>): Ended {
  const at = needs.clock.now()
  const isPlanned = feed.isOn && feed.url !== null && feed.everyMinutes > 0
  return {
    state: 'failed',
    at,
    nextAt: isPlanned ? at + feed.everyMinutes * minuteMs : null,
    hash: null,
    lines: 0,
    told: 0,
    refused: 0,
    gone: 0,
    problem: null,
    detail: null,
    refusals: null,
    ...ended,
  }
}
