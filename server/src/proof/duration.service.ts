import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import { dayMs } from '../lib/duration.ts'
import { plannedLift } from '../statistics/effect.ts'
import type { Warehouse } from '../warehouse/connection.store.ts'
import { type Crowd, comersOf, firstWindowsOf, someComers } from './duration.store.ts'
import { assumedOf, durationsOf, entrantsAWeek, type Plan } from './duration.ts'
import { insideOf } from './inside.store.ts'

/** Entrants are counted over so many days up to now, and again over as many before the goal's window. */
const spanDays = 28
/** Shares of hold-out that are offered. */
const shares = [0.1, 0.2, 0.3, 0.5]

/** What a plan is asked for: a crowd, those of it who are in a segment, or everybody who is in one. */
export type PlanAsked = Omit<Crowd, 'joinPage'> & {
  readonly windowDays: number
  readonly by: 'orders' | 'purchase'
  readonly audience?: number | undefined
}

/** People of whom it is looked up whether they were in the audience. */
const mostLookedAt = 20_000

type Needs = {
  readonly db: Database
  readonly warehouse: Warehouse
  readonly clock: Clock
  /** What the path of the page after joining holds; '': there is none. */
  readonly joinPage: (shop: ShopId) => Promise<string>
}

/** How long campaigns have to run before their effect is clear: at the pace at which people come, from what they did so far. */
export function campaignDurations(needs: Needs) {
  return {
    /** For a crowd, judged by orders a person (or the share who orders) within the window. */
    plan: async (shop: ShopId, asked: PlanAsked): Promise<Plan> => {
      const now = needs.clock.now()
      const windowMs = asked.windowDays * dayMs
      const past = now - windowMs
      const span = { to: now, from: now - spanDays * dayMs, windowMs: 0 }
      const [coming, before] = await Promise.all([
        comers(needs, shop, { ...asked, ...span }),
        comers(needs, shop, { ...asked, from: past - spanDays * dayMs, to: past, windowMs }),
      ])
      const outlook = {
        ...{ entrants: coming.people, entrantsDays: spanDays, people: before.counted },
        sum: asked.by === 'orders' ? before.orders : before.buyers,
        squares: asked.by === 'orders' ? before.squares : before.buyers,
      }
      const plan = { lift: plannedLift, shares }
      const durations = durationsOf(outlook, plan)
      const firstWindows = async () => {
        const first = await firstWindowsOf(needs.warehouse, shop, { windowMs, now })
        if (asked.by === 'orders') return { ...first, sum: first.orders }
        return { people: first.people, sum: first.people, squares: first.people }
      }
      return {
        entrantsAWeek: entrantsAWeek(outlook),
        base: before.counted > 0 ? outlook.sum / before.counted : null,
        pastPeople: before.counted,
        lift: plannedLift,
        windowDays: asked.windowDays,
        durations,
        assumed: durations.length > 0 ? null : assumedOf(outlook, await firstWindows(), plan),
      }
    },
  }
}
export type CampaignDurations = ReturnType<typeof campaignDurations>

/** How many came, and what those `counted` among them did. */
type Comers = {
  readonly people: number
  readonly counted: number
  readonly buyers: number
  readonly orders: number
  readonly squares: number
}

async function comers(
  needs: Needs,
  shop: ShopId,
  asked: PlanAsked & { readonly from: number; readonly to: number; readonly windowMs: number },
): Promise<Comers> {
  const joinPage = await needs.joinPage(shop)
  const crowd = { ...asked, joinPage }
  const all = await comersOf(needs.warehouse, shop, crowd)
  const { audience } = asked
  if (audience === undefined) return { ...all, counted: all.people }
  const some = await someComers(needs.warehouse, shop, { ...crowd, most: mostLookedAt })
  const inside = await insideOf(needs, shop, { segment: audience, people: some })
  const mine = some.filter(({ customer }) => inside.has(customer))
  const sum = (of: (orders: number) => number) =>
    mine.reduce((whole, { orders }) => whole + of(orders), 0)
  return {
    people: some.length > 0 ? Math.round((all.people * mine.length) / some.length) : 0,
    counted: mine.length,
    buyers: sum((orders) => Math.min(1, orders)),
    orders: sum((orders) => orders),
    squares: sum((orders) => orders * orders),
  }
}
