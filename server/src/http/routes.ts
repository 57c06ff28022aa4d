import type { Approvals } from '../campaigns/approval.service.ts'
import { backtestRoutes } from '../campaigns/backtest/backtests.routes.ts'
import type { Backtests } from '../campaigns/backtest/backtests.service.ts'
import type { Campaigns } from '../campaigns/campaigns.service.ts'
import { enterByApi } from '../campaigns/runs/enter.service.ts'
import { runRoutes } from '../campaigns/runs/runs.routes.ts'
import { runs } from '../campaigns/runs/runs.service.ts'
import { seasonsRoutes } from '../campaigns/seasons.routes.ts'
import { shelfRoutes } from '../campaigns/shelf.routes.ts'
import { shelf } from '../campaigns/shelf.service.ts'
import { splitRoutes } from '../campaigns/splits.routes.ts'
import { splitReporting } from '../campaigns/splits.service.ts'
import { channelsRoutes } from '../channels/channels.routes.ts'
import type { Channels } from '../channels/channels.service.ts'
import { mailRoutes } from '../channels/email/mail.routes.ts'
import { mailboxRoutes } from '../channels/email/mailbox.routes.ts'
import type { MailReach } from '../channels/email/reach.driver.ts'
import { kakaoRoutes } from '../channels/kakao/kakao.routes.ts'
import type { Kakao } from '../channels/kakao/kakao.service.ts'
import { pushRoutes } from '../channels/push/push.routes.ts'
import { textPictureRoutes } from '../channels/text/pictures.routes.ts'
import { textPictures } from '../channels/text/pictures.service.ts'
import { textRoutes } from '../channels/text/text.routes.ts'
import { texts } from '../channels/text/text.service.ts'
import { webhookSecretRoutes } from '../channels/webhook/webhook.routes.ts'
import type { Config } from '../config.ts'
import { consentImportRoutes } from '../connect/consents/consents.routes.ts'
import type { ConsentImports } from '../connect/consents/imports.service.ts'
import { consentRoutes } from '../consent/consent.routes.ts'
import type { Consent } from '../consent/consent.service.ts'
import { consentLawRoutes } from '../consent/law.routes.ts'
import type { Wordings } from '../consent/wordings.service.ts'
import { couponsRoutes } from '../coupons/coupons.routes.ts'
import type { Coupons } from '../coupons/coupons.service.ts'
import { couponPools } from '../coupons/pools.service.ts'
import type { Customers } from '../customers/customers.service.ts'
import { maskName } from '../customers/mask-name.ts'
import type { Database } from '../database/connection.store.ts'
import type { Accept } from '../events/accept.service.ts'
import { customersRoutes } from '../events/customers.routes.ts'
import { edits } from '../events/edits.service.ts'
import { eventsRoutes } from '../events/events.routes.ts'
import type { Feed } from '../events/feed.service.ts'
import type { History } from '../events/history.service.ts'
import type { Line } from '../events/line.service.ts'
import type { Live } from '../events/live.service.ts'
import { ownPeopleRoutes } from '../events/own-people.routes.ts'
import { ownPeople } from '../events/own-people.service.ts'
import { stopRoutes } from '../events/stop.routes.ts'
import { visitors } from '../events/visitors.service.ts'
import { imagesRoutes } from '../images/images.routes.ts'
import type { Images } from '../images/images.service.ts'
import type { Clock } from '../lib/clock.ts'
import { brandRoutes } from '../messages/brand.routes.ts'
import { decisionsRoutes } from '../messages/decisions.routes.ts'
import { haltRoutes } from '../messages/halt.routes.ts'
import { inboxRoutes } from '../messages/inbox.routes.ts'
import { linkRoutes } from '../messages/links/links.routes.ts'
import { mailroom } from '../messages/mailroom.service.ts'
import type { Messages } from '../messages/messages.service.ts'
import { sendingRoutes } from '../messages/sending.routes.ts'
import { trackingRoutes } from '../messages/tracking.routes.ts'
import { personExport } from '../privacy/export.service.ts'
import { privacyRoutes } from '../privacy/privacy.routes.ts'
import { recommendationRoutes } from '../recommendations/recommendations.routes.ts'
import type { Recommendations } from '../recommendations/recommendations.service.ts'
import { listsRoutes } from '../segments/lists/lists.routes.ts'
import { lists } from '../segments/lists/lists.service.ts'
import { listUploadRoutes } from '../segments/lists/uploads.routes.ts'
import type { ListUploads } from '../segments/lists/uploads.service.ts'
import { readyRoutes } from '../segments/ready/ready.routes.ts'
import { ready } from '../segments/ready/ready.service.ts'
import { segmentsRoutes } from '../segments/segments.routes.ts'
import type { Segments } from '../segments/segments.service.ts'
import { webhooksRoutes } from '../segments/webhooks/webhooks.routes.ts'
import { webhooks } from '../segments/webhooks/webhooks.service.ts'
import type { Keys } from '../shops/keys.service.ts'
import type { Members } from '../shops/members.service.ts'
import { sessionRoutes } from '../shops/session.routes.ts'
import { shopsRoutes } from '../shops/shops.routes.ts'
import type { Shops } from '../shops/shops.service.ts'
import type { Vault } from '../vault/vault.service.ts'
import type { Warehouse } from '../warehouse/connection.store.ts'
import type { Route } from '../web/route.ts'
import { type CatalogueRoutesNeeds, catalogueRoutes } from './catalogue-routes.ts'
import { draftRoutes } from './drafts.ts'
import { type DroppedRoutesNeeds, droppedRoutes } from './dropped-routes.ts'
import { lookingRoutes } from './looking.ts'
import { type PlatformRoutesNeeds, platformRoutes } from './platform-routes.ts'
import { type ReportingRoutesNeeds, reportingRoutes } from './reporting-routes.ts'

