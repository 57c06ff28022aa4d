import { flows } from '../campaigns/flows.service.ts'
import { previews } from '../campaigns/preview.service.ts'
import { contactKey } from '../customers/contact.ts'
import { connectDatabase } from '../database/connection.store.ts'
import { visitors } from '../events/visitors.service.ts'
import { assignments } from '../experiments/assignments.service.ts'
import { drawingOf } from '../http/drawing.ts'
import { waitingMessages } from '../messages/onsite/waiting.service.ts'
import { couponsOnPage } from '../onsite/coupon-words.service.ts'
import { formsSent } from '../onsite/form-sent.service.ts'
import { liveCampaigns } from '../onsite/live.service.ts'
import { meeting } from '../onsite/meet.service.ts'
import { onsitePages } from '../onsite/onsite.routes.ts'
import { onsite } from '../onsite/onsite.service.ts'
import { couponPresses } from '../onsite/press.service.ts'
import { previewedOnPage } from '../onsite/previewed.service.ts'
import { waitingShown } from '../onsite/waiting-shown.service.ts'
import { registers } from '../segments/registers.service.ts'
import type { HouseNeeds } from './ground.ts'
import type { Rooms } from './line-rooms.ts'

/** Connections that read who visits; four keep up with hundreds of page views a second. */
const visitorConnections = 4

/** What the script on the shop's pages asks for messages; `stop` closes the connections it opened. */
export function onsiteHouse(
  {
    config,
    db,
    databaseUrl,
    clock,
    log,
  }: Pick<HouseNeeds, 'config' | 'db' | 'databaseUrl' | 'clock' | 'log'>,
  rooms: Rooms,
) {
  const visitorsDb = connectDatabase(databaseUrl, { max: visitorConnections, plansOnce: true })
  const { safe, tenants, door, coupon, message, recommended, apiKeys, wording, campaign } = rooms
  const published = flows()
  const live = liveCampaigns({
    db,
    clock,
    flows: published,
    assignments: assignments(),
    registers: registers(),
    contents: message,
  })
  const pages = onsitePages({
    onsite: onsite({
      clock,
      shops: tenants,
      live,
      meet: meeting({ db: visitorsDb, clock, vouches: safe.vouchesFor }),
      coupons: couponsOnPage({ db, clock, coupons: coupon }),
      tables: recommended.tables,
      accept: door.accept,
      signer: safe,
      fromFlows: waitingShown({
        db,
        waiting: waitingMessages({ db, clock, recheck: campaign.recheck }),
        contents: message,
        signer: safe,
      }),
    }),
    press: couponPresses({
      db,
      clock,
      shops: tenants,
      flows: published,
      coupons: coupon,
      signer: safe,
    }),
    form: formsSent({
      db,
      clock,
      flows: published,
      wordings: wording,
      accept: door.accept,
      signer: safe,
      protect: (kind, address) => contactKey(safe, kind, address),
    }),
    previews: previewedOnPage({
      db,
      clock,
      shops: tenants,
      campaigns: campaign,
      previews: previews(drawingOf({ config, db, clock, ...rooms })),
      coupons: coupon,
      signer: safe,
    }),
    sight: visitors({ db, clock, shops: tenants }).sight,
    resolveKey: apiKeys.resolve,
    onError: (error) => log.failed(error, 'onsite'),
  })
  return { pages, stop: () => visitorsDb.end() }
}
