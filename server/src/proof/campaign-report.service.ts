import { Flow } from '../campaigns/campaign.ts'
import type { Campaigns } from '../campaigns/campaigns.service.ts'
import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import { dayStarts, daysBetween } from '../lib/days.ts'
import { hourMs } from '../lib/duration.ts'
import type { Shops } from '../shops/shops.service.ts'
import {
  firstDecisionAt,
  readArmSums,
  readCoupons,
  readDrops,
  readFunnel,
  readGoals,
  readNotEntered,
  readTempo,
} from './campaign-report.store.ts'
import { type ArmSums, groupsOfSums, liftOfSums } from './comparison.ts'

/** Days of a campaign's series; older ones are in the totals. */
const seriesDays = 90

/** What a campaign did, against the people it left out on purpose. */
export function campaignReports(needs: {
  readonly db: Database
  readonly clock: Clock
  readonly shops: Pick<Shops, 'shop'>
  readonly campaigns: Pick<Campaigns, 'get'>
}) {
  const { db } = needs
  return {
    report: async (shop: ShopId, id: number) => {
      const campaign = await needs.campaigns.get(shop, id)
      const { timeZone, currency } = await needs.shops.shop(shop)
      const now = needs.clock.now()
      const began = await firstDecisionAt(db, shop, id)
      const days = began === null ? 0 : Math.min(seriesDays, daysBetween(began, now, timeZone))
      const bounds = dayStarts(now, days, timeZone)
      const [goal] = await readGoals(db, shop, { campaign: id, since: 0 })
      const flow = goal ? Flow.parse(JSON.parse(goal.flow)) : campaign.draft
      const compared = [{ campaign: id, windowMs: flow.goal.windowHours * hourMs }]
      const [funnel, drops, notEntered, sums, tempo, coupons] = await Promise.all([
        readFunnel(db, shop, id),
        readDrops(db, shop, id),
        readNotEntered(db, shop, id),
        readArmSums(db, shop, { compared, currency, now, bounds }),
        bounds.length > 0 ? readTempo(db, shop, { campaign: id, bounds }) : [],
        readCoupons(db, shop, id),
      ])
      const tempoOf = new Map(tempo.map((one) => [one.bucket, one]))
      const series = bounds.map((at, index) => ({
        at,
        sent: tempoOf.get(index + 1)?.sent ?? 0,
        heldOut: tempoOf.get(index + 1)?.heldOut ?? 0,
        ordered: reachedIn(sums, index + 1),
      }))
      return {
        funnel: funnel ?? nobody,
        drops,
        notEntered,
        coupons,
        ...told(sums),
        windowHours: flow.goal.windowHours,
        series,
      }
    },
    /** Sums of every campaign that decided since the first of `bounds` (UTC ms, ascending), by bucket. */
    sums: async (
      shop: ShopId,
      asked: {
        readonly bounds: readonly number[]
        readonly currency: string
        readonly now: number
      },
    ): Promise<readonly ArmSums[]> => {
      const goals = await readGoals(db, shop, { campaign: null, since: asked.bounds[0] ?? 0 })
      const compared = goals.map(({ campaign, flow }) => ({
        campaign,
        windowMs: Flow.parse(JSON.parse(flow)).goal.windowHours * hourMs,
      }))
      return await readArmSums(db, shop, { ...asked, compared })
    },
  }
}
export type CampaignReports = ReturnType<typeof campaignReports>

const nobody = {
  entered: 0,
  waiting: 0,
  reached: 0,
  eligible: 0,
  heldOut: 0,
  queued: 0,
  sent: 0,
  delivered: 0,
  clicked: 0,
  unconfirmed: 0,
}

/** People of the treatment who were decided on in this bucket and ordered in their window. */
function reachedIn(sums: readonly ArmSums[], bucket: number): number {
  return sums
    .filter((one) => one.bucket === bucket && one.arm === 'treatment')
    .reduce((all, one) => all + one.reached, 0)
}

function told(sums: readonly ArmSums[]) {
  const groups = groupsOfSums(sums)
  return {
    groups,
    lift: liftOfSums(sums),
    orders: sums.reduce((all, one) => all + (one.arm === 'treatment' ? one.orders : 0), 0),
    /** People of both groups whose window is still open: their answer may still come. */
    open: sums.reduce((all, one) => all + one.open, 0),
  }
}
