import type { Database } from '../database/connection.store.ts'
import type { KeptResults } from '../jobs/kept-results.service.ts'
import type { ShopId } from '../lib/brand.ts'
import { Refusal } from '../lib/refusal.ts'
import type { Segment } from '../segments/segment.ts'
import type { Shops } from '../shops/shops.service.ts'
import type { Warehouse } from '../warehouse/connection.store.ts'
import { comparedOf, type Drafts } from './compared.service.ts'
import type { Compared } from './compared.ts'
import { insideOf, segmentsCount } from './inside.store.ts'
import { readPeople, readSpendingInside } from './outcomes.store.ts'
import { SegmentEffect, segmentEffect } from './segment-effect.ts'

type Needs = {
  readonly db: Database
  readonly warehouse: Warehouse
  readonly shops: Pick<Shops, 'shop'>
  readonly campaigns: Drafts
  readonly segments: {
    readonly get: (shop: ShopId, id: number) => Promise<Pick<Segment, 'updatedAt' | 'state'>>
  }
  readonly kept: KeptResults
}

/** What a campaign did to buying among the members of any saved segment, and among everybody else. */
export function segmentEffects(needs: Needs) {
  return {
    effect: async (
      shop: ShopId,
      asked: { readonly campaign: number; readonly segment: number; readonly isFresh?: boolean },
    ) => {
      const compared = await comparedOf(needs, shop, asked.campaign)
      const { updatedAt, state } = await needs.segments.get(shop, asked.segment)
      if (state !== 'live')
        throw new Refusal('conflict', 'The segment is still being filled. Try in a moment.')
      const { segment, isFresh = false } = asked
      const segments = await segmentsCount(needs.db, shop)
      const question = {
        ...{ campaign: compared.campaign, windowMs: compared.windowMs },
        ...{ segment, since: updatedAt, segments },
      }
      return await needs.kept.answer(shop, {
        report: 'campaign-segment-effect',
        question,
        schema: SegmentEffect,
        isFresh,
        work: (now, signal) => effectNow(needs, shop, { ...question, compared, now, signal }),
      })
    },
  }
}
export type SegmentEffects = ReturnType<typeof segmentEffects>

async function effectNow(
  needs: Needs,
  shop: ShopId,
  asked: {
    readonly compared: Compared
    readonly segment: number
    readonly segments: number
    /** Since then the segment is kept as it is now. */
    readonly since: number
    readonly now: number
    readonly signal: AbortSignal
  },
): Promise<SegmentEffect> {
  const { db } = needs
  const { compared, segment, segments, since, now, signal } = asked
  const { currency } = await needs.shops.shop(shop)
  const caps = { spent: null, spentBefore: null }
  const question = { compared: [{ ...compared, caps }], currency, now, bounds: [0] }
  const all = await readPeople(db, shop, question)
  const people = all.filter(({ at }) => at >= since)
  const inside = await insideOf(needs, shop, { segment, people, signal })
  const rows = await readSpendingInside(db, shop, {
    ...question,
    inside: { customers: [...inside], since },
  })
  return segmentEffect(rows, { segment, segments, unknown: all.length - people.length })
}