type RoutesNeeds = CatalogueRoutesNeeds &
  DroppedRoutesNeeds &
  ReportingRoutesNeeds & {
    readonly config: Config
    readonly db: Database
    readonly warehouse: Warehouse
    readonly clock: Clock
    readonly demoShopUrl?: string
    readonly safe: Vault
    readonly tenants: Shops
    readonly apiKeys: Keys
    readonly people: Members
    readonly customer: Customers
    readonly ledger: Consent
    readonly wording: Wordings
    readonly consentFiles: ConsentImports
    readonly listFiles: ListUploads
    readonly recommended: Recommendations
    readonly mailReach: MailReach
    readonly carriers: Channels
    readonly pictures: Images
    readonly coupon: Coupons
    readonly kakaoRoom: Kakao
    readonly door: Accept
    readonly past: History
    readonly lane: Line
    readonly seen: Feed
    readonly watched: Live
    readonly segment: Segments
    readonly message: Messages
    readonly approval: Approvals
    readonly campaign: Campaigns
    readonly backtests: Backtests
    readonly connecting: PlatformRoutesNeeds
    /** Something was put into the outbox by hand. */
    readonly news: { readonly queued: () => void }
  }

/** What people and programs may ask of `/api`: every room's routes, built once. */
export function routesOf(needs: RoutesNeeds): readonly Route[] {
  return [...settingsRoutes(needs), ...peopleRoutes(needs), ...marketingRoutes(needs)]
}

function settingsRoutes(needs: RoutesNeeds): readonly Route[] {
  const { tenants, people, safe, demoShopUrl } = needs
  const { publicUrl } = needs.config
  return [
    ...sessionRoutes({ members: people, shops: tenants, publicUrl, demoShopUrl }),
    ...shopsRoutes({
      shops: tenants,
      keys: needs.apiKeys,
      members: people,
      vault: safe,
      publicUrl,
    }),
    ...channelsRoutes({ shops: tenants, vault: safe, mailReach: needs.mailReach }),
    ...kakaoRoutes({
      kakao: needs.kakaoRoom,
      shops: tenants,
      vault: safe,
      ofLibrary: (shop, key, bubble) =>
        needs.pictures.forChannel(shop, key, bubble === 'WIDE' ? 'tall' : 'wide'),
    }),
    ...mailRoutes({ shops: tenants, vault: safe, publicUrl }),
    ...mailboxRoutes({ shops: tenants, vault: safe, mailReach: needs.mailReach }),
    ...brandRoutes({ shops: tenants }),
    ...imagesRoutes({ images: needs.pictures, publicUrl }),
    ...recommendationRoutes({ recommendations: needs.recommended, clock: needs.clock }),
    ...trackingRoutes({ shops: tenants }),
    ...textSettingRoutes(needs),
    ...pushRoutes({ db: needs.db, shops: tenants, vault: safe }),
    ...webhookSecretRoutes({ shops: tenants, vault: safe }),
    ...linkRoutes({ shops: tenants, vault: safe, publicUrl }),
    ...platformRoutes(needs.connecting),
  ]
}

