import type { ShopId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import { dayMs } from '../lib/duration.ts'
import { plannedLift } from '../statistics/effect.ts'
import type { Warehouse } from '../warehouse/connection.store.ts'
import { type Crowd, comersOf } from './duration.store.ts'
import { type Duration, durationsOf, entrantsAWeek } from './duration.ts'

/** Entrants are counted over so many days up to now, and again over as many before the goal's window. */
const spanDays = 28
/** Shares of hold-out that are offered. */
const shares = [0.1, 0.2, 0.3, 0.5]

/** How long a campaign would have to run, and what that was worked out from. */
export type Plan = {
  readonly entrantsAWeek: number
  /** What people do without it, each: orders, or the share who buys. null: too few came before. */
  readonly base: number | null
  readonly pastPeople: number
  readonly lift: number
  readonly windowDays: number
  readonly durations: readonly Duration[]
}

/** How long campaigns have to run before their effect is clear: at the pace at which people come, from what they did so far. */
export function campaignDurations(needs: { readonly warehouse: Warehouse; readonly clock: Clock }) {
  return {
    /** For a crowd, judged by orders a person (or the share who orders) within the window. */
    plan: async (
      shop: ShopId,
      asked: Crowd & { readonly windowDays: number; readonly by: 'orders' | 'purchase' },
    ): Promise<Plan> => {
      const now = needs.clock.now()
      const windowMs = asked.windowDays * dayMs
      const past = now - windowMs
      const [coming, before] = await Promise.all([
        comersOf(needs.warehouse, shop, {
          ...asked,
          from: now - spanDays * dayMs,
          to: now,
          windowMs: 0,
        }),
        comersOf(needs.warehouse, shop, {
          ...asked,
          from: past - spanDays * dayMs,
          to: past,
          windowMs,
        }),
      ])
      const outlook = {
        ...{ entrants: coming.people, entrantsDays: spanDays, people: before.people },
        sum: asked.by === 'orders' ? before.orders : before.buyers,
        squares: asked.by === 'orders' ? before.squares : before.buyers,
      }
      return {
        entrantsAWeek: entrantsAWeek(outlook),
        base: before.people > 0 ? outlook.sum / before.people : null,
        pastPeople: before.people,
        lift: plannedLift,
        windowDays: asked.windowDays,
        durations: durationsOf(outlook, { lift: plannedLift, shares }),
      }
    },
  }
}
export type CampaignDurations = ReturnType<typeof campaignDurations>
