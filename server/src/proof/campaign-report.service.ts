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
  readCoupons,
  readDrops,
  readFunnel,
  readGoals,
  readNotEntered,
  readOrdered,
  readTempo,
} from './campaign-report.store.ts'
import { comparedBy } from './compared.ts'
import { peopleOf } from './shop-wide.store.ts'

/** Days of a campaign's series; older ones are in the totals. */
const seriesDays = 90

/** What happened in a campaign, as record; what it caused is in effects.service.ts. */
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
      const flow = goal?.flow ?? JSON.stringify(campaign.draft)
      const { windowMs } = comparedBy(id, flow)
      const [funnel, drops, notEntered, ordered, tempo, coupons] = await Promise.all([
        readFunnel(db, shop, id),
        readDrops(db, shop, id),
        readNotEntered(db, shop, id),
        readOrdered(db, shop, { campaign: id, windowMs, currency, bounds }),
        bounds.length > 0 ? readTempo(db, shop, { campaign: id, bounds }) : [],
        readCoupons(db, shop, id),
      ])
      const tempoOf = new Map(tempo.map((one) => [one.bucket, one]))
      const orderedOf = new Map(ordered.map(({ bucket, people }) => [bucket, people]))
      const series = bounds.map((at, index) => ({
        at,
        sent: tempoOf.get(index + 1)?.sent ?? 0,
        heldOut: tempoOf.get(index + 1)?.heldOut ?? 0,
        ordered: orderedOf.get(index + 1) ?? 0,
      }))
      return {
        funnel: funnel ?? nobody,
        drops,
        notEntered,
        coupons,
        learning: await learningOf(db, shop, { id, flow }),
        ordered: ordered.reduce((sum, { people }) => sum + people, 0),
        windowHours: windowMs / hourMs,
        series,
      }
    },
  }
}
export type CampaignReports = ReturnType<typeof campaignReports>

/** How far the learning has come; null for a campaign that does not learn. */
async function learningOf(
  db: Database,
  shop: ShopId,
  { id, flow }: { readonly id: number; readonly flow: string },
) {
  const { learning, holdoutShare } = Flow.parse(JSON.parse(flow))
  if (!learning) return null
  const people = await peopleOf(db, shop, `campaign:${id}`)
  return { people, planned: learning.people, share: learning.share, after: holdoutShare }
}

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
