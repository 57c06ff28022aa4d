import type { Database } from '../../database/connection.store.ts'
import type { ShopId } from '../../lib/brand.ts'
import type { Clock } from '../../lib/clock.ts'
import { minuteMs } from '../../lib/duration.ts'
import { realZone } from '../../lib/zone.ts'
import type { Shops } from '../../shops/shops.service.ts'
import type { Flows } from '../flows.service.ts'
import { nextRun, type Schedule } from '../schedule.ts'
import { callsAt, dueRun, scheduleOf } from './due.ts'
import { insertRun, type LiveRow, liveSince, recentRuns, zonesOfCustomers } from './runs.store.ts'

/** Zones of customers are read anew after so long; a new one waits that long at most. */
const zonesTrustMs = 10 * minuteMs
/** Times remembered; each is a few bytes. */
const nextLimit = 10_000

/** Notes the runs whose time has come; each campaign and instant once, whoever looks, however many zones show that time then. */
export function planner(needs: {
  readonly db: Database
  readonly clock: Clock
  readonly shops: Pick<Shops, 'shop'>
  readonly flows: Flows
}) {
  const { db, clock } = needs
  const zones = new Map<ShopId, { readonly at: number; readonly zones: readonly string[] }>()
  /** When the next run of a campaign's version is, so that most looks ask nobody. */
  const next = new Map<string, number>()

  async function zonesOf(shop: ShopId): Promise<readonly string[]> {
    const now = clock.now()
    const known = zones.get(shop)
    if (known && Math.abs(now - known.at) < zonesTrustMs) return known.zones
    const found = await zonesOfCustomers(db, shop)
    const read = [...new Set(found.flatMap((zone) => realZone(zone) ?? []))].toSorted()
    zones.set(shop, { at: now, zones: read })
    return read
  }

  /** Whose clocks count: the shop's alone, or also those of each zone that customers live in. */
  async function clocksOf(shop: ShopId, schedule: Schedule): Promise<readonly string[]> {
    const { timeZone } = await needs.shops.shop(shop)
    if (schedule.zone === 'shop') return [timeZone]
    return [timeZone, ...(await zonesOf(shop)).filter((zone) => zone !== timeZone)]
  }

  async function planOne(shop: ShopId, live: LiveRow, schedule: Schedule): Promise<boolean> {
    const clocks = await clocksOf(shop, schedule)
    const name = `${shop}/${live.id}/${live.version}/${live.since}/${clocks.join()}`
    const now = clock.now()
    if (now < (next.get(name) ?? 0)) return false
    const recent = await recentRuns(db, shop, live.id)
    let planned = false
    let soonest = Infinity
    for (const zone of clocks) {
      const last = recent.find((at) => callsAt(schedule, at, zone))
      const after = Math.max(live.since - 1, last ?? 0)
      const due = dueRun(schedule, { after, now }, zone)
      // Of a zone that somebody moved to, what lies before is nobody's.
      const isNews = due && !(due.tooLate && last === undefined && recent.length > 0)
      if (isNews) {
        const { at: dueAt, tooLate } = due
        const { id: campaign, version } = live
        const run = { campaign, version, dueAt, tooLate, now }
        planned = (await insertRun(db, shop, run)) || planned
      }
      soonest = Math.min(soonest, nextRun(schedule, Math.max(after, now), zone) ?? Infinity)
    }
    if (next.size >= nextLimit) next.clear()
    next.set(name, soonest)
    return planned
  }

  return {
    /** Whether any run was noted. */
    turn: async (shop: ShopId): Promise<boolean> => {
      const live = await liveSince(db, shop)
      if (live.length === 0) return false
      const flowOf = await needs.flows.load(
        db,
        shop,
        live.map(({ id: campaign, version }) => ({ campaign, version })),
      )
      let planned = false
      for (const one of live) {
        const schedule = scheduleOf(flowOf(one.id, one.version))
        if (schedule) planned = (await planOne(shop, one, schedule)) || planned
      }
      return planned
    },
    /** When the next run is (UTC ms); undefined when there is none any more. */
    nextOf: async (shop: ShopId, schedule: Schedule): Promise<number | undefined> => {
      const clocks = await clocksOf(shop, schedule)
      const runs = clocks.flatMap((zone) => nextRun(schedule, clock.now(), zone) ?? [])
      return runs.length > 0 ? Math.min(...runs) : undefined
    },
  }
}
