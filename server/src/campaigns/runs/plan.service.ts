import type { Database } from '../../database/connection.store.ts'
import type { ShopId } from '../../lib/brand.ts'
import type { Clock } from '../../lib/clock.ts'
import { minuteMs } from '../../lib/duration.ts'
import { TimeZone } from '../../shops/shop.ts'
import type { Shops } from '../../shops/shops.service.ts'
import type { Flows } from '../flows.service.ts'
import { nextRun, type Schedule } from '../schedule.ts'
import { dueRun, scheduleOf } from './due.ts'
import { insertRun, type LiveRow, liveSince, newestRuns, zonesOfCustomers } from './runs.store.ts'

/** Zones of customers are read anew after so long; a new one waits that long at most. */
const zonesTrustMs = 10 * minuteMs
/** There are some 600 zones on earth. */
const zonesLimit = 700
/** Times remembered; each is a few bytes. */
const nextLimit = 10_000

/** Notes the runs whose time has come; each campaign, zone and time once, whoever looks. */
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
    const found = await zonesOfCustomers(db, shop, zonesLimit)
    const read = found.filter((zone) => TimeZone.safeParse(zone).success)
    zones.set(shop, { at: now, zones: read })
    return read
  }

  async function planOne(shop: ShopId, live: LiveRow, schedule: Schedule): Promise<boolean> {
    const { timeZone } = await needs.shops.shop(shop)
    const others = schedule.zone === 'customer' ? await zonesOf(shop) : []
    const all = ['', ...others.filter((zone) => zone !== timeZone)]
    const name = `${shop}/${live.id}/${live.version}/${live.since}/${timeZone}/${all.join()}`
    const now = clock.now()
    if (now < (next.get(name) ?? 0)) return false
    const newest = await newestRuns(db, shop, live.id)
    let planned = false
    let soonest = Infinity
    for (const zone of all) {
      const clocks = zone || timeZone
      const after = Math.max(live.since - 1, newest.get(zone) ?? 0)
      const due = dueRun(schedule, { after, now }, clocks)
      if (due) {
        const { at: dueAt, tooLate } = due
        const { id: campaign, version } = live
        await insertRun(db, shop, { campaign, version, zone, dueAt, tooLate, now })
        planned = true
      }
      soonest = Math.min(soonest, nextRun(schedule, Math.max(after, now), clocks) ?? Infinity)
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
      const { timeZone } = await needs.shops.shop(shop)
      const others = schedule.zone === 'customer' ? await zonesOf(shop) : []
      const runs = [timeZone, ...others].flatMap(
        (zone) => nextRun(schedule, clock.now(), zone) ?? [],
      )
      return runs.length > 0 ? Math.min(...runs) : undefined
    },
  }
}
