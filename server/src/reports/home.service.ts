import type { Database } from '../database/connection.store.ts'
import type { Kept } from '../jobs/kept-result.ts'
import type { ShopId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import { dayStarts } from '../lib/days.ts'
import type { CausedRevenue } from '../proof/caused.ts'
import type { Effects } from '../proof/effects.service.ts'
import type { Shops } from '../shops/shops.service.ts'
import { readNames, readOrders, readSent } from './home.store.ts'

/** A number of the period, of the one before until the same time of its last day, and day by day beside the same day of it. */
export type Metric = {
  readonly now: number
  readonly before: number
  readonly series: readonly {
    readonly at: number
    readonly value: number
    readonly before: number
  }[]
}

/** Orders, revenue, messages and caused revenue of the last days. */
export function homeReports(needs: {
  readonly db: Database
  readonly clock: Clock
  readonly shops: Pick<Shops, 'shop'>
  readonly effects: Pick<Effects, 'caused'>
}) {
  const { db } = needs
  return {
    home: async (shop: ShopId, days: number) => {
      const { timeZone, currency } = await needs.shops.shop(shop)
      const to = needs.clock.now()
      // Twice the days: the period and the one before it, so that each day has its like.
      const bounds = dayStarts(to, 2 * days, timeZone)
      const asked = { currency, bounds: withSameTime(bounds, days, to + 1), to: to + 1 }
      const [orders, sent, caused] = await Promise.all([
        readOrders(db, shop, asked),
        readSent(db, shop, asked),
        needs.effects.caused(shop, days),
      ])
      const metric = (of: (bucket: number) => number) => metricOf(bounds, days, of)
      const ordersIn = new Map(orders.map((one) => [one.bucket, one]))
      const sentIn = new Map(sent.map((one) => [one.bucket, one.sent]))
      return {
        from: bounds[days] ?? to,
        to,
        orders: metric((bucket) => ordersIn.get(bucket)?.orders ?? 0),
        revenue: metric((bucket) => ordersIn.get(bucket)?.revenue ?? 0),
        messages: metric((bucket) => sentIn.get(bucket) ?? 0),
        caused: await causedOf(db, shop, caused),
      }
    },
  }
}
export type HomeReports = ReturnType<typeof homeReports>

/**
 * The midnights of two periods with the time of `to` on the last day of the first one: a day that has hardly begun is not
 * compared with a whole one.
 */
function withSameTime(bounds: readonly number[], days: number, to: number): readonly number[] {
  const [last, now, today] = [bounds[days - 1], bounds[days], bounds[2 * days - 1]]
  if (last === undefined || now === undefined || today === undefined) return bounds
  return [...bounds.slice(0, days), Math.min(now, last + (to - today)), ...bounds.slice(days)]
}

function metricOf(bounds: readonly number[], days: number, of: (bucket: number) => number): Metric {
  const series = bounds.slice(days).map((at, index) => ({
    at,
    // One further than the place: what lies after the same time of the period before has a bucket of its own.
    value: of(days + index + 2),
    before: of(index + 1),
  }))
  return {
    now: series.reduce((sum, one) => sum + one.value, 0),
    before: series.reduce((sum, one) => sum + one.before, 0),
    series,
  }
}

/** Caused revenue as it was last worked out; `madeAt` null: it is being worked out for the first time. */
async function causedOf(db: Database, shop: ShopId, kept: Kept<CausedRevenue>) {
  if (kept.state !== 'ready')
    return { now: null, low: null, high: null, before: null, leftOut: [], series: [], madeAt: null }
  const { leftOut, ...caused } = kept.result
  return { ...caused, leftOut: await readNames(db, shop, leftOut), madeAt: kept.madeAt }
}
