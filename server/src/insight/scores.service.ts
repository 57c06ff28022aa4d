import type { Database } from '../database/connection.store.ts'
import type { Accept } from '../events/accept.service.ts'
import type { Happening } from '../events/happening.ts'
import type { ShopId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import { dayMs, hourMs, minuteMs } from '../lib/duration.ts'
import type { Json } from '../lib/json.ts'
import { startOfLocalDay } from '../lib/zone.ts'
import type { Shops } from '../shops/shops.service.ts'
import type { Warehouse } from '../warehouse/connection.store.ts'
import { type ChangedScore, changedScores } from './rfm.store.ts'
import { beginNight, claimNight, moveNight, type Night, releaseNight } from './scores.store.ts'

/** People asked of history at once, and told to the log in one transaction. */
const limits = { asked: 20_000, told: 500 } as const
/** At this time of the shop's night, and the shops of an hour one after another. */
const nightMs = 3 * hourMs
const spreadMinutes = 60
/** Longer than one question may take; each write renews it. */
const leaseMs = 5 * minuteMs
/** History that is not there yet is waited for; a shop without buyers is looked at again. */
const historyRestMs = minuteMs
const emptyRestMs = hourMs
/** The scores wait while more than so much waits for the line. */
const pressedRows = 2_000
const pressedRestMs = 50

type Needs = {
  readonly db: Database
  readonly warehouse: Warehouse
  readonly clock: Clock
  readonly shops: Pick<Shops, 'shop'>
  readonly accept: Pick<Accept, 'appendInTransaction' | 'backlog'>
  /** Where the shop's log ends. */
  readonly head: (shop: ShopId) => Promise<number>
  /** Log position that history is complete to. */
  readonly completeTo: (shop: ShopId) => Promise<number>
  readonly rest: (ms: number) => Promise<void>
  /** Tests make them small. */
  readonly limits?: typeof limits | { readonly asked: number; readonly told: number }
}

/**
 * Once a night a shop: where each buyer stands by RFM and by what they spent, as facts of the person (`rfm.cell`,
 * `value.percentile` and since when), so that segments can ask for them. As of the shop's midnight. Only who changed is
 * told to the log, in order of id; the cursor moves in the transaction that tells it, so whoever dies in the middle is
 * followed by one who goes on there, and nobody is told twice.
 */
export function nightlyScores(needs: Needs) {
  const { db, clock } = needs
  const most = needs.limits ?? limits
  let stopping = false

  async function tell(one: Night, changed: readonly ChangedScore[]): Promise<boolean> {
    for (let from = 0; from < changed.length; from += most.told) {
      while ((await needs.accept.backlog(one.shop)).rows > pressedRows && !stopping)
        await needs.rest(pressedRestMs)
      if (stopping) return false
      const part = changed.slice(from, from + most.told)
      const held = await db.begin(async (tx) => {
        const now = clock.now()
        const isMine = await moveNight(tx, {
          ...one,
          after: Number(part.at(-1)?.customer ?? one.after),
          written: part.length,
          leaseUntil: now + leaseMs,
        })
        const told = part.map((score) => writing(score, { night: one.night, now }))
        if (isMine) await needs.accept.appendInTransaction(tx, one.shop, told)
        return isMine
      })
      if (!held) return false
    }
    return true
  }

  /** One slice of a night; when the shop is to be looked at next (UTC ms). */
  async function slice(one: Night): Promise<number> {
    const { timeZone, currency } = await needs.shops.shop(one.shop)
    const now = clock.now()
    const midnight = startOfLocalDay(now, timeZone)
    const tomorrow =
      startOfLocalDay(midnight + 1.5 * dayMs, timeZone) +
      nightMs +
      (one.shop % spreadMinutes) * minuteMs
    // A night that told nothing is looked at again: a shop that has just imported its orders need not wait for the next one.
    const isBegun = one.night === midnight && (one.after !== null || one.written > 0)
    if (isBegun && one.after === null) return tomorrow
    const position = isBegun ? one.position : await needs.head(one.shop)
    const night = isBegun ? one : { ...one, night: midnight, position, after: 0, written: 0 }
    if (!isBegun) await beginNight(db, night)
    if ((await needs.completeTo(one.shop)) < night.position) return now + historyRestMs
    const changed = await changedScores(needs.warehouse, one.shop, {
      asOf: night.night,
      before: night.night,
      currency,
      after: night.after ?? 0,
      limit: most.asked,
    })
    if (!(await tell(night, changed))) return now
    if (changed.length === most.asked) return now
    const end = { ...night, after: null, written: 0, leaseUntil: now }
    await moveNight(db, end)
    return night.written + changed.length > 0 ? tomorrow : Math.min(now + emptyRestMs, tomorrow)
  }

  return {
    /** A slice of the night of one shop that is due; whether there was one. */
    turn: async (): Promise<boolean> => {
      const now = clock.now()
      const claimed = await claimNight(db, { now, until: now + leaseMs })
      if (!claimed) return false
      let dueAt = now + historyRestMs
      try {
        dueAt = await slice(claimed)
      } finally {
        await releaseNight(db, { ...claimed, dueAt })
      }
      return dueAt <= now
    },
    /** Ends the slice under way at its next transaction. */
    letGo: (): void => {
      stopping = true
    },
  }
}

/** What is told of one person: only what changed, with the night since which it is so; nothing of who is no buyer any more. */
function writing(
  { customer, cell, percentile, was, wasPercentile }: ChangedScore,
  { night, now }: { readonly night: number; readonly now: number },
): Happening {
  const at = new Date(night).toISOString()
  const isBuyer = cell !== ''
  const facts: Record<string, Json> = {
    ...(cell === was ? {} : { 'rfm.cell': isBuyer ? cell : null, 'rfm.at': isBuyer ? at : null }),
    ...(percentile === wasPercentile && isBuyer
      ? {}
      : { 'value.percentile': isBuyer ? percentile : null, 'value.at': isBuyer ? at : null }),
  }
  return {
    kind: 'edit',
    name: 'Facts Written',
    at: now,
    receivedAt: now,
    messageId: `scores:${night}:${customer}`,
    ids: { customer: Number(customer), verified: true },
    body: { properties: { facts } },
  }
}
