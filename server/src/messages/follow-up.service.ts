import type { LookedUp } from '../channels/carrier.ts'
import type { Channels } from '../channels/channels.service.ts'
import { loop } from '../jobs/loop.service.ts'
import type { Shop } from '../shops/shop.ts'
import type { Shops } from '../shops/shops.service.ts'
import { nextLookUp, nextReport } from './follow-up.ts'
import { settleDecisions } from './outbox.store.ts'
import { keyOf } from './parcel.ts'
import { unitPrice } from './price.ts'
import { recordAll } from './record.service.ts'
import {
  type AskRow,
  askGroup,
  askLater,
  giveUpLeases,
  type HandedOver,
  readAsks,
} from './record.store.ts'
import { applyReports, applyWaiting, type ReportsNeeds } from './reports.service.ts'

const batchLimit = 500
/** Messages asked about in one turn, over all shops. */
const asksLimit = 5_000
const idleMs = 2_000

type Needs = ReportsNeeds & {
  readonly shops: Pick<Shops, 'shop'>
  readonly channels: Pick<Channels, 'lookUp' | 'reports'>
  readonly onError?: (error: unknown) => void
}

/**
 * Asks providers what became of messages: of hand-overs whose end nobody saw, and of accepted ones that no report came for. Each
 * provider of a shop is asked apart, so that one that hangs keeps no other waiting, and no sender.
 */
export function followUps(needs: Needs) {
  const { db, clock } = needs
  const underWay = new Map<string, Promise<void>>()

  async function turn(): Promise<boolean> {
    await giveUp(needs)
    await applyWaiting(needs)
    const asks = await readAsks(db, {
      now: clock.now(),
      perShop: batchLimit,
      limit: asksLimit,
      underWay: [...underWay.keys()],
    })
    for (const [name, rows] of Map.groupBy(asks, askGroup)) {
      // It began between: its rows come again.
      if (underWay.has(name)) continue
      const asking = ask(needs, rows)
        .catch((error: unknown) => needs.onError?.(error))
        .finally(() => underWay.delete(name))
      underWay.set(name, asking)
    }
    return false
  }

  const finish = async () => {
    await Promise.all(underWay.values())
  }
  const work = loop({ turn, idleMs, ...(needs.onError ? { onError: needs.onError } : {}) })
  return {
    start: work.start,
    stop: async (): Promise<void> => {
      await work.stop()
      await finish()
    },
    /** Asks for everything that is due, once, and waits for the answers. */
    drain: async (): Promise<void> => {
      await turn()
      await finish()
    },
  }
}

/** Messages whose sender died are unclear; the provider is asked about them next. */
async function giveUp(needs: Needs): Promise<void> {
  const now = needs.clock.now()
  await needs.db.begin(async (tx) => {
    const lost = await giveUpLeases(tx, now, batchLimit)
    for (const [shop, rows] of Map.groupBy(lost, (row) => row.shop)) {
      const told = { outcome: 'unconfirmed', reason: 'unconfirmed' }
      await settleDecisions(
        tx,
        shop,
        rows.map((row) => ({ ...row, ...told })),
      )
    }
  })
}

async function ask(needs: Needs, rows: readonly AskRow[]): Promise<void> {
  const [first] = rows
  if (!first) return
  const shop = await needs.shops.shop(first.shop)
  await (first.state === 'unconfirmed' ? lookUp(needs, shop, rows) : askReports(needs, shop, rows))
}

async function lookUp(needs: Needs, shop: Shop, rows: readonly AskRow[]): Promise<void> {
  const found = await Promise.all(
    rows.map(async (row) => {
      const lost = {
        shop: shop.id,
        message: row.id,
        key: keyOf(shop.id, row.id, row.attempt),
        at: row.handedAt,
      }
      const { channel, provider } = row
      return { row, is: await needs.channels.lookUp(shop, { channel, provider, lost }) }
    }),
  )
  const now = needs.clock.now()
  const later = found.flatMap(({ row, is }) => {
    if (is.kind !== 'unknown' && is.kind !== 'never') return []
    return [
      { ...row, askAt: is.kind === 'never' ? null : nextLookUp(row.handedAt, now), reason: null },
    ]
  })
  const settled = found.flatMap(({ row, is }) =>
    is.kind === 'taken' || is.kind === 'not_taken' ? [settledRow(row, is, { shop, now })] : [],
  )
  await needs.db.begin(async (tx) => {
    await askLater(tx, shop.id, later)
    await recordAll(tx, { shop, now, coupons: needs.coupons }, settled)
  })
}

function settledRow(
  row: AskRow,
  is: Exclude<LookedUp, { kind: 'unknown' }>,
  { shop, now }: { readonly shop: Shop; readonly now: number },
): HandedOver {
  const isTaken = is.kind === 'taken'
  const isInbox = row.provider === 'inbox'
  const providerId = isTaken ? is.providerId : null
  return {
    id: row.id,
    attemptId: row.attemptId,
    state: isTaken ? 'sent' : 'queued',
    reason: isTaken ? 'sent' : 'queued',
    providerId,
    detail: null,
    at: isTaken ? row.handedAt : now,
    // The test inbox is where it arrives. Others are asked for a report as soon as the id is known; without one none finds it.
    delivered: isTaken && isInbox,
    askAt: providerId === null || isInbox ? null : nextReport(row.handedAt, now),
    answer: null,
    cause: null,
    form: isTaken ? row.form : null,
    cost: isTaken && row.form ? unitPrice(shop.settings, row.form) : null,
  }
}

async function askReports(needs: Needs, shop: Shop, rows: readonly AskRow[]): Promise<void> {
  const [first] = rows
  if (!first) return
  const { channel, provider } = first
  const ids = rows.flatMap((row) => row.providerId ?? [])
  const reports = await needs.channels
    .reports(shop, { channel, provider, ids })
    // A provider that cannot say today is asked again at the next time.
    .catch((error: unknown) => {
      needs.onError?.(error)
      return []
    })
  if (provider) await applyReports(needs, shop.id, { provider, reports })
  const now = needs.clock.now()
  const decided = new Set(reports.map((report) => report.providerId))
  const later = rows
    .filter((row) => !decided.has(row.providerId ?? ''))
    .map((row) => {
      const askAt = nextReport(row.handedAt, now)
      return { ...row, askAt, reason: askAt === null ? 'delivery_unknown' : null }
    })
  await needs.db.begin((tx) => askLater(tx, shop.id, later))
}
