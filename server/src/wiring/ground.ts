import { catalog } from '../catalog/catalog.service.ts'
import { channels } from '../channels/channels.service.ts'
import { kakao } from '../channels/kakao/kakao.service.ts'
import type { Config } from '../config.ts'
import { wantCoupons } from '../connect/platform/errands.service.ts'
import { consent } from '../consent/consent.service.ts'
import { wordings } from '../consent/wordings.service.ts'
import { coupons } from '../coupons/coupons.service.ts'
import { customers } from '../customers/customers.service.ts'
import type { Database } from '../database/connection.store.ts'
import { assignments } from '../experiments/assignments.service.ts'
import type { Log } from '../http/log.ts'
import { images } from '../images/images.service.ts'
import { press } from '../images/press.driver.ts'
import { keptResults } from '../jobs/kept-results.service.ts'
import type { Clock } from '../lib/clock.ts'
import { readOrdered } from '../orders/coupon-use.store.ts'
import { listActs } from '../segments/lists/list-acts.service.ts'
import { keys } from '../shops/keys.service.ts'
import { members } from '../shops/members.service.ts'
import { shops } from '../shops/shops.service.ts'
import { vault } from '../vault/vault.service.ts'
import type { Warehouse } from '../warehouse/connection.store.ts'
import { placesOfImages } from './image-places.ts'

export type HouseNeeds = {
  readonly config: Config
  readonly db: Database
  /** Where it is, for threads that open connections of their own. */
  readonly databaseUrl: string
  readonly warehouse: Warehouse
  readonly secret: Uint8Array
  /** Keys that came with a shop from another installation, by purpose. */
  readonly carriedKeys?: ReadonlyMap<string, string>
  readonly clock: Clock
  readonly log: Log
  readonly demoShopUrl?: string
}

export type Ground = ReturnType<typeof groundFloor>

/** Rooms that stand on the tables alone. */
export function groundFloor(needs: HouseNeeds) {
  const { db, clock, secret, config, log } = needs
  const safe = vault(secret, needs.carriedKeys)
  const coupon = coupons({ ordered: readOrdered, wantAtPlatform: wantCoupons })
  const mailReach = { privateHosts: config.mailHosts }
  const tenants = shops({ db, clock })
  return {
    safe,
    tenants,
    kept: keptResults({ db, clock, onError: (error) => log.failed(error, 'reports') }),
    apiKeys: keys({ db, clock }),
    people: members({ db, clock }),
    customer: customers({ db, vault: safe }),
    ledger: consent({ db }),
    wording: wordings({ db, clock }),
    products: catalog({ db }),
    coupon,
    /** What steps of campaigns have done. */
    acts: { coupons: coupon, assignments: assignments(), lists: listActs() },
    mailReach,
    carriers: channels({ db, vault: safe, mailReach }),
    pictures: images({
      db,
      clock,
      vault: safe,
      press: press(),
      audit: tenants.audit,
      ...placesOfImages({ db, shops: tenants }),
    }),
    kakaoRoom: kakao({ db, clock, shops: tenants, vault: safe }),
  }
}
