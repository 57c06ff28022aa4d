import type { DeliveryReport, ProviderName } from '../channels/carrier.ts'
import type { Consent } from '../consent/consent.service.ts'
import type { Coupons } from '../coupons/coupons.service.ts'
import type { Database, Tx } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import { dayMs, minuteMs } from '../lib/duration.ts'
import type { Lane } from './claim.store.ts'
import { effectOf, type ReportEffect } from './follow-up.ts'
import { closedBy, closedTogether, failureReasons, retryWaitMs } from './handover.ts'
import { settleDecisions } from './outbox.store.ts'
import { seedOf } from './outbox.ts'
import type { DecisionReason } from './reasons.ts'
import { type RefusedThere, takeBack } from './record.service.ts'
import {
  dropReports,
  type FoundReport,
  findReports,
  keepReports,
  markApplied,
  shopsWithFound,
  writeEffects,
} from './reports.store.ts'

export type ReportsNeeds = {
  readonly db: Database
  readonly clock: Clock
  readonly consent: Pick<Consent, 'suppress'>
  readonly coupons: Pick<Coupons, 'release'>
  /** Lets the ledger of consents know who refused at the provider; the address is closed already. */
  readonly onRefused?:
    | ((shop: ShopId, people: readonly RefusedThere[]) => Promise<void>)
    | undefined
  /** Lets the sender know that the account of a channel has no money left. */
  readonly onNoBalance?: ((lane: Lane) => void) | undefined
}

/** Reports taken from one call of a hook; more are applied by the next turn of the follow-up. */
const batchLimit = 1_000
/** A report may come before the answer to the hand-over is written; afterwards nobody waits for its message. */
const waitsMs = 15 * minuteMs
const keptMs = 7 * dayMs

/**
 * Keeps what a provider told and applies it: twice is once, late and out of order is as good as in order. Safe before the
 * message's id is known here: it is applied when it is.
 */
export async function applyReports(
  needs: ReportsNeeds,
  shop: ShopId,
  told: { readonly provider: ProviderName; readonly reports: readonly DeliveryReport[] },
): Promise<void> {
  if (told.reports.length === 0) return
  const now = needs.clock.now()
  const found = await needs.db.begin(async (tx) => {
    await keepReports(tx, shop, { ...told, now })
    return await applyFound(needs, tx, { shop, now })
  })
  await tellOthers(needs, shop, found)
}

/** Applies kept reports whose messages have become known. */
export async function applyWaiting(needs: ReportsNeeds): Promise<void> {
  const now = needs.clock.now()
  for (const shop of await shopsWithFound(needs.db, now - waitsMs)) {
    const found = await needs.db.begin((tx) => applyFound(needs, tx, { shop, now }))
    await tellOthers(needs, shop, found)
  }
}

async function tellOthers(
  { onRefused, onNoBalance }: ReportsNeeds,
  shop: ShopId,
  found: readonly FoundReport[],
): Promise<void> {
  const unpaid = found.filter(({ cause }) => cause === 'no_balance')
  for (const channel of new Set(unpaid.map((one) => one.channel))) onNoBalance?.({ shop, channel })
  const refused = found
    .filter(({ cause }) => cause === 'opted_out')
    .map(({ id, customer, channel, hash }) => ({ message: id, customer, channel, hash }))
  if (refused.length > 0) await onRefused?.(shop, refused)
}

/** Forgets old reports; hourly. */
export async function forgetReports(needs: Pick<ReportsNeeds, 'db' | 'clock'>): Promise<void> {
  await dropReports(needs.db, needs.clock.now() - keptMs)
}

type Effect = {
  readonly report: FoundReport
  readonly effect: Exclude<ReportEffect, 'nothing'>
  readonly reason: DecisionReason
}

async function applyFound(
  needs: Pick<ReportsNeeds, 'consent' | 'coupons'>,
  tx: Tx,
  { shop, now }: { readonly shop: ShopId; readonly now: number },
): Promise<readonly FoundReport[]> {
  const reports = await findReports(tx, shop, { since: now - waitsMs, limit: batchLimit })
  if (reports.length === 0) return []
  const effects = effectsOf(reports)
  await writeEffects(
    tx,
    shop,
    effects.map(({ report, effect, reason }) => ({
      id: report.id,
      effect,
      reason,
      cause: effect === 'again' ? null : report.cause || null,
      detail: report.detail || null,
      at: report.at,
      until: effect === 'again' ? now + waitOf(report, shop) : null,
    })),
  )
  await settleDecisions(
    tx,
    shop,
    effects.map(({ report, effect, reason }) => ({ ...report, outcome: outcomes[effect], reason })),
  )
  const messages = effects.flatMap(({ report, effect }) => (effect === 'failed' ? report.id : []))
  await needs.coupons.release(tx, shop, { messages, now })
  await takeBack(
    tx,
    shop,
    effects.flatMap(({ report, effect }) => (effect === 'again' ? [report] : [])),
  )
  await close(needs, tx, { shop, now, reports })
  await markApplied(tx, shop, { reports, now })
  return reports
}

const outcomes = {
  delivered: 'sent',
  complained: 'sent',
  failed: 'failed',
  again: 'queued',
} as const

/** Longer and longer, as there may be no money for a while; after a day the message is too late (decide.ts). */
function waitOf({ id, attempt }: FoundReport, shop: ShopId): number {
  return retryWaitMs({ number: attempt, seed: seedOf(shop, id) })
}

/** One effect a message: several reports about it are taken in order, the last that changes something stands. */
function effectsOf(reports: readonly FoundReport[]): readonly Effect[] {
  const effects = new Map<number, Effect>()
  const states = new Map<number, Pick<FoundReport, 'state' | 'deliveredAt'>>()
  for (const report of reports) {
    const known = states.get(report.id) ?? report
    const effect = effectOf(known, report)
    if (effect === 'nothing') continue
    const arrived = effect === 'delivered' || effect === 'complained'
    states.set(report.id, {
      state: outcomes[effect],
      deliveredAt: arrived ? (known.deliveredAt ?? report.at) : known.deliveredAt,
    })
    effects.set(report.id, { report, effect, reason: reasonOf(effect, report) })
  }
  return [...effects.values()]
}

function reasonOf(effect: Effect['effect'], { cause }: FoundReport): DecisionReason {
  switch (effect) {
    case 'delivered':
      return 'delivered'
    case 'complained':
      return 'complained'
    case 'again':
      return 'no_balance'
    case 'failed':
      return cause === '' || cause === 'no_balance' ? 'provider_refused' : failureReasons[cause]
  }
}

/** Closes addresses that are gone or said no, whatever became of the message itself. */
async function close(
  { consent }: Pick<ReportsNeeds, 'consent'>,
  tx: Tx,
  told: { readonly shop: ShopId; readonly now: number; readonly reports: readonly FoundReport[] },
): Promise<void> {
  const closing = told.reports.flatMap(({ cause, channel, hash }) => {
    const reason = cause === '' ? undefined : closedBy(cause)
    return reason && hash && channel !== 'webhook' ? [{ reason, channel, hash }] : []
  })
  for (const group of Map.groupBy(closing, (one) => `${one.channel}:${one.reason}`).values()) {
    const [first] = group
    if (!first) continue
    const { channel, reason } = first
    const hashes = group.map((one) => one.hash)
    for (const one of closedTogether(channel, reason))
      await consent.suppress(tx, told.shop, { channel: one, hashes, reason, at: told.now })
  }
}
