import type { Campaigns } from '../campaigns/campaigns.service.ts'
import { joinPages } from '../campaigns/page/join-page.service.ts'
import type { Catalog } from '../catalog/catalog.service.ts'
import { connectedKind } from '../connect/platform/connections.store.ts'
import type { Customers } from '../customers/customers.service.ts'
import type { Database } from '../database/connection.store.ts'
import type { History } from '../events/history.service.ts'
import { firstPurchaseRoutes } from '../first-purchase/first-purchase.routes.ts'
import { firstPurchase } from '../first-purchase/first-purchase.service.ts'
import { buyingRoutes } from '../insight/buying.routes.ts'
import { buying } from '../insight/buying.service.ts'
import { insightRoutes } from '../insight/insight.routes.ts'
import { insights } from '../insight/insight.service.ts'
import { messagingRoutes } from '../insight/messaging.routes.ts'
import { messaging } from '../insight/messaging.service.ts'
import { valueRoutes } from '../insight/value.routes.ts'
import { type Fit, values } from '../insight/value.service.ts'
import type { KeptResults } from '../jobs/kept-results.service.ts'
import type { Clock } from '../lib/clock.ts'
import type { CampaignReports } from '../proof/campaign-report.service.ts'
import { challengeRoutes } from '../proof/challenge/challenge.routes.ts'
import type { Challenges } from '../proof/challenge/challenge.service.ts'
import { durationRoutes } from '../proof/duration.routes.ts'
import { campaignDurations } from '../proof/duration.service.ts'
import { effectRoutes } from '../proof/effects.routes.ts'
import type { Effects } from '../proof/effects.service.ts'
import { segmentEffects } from '../proof/segment-effects.service.ts'
import { shopWideRoutes } from '../proof/shop-wide.routes.ts'
import { shopWide } from '../proof/shop-wide.service.ts'
import { splitRoutes } from '../proof/splits/splits.routes.ts'
import type { Splits } from '../proof/splits/splits.service.ts'
import { homeReports } from '../reports/home.service.ts'
import { journeyRoutes } from '../reports/journey.routes.ts'
import { journeys } from '../reports/journey.service.ts'
import { morningRoutes } from '../reports/morning/morning.routes.ts'
import type { Mornings } from '../reports/morning/morning.service.ts'
import { reportRoutes } from '../reports/reports.routes.ts'
import { standingRoutes } from '../reports/standing/standing.routes.ts'
import type { StandingFiles } from '../reports/standing/standing.service.ts'
import { suggestionsRoutes } from '../reports/suggestions.routes.ts'
import type { Suggestions } from '../reports/suggestions.service.ts'
import type { Alarms } from '../running/alarms.service.ts'
import type { Backups } from '../running/backups.service.ts'
import type { Health } from '../running/health.service.ts'
import { runningRoutes } from '../running/running.routes.ts'
import type { Segments } from '../segments/segments.service.ts'
import type { Shops } from '../shops/shops.service.ts'
import type { Warehouse } from '../warehouse/connection.store.ts'
import type { Route } from '../web/route.ts'

export type ReportingRoutesNeeds = {
  readonly db: Database
  readonly warehouse: Warehouse
  readonly clock: Clock
  readonly tenants: Shops
  readonly kept: KeptResults
  readonly past: History
  readonly campaign: Campaigns
  readonly segment: Segments
  readonly customer: Customers
  readonly products: Catalog
  readonly fitValue: Fit
  readonly reporting: {
    readonly campaigns: CampaignReports
    readonly effects: Effects
    readonly suggestions: Suggestions
    readonly mornings: Mornings
    readonly challenges: Challenges
    readonly splits: Splits
    readonly standing: StandingFiles
  }
  readonly running: {
    readonly health: Health
    readonly backups: Backups
    readonly alarms: Alarms
  }
}

/** What the shop may be told about its customers and about what its messages caused. */
export function reportingRoutes(needs: ReportingRoutesNeeds): readonly Route[] {
  const { db, warehouse, clock, tenants: shops, past, kept, segment } = needs
  const { campaigns, effects, suggestions, mornings, challenges, splits, standing } =
    needs.reporting
  const joined = joinPages({ shops, platformOf: (shop) => connectedKind(db, shop) })
  return [
    ...journeyRoutes(journeys({ db, warehouse, clock, effects })),
    ...reportRoutes({ campaigns, home: homeReports({ db, clock, shops, effects }) }),
    ...effectRoutes({
      effects,
      shops,
      segmentEffects: segmentEffects({
        ...{ db, warehouse, shops, kept, campaigns: needs.campaign, segments: segment },
      }),
    }),
    ...suggestionsRoutes({ suggestions }),
    ...morningRoutes({ mornings }),
    ...standingRoutes(standing),
    ...runningRoutes({ ...needs.running, shops }),
    ...challengeRoutes({ challenges }),
    ...splitRoutes({ splits }),
    ...insightRoutes(insights({ warehouse, shops, kept, segments: segment })),
    ...buyingRoutes(buying({ warehouse, shops, kept })),
    ...messagingRoutes(messaging({ db, shops, kept })),
    ...valueRoutes(
      values({ warehouse, shops, customers: needs.customer, kept, fit: needs.fitValue }),
    ),
    ...durationRoutes(campaignDurations({ db, warehouse, clock, joinPage: joined.holds })),
    ...shopWideRoutes(shopWide({ db, clock, shops, kept })),
    ...firstPurchaseRoutes({
      firstPurchase: firstPurchase({
        ...{ shops, catalog: needs.products, warehouse, kept, clock },
        completeTo: past.completeTo,
      }),
      customers: needs.customer,
      saveSettings: (actor, section) => shops.set(actor.shop, 'firstPurchase', section),
    }),
  ]
}
