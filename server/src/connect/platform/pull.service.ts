import { randomUUID } from 'node:crypto'
import type { Tx } from '../../database/connection.store.ts'
import type { Accept } from '../../events/accept.service.ts'
import { dayMs, minuteMs, secondMs } from '../../lib/duration.ts'
import { Refusal } from '../../lib/refusal.ts'
import { type Absorb, NotConnected } from './absorb.service.ts'
import { wordsOfGone } from './apart.service.ts'
import { PlatformTrouble } from './call.driver.ts'
import type { PlatformSession } from './call.ts'
import type { ConnectionRow } from './connections.store.ts'
import { oneByOne } from './one-by-one.provider.ts'
import type { Page, Platform, ResourcePlan } from './platform.ts'
import { type Of, touchRecords, unseenSince } from './platform-records.store.ts'
import {
  leaveProgress,
  noteProgress,
  type ProgressRow,
  type RunKind,
  takeProgress,
} from './progress.store.ts'
import type { Sessions } from './sessions.service.ts'

/** A resource stays so long with a worker of which nothing more is heard. */
const leaseMs = 3 * minuteMs
/** How far back a first look goes. */
const historyMs = 365 * dayMs
const refusalsKept = 100
/** Objects that a look at everything did not find, asked for one by one after it. */
const missingAtOnce = 100
/** A platform that is away is asked again, ever later. */
const longestRestMs = 15 * minuteMs
/** The line takes live events first: bringing waits while it is pressed. */
const busyRestMs = 5 * secondMs

type PullNeeds = Parameters<typeof takeProgressOf>[0] & {
  readonly absorb: Absorb
  readonly sessions: Sessions
  readonly accept: Pick<Accept, 'check'>
  readonly platforms: (kind: string) => Platform | undefined
}

/**
 * Brings what shops have, page by page: twelve months first, then what changed since the last look (reaching back a little: platforms
 * are late), and now and then everything, for what no look at changes shows. A page and the place after it are written together, so a
 * worker that was killed goes on where it stopped.
 */
export function pulling(needs: PullNeeds) {
  const worker = randomUUID()
  let isStopping = false

  async function turn(): Promise<boolean> {
    if (isStopping) return false
    const taken = await takeProgressOf(needs, worker)
    if (!taken) return false
    const opened = await needs.sessions.open(taken.shop, taken.connection)
    const platform = opened && needs.platforms(opened.connection.kind)
    const plan = platform?.plans.find(({ resource }) => resource === taken.resource)
    if (!opened || !platform || !plan) {
      await leaveProgress(needs.db, taken, worker)
      return false
    }
    const work = pull(needs, { ...opened, platform, plan, worker, isStopping: () => isStopping })
    await work(begun(taken, plan, needs.clock.now()))
    return true
  }

  return {
    turn,
    /** The look under way ends after its page, and goes on at the next start. */
    letGo: (): void => {
      isStopping = true
    },
  }
}

type Pulling = {
  readonly connection: ConnectionRow
  readonly session: PlatformSession
  readonly platform: Platform
  readonly plan: ResourcePlan
  readonly worker: string
  readonly isStopping: () => boolean
}

function takeProgressOf(
  {
    db,
    clock,
  }: {
    readonly db: Parameters<typeof takeProgress>[0]
    readonly clock: { readonly now: () => number }
  },
  by: string,
) {
  const now = clock.now()
  return takeProgress(db, { by, now, until: now + leaseMs })
}

