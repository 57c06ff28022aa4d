import { z } from 'zod'
import type { Database } from '../database/connection.store.ts'
import type { KeptResults } from '../jobs/kept-results.service.ts'
import type { ShopId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import { dayMs } from '../lib/duration.ts'
import { repurchaseDays } from '../segments/ready/figures.ts'
import type { Ready } from '../segments/ready/ready.service.ts'
import type { Warehouse } from '../warehouse/connection.store.ts'
import { readCampaigns } from './journey.store.ts'
import { readStanding } from './suggestions.store.ts'
import { suggestionKinds, suggestionsOf } from './suggestions.ts'

const Standing = z.object({
  kind: z.enum(suggestionKinds),
  people: z.number(),
  reachable: z.number(),
  amount: z.number().nullable(),
})

/** What a shop could do next, with the facts that speak for it. */
export function suggestions(needs: {
  readonly db: Database
  readonly warehouse: Warehouse
  readonly clock: Clock
  readonly kept: Pick<KeptResults, 'answer'>
  readonly ready: Pick<Ready, 'figures'>
}) {
  const { db, warehouse } = needs
  const standing = async (shop: ShopId, now: number, signal: AbortSignal) => {
    const { value } = repurchaseDays(await needs.ready.figures(shop))
    return await readStanding(warehouse, shop, { now, dueDays: Math.round(value), signal })
  }
  return {
    /** The counts are kept; whether a campaign serves them is looked at each time. */
    list: async (shop: ShopId) => {
      const kept = await needs.kept.answer(shop, {
        report: 'suggestions',
        question: {},
        schema: z.array(Standing),
        work: async (now, signal) => [...(await standing(shop, now, signal))],
      })
      if (kept.state === 'working') return kept
      return { ...kept, result: suggestionsOf(kept.result, await readCampaigns(db, shop)) }
    },
    /** The first of them as of now, for those who read no page; undefined when nothing is worth saying. */
    first: async (shop: ShopId) => {
      const now = await standing(shop, needs.clock.now(), AbortSignal.timeout(dayMs))
      return suggestionsOf(now, await readCampaigns(db, shop))[0]
    },
  }
}
export type Suggestions = ReturnType<typeof suggestions>
