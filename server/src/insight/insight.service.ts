import type { Kept } from '../jobs/kept-result.ts'
import type { KeptResults } from '../jobs/kept-results.service.ts'
import type { ShopId } from '../lib/brand.ts'
import { dayMs } from '../lib/duration.ts'
import { startOfLocalDay } from '../lib/zone.ts'
import type { Segments } from '../segments/segments.service.ts'
import type { Shops } from '../shops/shops.service.ts'
import type { Warehouse } from '../warehouse/connection.store.ts'
import { CohortAnswer, FunnelAnswer, FunnelGroupsAnswer, RfmAnswer } from './answers.ts'
import { cohortRows } from './cohort.store.ts'
import {
  type CohortBase,
  type CohortReturn,
  type CohortUnit,
  cohortCounts,
  cohortStarts,
  cohortsOf,
  periodDays,
} from './cohort.ts'
import { type FunnelAsked, type FunnelGroupsAsked, funnels } from './funnel.service.ts'
import { rfmRows } from './rfm.store.ts'
import { rfmOf } from './rfm.ts'

/** Days between the two grids of RFM. */
const movesDays = 30

type Needs = {
  readonly warehouse: Warehouse
  readonly shops: Pick<Shops, 'shop'>
  readonly kept: Pick<KeptResults, 'answer'>
  readonly segments: Pick<Segments, 'among' | 'list'>
}

export type CohortAsked = {
  readonly base: CohortBase
  readonly returns: CohortReturn
  readonly unit: CohortUnit
}

/** What the shop's history says of its people; each answer kept with its time. */
export function insights({ warehouse, shops, kept, segments }: Needs) {
  const ways = funnels({ warehouse, shops, segments })

  async function cohort(
    shop: ShopId,
    { base, returns, unit }: CohortAsked,
    at: { readonly now: number; readonly signal: AbortSignal },
  ): Promise<CohortAnswer> {
    const { timeZone: zone, currency } = await shops.shop(shop)
    const starts = cohortStarts(at.now, { unit, count: cohortCounts[unit], zone })
    const rows = await cohortRows(warehouse, shop, {
      base,
      returns,
      starts,
      periodMs: periodDays[unit] * dayMs,
      asOf: at.now,
      currency,
      signal: at.signal,
    })
    return { currency, periodDays: periodDays[unit], ...cohortsOf(rows, starts, at.now) }
  }

  /** As of the shop's last midnight: what the nightly facts say, so that a cell and its segment hold the same people. */
  async function rfm(
    shop: ShopId,
    at: { readonly now: number; readonly signal: AbortSignal },
  ): Promise<RfmAnswer> {
    const { timeZone, currency } = await shops.shop(shop)
    const asOf = startOfLocalDay(at.now, timeZone)
    const before = asOf - movesDays * dayMs
    const rows = await rfmRows(warehouse, shop, { asOf, before, currency, signal: at.signal })
    return { asOf, before, currency, ...rfmOf(rows) }
  }

  return {
    funnel: (shop: ShopId, asked: FunnelAsked, isFresh = false): Promise<Kept<FunnelAnswer>> =>
      kept.answer(shop, {
        report: 'funnel',
        question: asked,
        schema: FunnelAnswer,
        isFresh,
        work: (now, signal) => ways.whole(shop, asked, { now, signal }),
      }),
    funnelGroups: (
      shop: ShopId,
      asked: FunnelGroupsAsked,
      isFresh = false,
    ): Promise<Kept<FunnelGroupsAnswer>> =>
      kept.answer(shop, {
        report: 'funnel-groups',
        question: asked,
        schema: FunnelGroupsAnswer,
        isFresh,
        work: (now, signal) => ways.groups(shop, asked, { now, signal }),
      }),
    cohort: (shop: ShopId, asked: CohortAsked, isFresh = false): Promise<Kept<CohortAnswer>> =>
      kept.answer(shop, {
        report: 'cohort',
        question: asked,
        schema: CohortAnswer,
        isFresh,
        work: (now, signal) => cohort(shop, asked, { now, signal }),
      }),
    rfm: (shop: ShopId, isFresh = false): Promise<Kept<RfmAnswer>> =>
      kept.answer(shop, {
        report: 'rfm',
        question: {},
        schema: RfmAnswer,
        isFresh,
        work: (now, signal) => rfm(shop, { now, signal }),
      }),
  }
}
export type Insights = ReturnType<typeof insights>