function pull(needs: PullNeeds, own: Pulling) {
  const { db, clock } = needs
  const of: Of = {
    shop: own.connection.shop,
    connection: own.connection.id,
    resource: own.plan.resource,
  }

  const save = (
    progress: ProgressRow,
    leasedUntil: number | null,
    tx: typeof db | undefined = db,
  ) => noteProgress(tx, progress, { ...progress, by: own.worker, leasedUntil })

  async function one(progress: ProgressRow): Promise<ProgressRow> {
    const asOf = clock.now()
    const page = await own.platform.page(own.session, askedOf(progress))
    const after = advanced(progress, page)
    await needs.absorb({
      ...of,
      rows: page.rows,
      asOf,
      isHistory: progress.state !== 'following',
      also: async (tx) => {
        const isOurs = await noteProgress(tx, after, {
          ...after,
          by: own.worker,
          leasedUntil: clock.now() + leaseMs,
        })
        if (!isOurs) throw new NotConnected()
      },
    })
    return after
  }

  /** What a look at everything did not find is asked for by id: only the platform's own "none" makes it gone. */
  async function missing(progress: ProgressRow): Promise<void> {
    const before = progress.runBegunAt ?? 0
    const { resource } = of
    if (resource === 'coupons') return
    for (;;) {
      if (own.isStopping()) return
      const ids = await unseenSince(db, of, { before, limit: missingAtOnce })
      if (ids.length === 0) return
      const asOf = clock.now()
      const { rows, gone, refused } = await oneByOne(own, resource, ids)
      const words = await wordsOfGone(db, own, { resource, gone })
      // What the platform will not show stays as it is known, until the next look at everything.
      const stays = [...refused.keys()]
      const also = (tx: Tx) => touchRecords(tx, of, { ids: stays, at: asOf })
      await needs.absorb({ ...of, rows, gone, words, asOf, isHistory: false, also })
      if (!(await save(progress, clock.now() + leaseMs))) throw new NotConnected()
    }
  }

  return async (from: ProgressRow): Promise<void> => {
    let progress = from
    try {
      for (;;) {
        if (own.isStopping()) return await leaveProgress(db, progress, own.worker)
        await needs.accept.check(of.shop)
        progress = await one(progress)
        if (progress.cursor === null) break
      }
      if (progress.runKind === 'sweep') await missing(progress)
      await save(ended(progress, own.plan, clock.now()), null)
      await needs.sessions.went(own.connection)
    } catch (error) {
      await stumble(progress, error)
    }
  }

  async function stumble(progress: ProgressRow, error: unknown): Promise<void> {
    const now = clock.now()
    if (error instanceof NotConnected) return await leaveProgress(db, progress, own.worker)
    if (error instanceof Refusal && error.code === 'busy') {
      await save({ ...progress, nextAt: now + busyRestMs }, null)
      return
    }
    const trouble = error instanceof PlatformTrouble ? error : undefined
    const rest = Math.min(longestRestMs, minuteMs * 2 ** Math.min(progress.tries, 10))
    const failed = {
      ...progress,
      tries: progress.tries + 1,
      nextAt: now + rest,
      error: trouble?.kind ?? 'broken',
      detail: error instanceof Error ? error.message.slice(0, 500) : null,
    }
    await save(failed, null)
    if (!trouble) throw error
    await needs.sessions.stumbled(own.connection, trouble)
  }
}

/** The look under way, or the next one. */
function begun(progress: ProgressRow, plan: ResourcePlan, now: number): ProgressRow {
  if (progress.runBegunAt !== null) return progress
  const kind = kindOf(progress, plan, now)
  const from =
    kind === 'sweep' ? null : (progress.watermark ?? now - historyMs) - overlapOf(kind, plan)
  return {
    ...progress,
    state: progress.broughtAt === null ? 'backfill' : 'following',
    ...{ runKind: kind, runFrom: from, runTo: now, runBegunAt: now },
    ...{ cursor: null, done: 0, total: null, refused: 0, refusals: null },
  }
}

function kindOf(progress: ProgressRow, plan: ResourcePlan, now: number): RunKind {
  if (progress.broughtAt === null) return 'backfill'
  const { sweepEveryMs } = plan
  const isDue = sweepEveryMs !== null && now - (progress.sweptAt ?? 0) >= sweepEveryMs
  return isDue ? 'sweep' : 'look'
}

const overlapOf = (kind: RunKind, plan: ResourcePlan): number =>
  kind === 'look' ? plan.overlapMs : 0

/** Orders and coupons are brought of twelve months; people and products whole, however old. */
function askedOf(progress: ProgressRow) {
  const { resource, runKind, runFrom, runTo, cursor } = progress
  const isWhole =
    runFrom === null ||
    runTo === null ||
    (runKind === 'backfill' && (resource === 'members' || resource === 'products'))
  return { resource, cursor, window: isWhole ? null : { from: runFrom, to: runTo } }
}

function advanced(progress: ProgressRow, page: Page): ProgressRow {
  const refused = page.refused ?? []
  const before = JSON.parse(progress.refusals ?? '[]') as readonly unknown[]
  return {
    ...progress,
    cursor: page.next,
    done: progress.done + page.rows.length,
    total: page.total ?? progress.total,
    refused: progress.refused + refused.length,
    refusals: JSON.stringify([...before, ...refused].slice(0, refusalsKept)),
    ...{ tries: 0, error: null, detail: null },
  }
}

function ended(progress: ProgressRow, plan: ResourcePlan, now: number): ProgressRow {
  const begunAt = progress.runBegunAt ?? now
  const isWhole = progress.runKind === 'sweep' || progress.runKind === 'backfill'
  return {
    ...progress,
    state: 'following',
    // A look ends with what was there when it began.
    watermark: progress.runTo ?? begunAt,
    sweptAt: isWhole ? begunAt : progress.sweptAt,
    broughtAt: progress.broughtAt ?? now,
    ...{ runBegunAt: null, cursor: null },
    nextAt: now + plan.everyMs,
  }
}