function textSettingRoutes({ db, clock, tenants, safe, pictures }: RoutesNeeds): readonly Route[] {
  const text = texts({ db, clock, shops: tenants, vault: safe })
  return [
    ...textRoutes({ texts: text, shops: tenants, vault: safe }),
    ...textPictureRoutes({
      pictures: textPictures({
        db,
        clock,
        texts: text,
        ofLibrary: (shop, key) => pictures.forChannel(shop, key, 'card'),
      }),
      shops: tenants,
    }),
  ]
}

function peopleRoutes(needs: RoutesNeeds): readonly Route[] {
  const { db, warehouse, clock, customer, ledger, past, safe, seen, watched } = needs
  const { audit } = needs.tenants
  const changed = edits({ db, clock, accept: needs.door })
  const seenBots = visitors({ db, clock, shops: needs.tenants })
  const own = ownPeople({
    ...needs,
    customers: customer,
    shops: needs.tenants,
    vault: safe,
    edits: changed,
    visitors: seenBots,
  })
  return [
    ...eventsRoutes({
      db,
      warehouse,
      history: past,
      line: needs.lane,
      feed: seen,
      live: watched,
      audit,
    }),
    ...customersRoutes({
      customers: customer,
      consent: ledger,
      warehouse,
      feed: seen,
      edits: changed,
      vault: safe,
      audit,
    }),
    ...ownPeopleRoutes({ ownPeople: own, customers: customer, audit }),
    ...stopRoutes({ customers: customer, consent: ledger, edits: changed, clock, audit }),
    ...consentRoutes({ consent: ledger, clock, append: changed.consent, audit }),
    ...privacyRoutes({
      exportOf: personExport({ db, clock, customers: customer, feed: seen, vault: safe }),
      db,
      shops: needs.tenants,
    }),
    ...consentLawRoutes({
      consent: ledger,
      wordings: needs.wording,
      shops: needs.tenants,
      clock,
    }),
    ...consentImportRoutes({ imports: needs.consentFiles, shops: needs.tenants }),
    ...droppedRoutes(needs),
    ...catalogueRoutes(needs),
  ]
}

function marketingRoutes(needs: RoutesNeeds): readonly Route[] {
  const { db, warehouse, clock, tenants, safe, carriers } = needs
  const mail = mailroom({
    db,
    clock,
    shops: tenants,
    vault: safe,
    channels: carriers,
    contents: needs.message,
    coupons: needs.coupon,
    publicUrl: needs.config.publicUrl,
    onQueued: () => needs.news.queued(),
  })
  const { couponKinds } = needs.connecting.connections
  const coupons = couponPools({ db, clock, audit: tenants.audit, couponKinds })
  return [
    ...couponsRoutes({ pools: coupons, shops: tenants, maskName }),
    // Before the segments by id: "ready" is none.
    ...readyRoutes(ready({ db, warehouse, clock, shops: tenants, segments: needs.segment })),
    ...segmentsRoutes(needs.segment),
    ...webhooksRoutes(
      webhooks({
        db,
        clock,
        vault: safe,
        segment: needs.segment.get,
        audit: tenants.audit,
      }),
    ),
    // Before the lists by id: "uploads" is none.
    ...listUploadRoutes({ uploads: needs.listFiles, shops: tenants }),
    ...listsRoutes(lists({ db, clock, accept: needs.door.accept, audit: tenants.audit })),
    ...lookingRoutes(needs),
    ...callingRoutes(needs),
    ...shelfRoutes(shelf({ db, clock, shops: tenants })),
    ...seasonsRoutes({ shops: tenants, clock }),
    ...draftRoutes(needs, mail),
    ...decisionsRoutes({ db }),
    ...sendingRoutes({ db, clock, shops: tenants }),
    ...haltRoutes({ db, clock, shops: tenants, onResumed: () => needs.news.queued() }),
    ...inboxRoutes({ channels: carriers, vault: safe, shops: tenants }),
    ...reportingRoutes(needs),
  ]
}

/** Who is let into campaigns by their schedule, and by the shop's server; and how their random splits do. */
function callingRoutes(needs: RoutesNeeds): readonly Route[] {
  const { db, clock, tenants, campaign, customer, door } = needs
  return [
    ...runRoutes({
      runs: runs({ db, clock, shops: tenants, campaigns: campaign, accept: door }),
      enter: enterByApi({ db, clock, campaigns: campaign, customers: customer, accept: door }),
      shops: tenants,
    }),
    ...splitRoutes(splitReporting({ db, clock, campaigns: campaign })),
    ...backtestRoutes(needs.backtests),
  ]
}
