import { approvalRoutes } from '../campaigns/approval.routes.ts'
import type { Approvals } from '../campaigns/approval.service.ts'
import { campaignRoutes } from '../campaigns/campaigns.routes.ts'
import type { Campaigns } from '../campaigns/campaigns.service.ts'
import { flowCheck } from '../campaigns/flow-check.service.ts'
import { flows } from '../campaigns/flows.service.ts'
import { manyPreviews } from '../campaigns/many-previews.service.ts'
import { joinPageRoutes } from '../campaigns/page/join-page.routes.ts'
import { joinPages } from '../campaigns/page/join-page.service.ts'
import { playbookCards } from '../campaigns/playbooks/cards.service.ts'
import { filling } from '../campaigns/playbooks/fill.service.ts'
import { playbookRoutes } from '../campaigns/playbooks.routes.ts'
import { previewRoutes } from '../campaigns/preview.routes.ts'
import { previews } from '../campaigns/preview.service.ts'
import { plannedRoutes } from '../campaigns/runs/planned.routes.ts'
import { whyRoutes } from '../campaigns/why.routes.ts'
import { why } from '../campaigns/why.service.ts'
import { connectedKind } from '../connect/platform/connections.store.ts'
import type { Consent } from '../consent/consent.service.ts'
import type { Coupons } from '../coupons/coupons.service.ts'
import { couponPools } from '../coupons/pools.service.ts'
import type { Database } from '../database/connection.store.ts'
import type { Clock } from '../lib/clock.ts'
import { gather } from '../messages/facts.service.ts'
import type { Messages } from '../messages/messages.service.ts'
import { pagePreviewRoutes } from '../onsite/preview.routes.ts'
import { previewedOnPage } from '../onsite/previewed.service.ts'
import type { Recommendations } from '../recommendations/recommendations.service.ts'
import { listActs } from '../segments/lists/list-acts.service.ts'
import { ready } from '../segments/ready/ready.service.ts'
import type { Segments } from '../segments/segments.service.ts'
import type { Shops } from '../shops/shops.service.ts'
import type { Vault } from '../vault/vault.service.ts'
import type { Warehouse } from '../warehouse/connection.store.ts'
import type { Route } from '../web/route.ts'
import { drawingOf } from './drawing.ts'

/** Campaigns, and their messages before they go. */
export function lookingRoutes(needs: {
  readonly db: Database
  readonly clock: Clock
  readonly tenants: Shops
  readonly campaign: Campaigns
  readonly approval: Approvals
  readonly message: Messages
  readonly coupon: Coupons
  readonly ledger: Consent
  readonly warehouse: Warehouse
  readonly segment: Segments
  readonly recommended: Recommendations
  readonly safe: Vault
  readonly config: { readonly publicUrl: string }
}): readonly Route[] {
  const { db, clock, tenants, campaign } = needs
  const drawing = drawingOf(needs)
  const looking = previews(drawing)
  const many = manyPreviews({
    ...drawing,
    gather: (shop, { now, customers, channel }) =>
      gather({ consent: needs.ledger }, db, {
        shop: shop.id,
        now,
        asked: customers.map((customer) => ({ customer, channel, products: [] })),
        tradesWith: false,
      }),
  })
  const ofShop = { db, warehouse: needs.warehouse, clock, shops: tenants, segments: needs.segment }
  const joined = joinPages({ shops: tenants, platformOf: (shop) => connectedKind(db, shop) })
  const playbook = {
    ...ofShop,
    ready: ready(ofShop),
    pools: couponPools({ db, clock, audit: tenants.audit }),
    joinPage: joined.holds,
  }
  return [
    ...joinPageRoutes(joined),
    ...campaignRoutes(campaign, looking, filling(playbook)),
    ...approvalRoutes({ approvals: needs.approval, shops: tenants }),
    ...plannedRoutes({ db, clock, shops: tenants }),
    ...whyRoutes(why({ db, clock, shops: tenants, flows: flows() })),
    ...playbookRoutes(playbookCards(playbook)),
    ...previewRoutes(
      campaign,
      many,
      flowCheck({ ...drawing, coupons: needs.coupon, lists: listActs() }),
    ),
    ...pagePreviewRoutes(
      previewedOnPage({
        db,
        clock,
        shops: tenants,
        campaigns: campaign,
        previews: looking,
        coupons: needs.coupon,
        signer: needs.safe,
      }),
    ),
  ]
}
