import type { Database, Tx } from '../database/connection.store.ts'
import type { CustomerId, ShopId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import type { Messages } from '../messages/messages.service.ts'
import type { Ready } from '../segments/ready/ready.service.ts'
import type { Shops } from '../shops/shops.service.ts'
import type { ActNeeds } from './acts.service.ts'
import { eraseConsidered } from './considered.store.ts'
import { drafts } from './drafts.service.ts'
import { eraseEnrolments } from './enrolments.store.ts'
import { flows } from './flows.service.ts'
import { countGoodsDays } from './goods-days.service.ts'
import { campaignsRoom, type LineNeeds } from './line-room.service.ts'
import type { NamedThingsNeeds } from './named-things.service.ts'
import type { PublishNeeds } from './publish.service.ts'
import { recheck } from './recheck.service.ts'
import { campaignsUsing } from './segment-users.service.ts'
import { splitLearning } from './splits.service.ts'
import { switches } from './switches.service.ts'

export type CampaignNeeds = {
  readonly db: Database
  readonly clock: Clock
  readonly shops: Shops
  readonly messages: Pick<Messages, 'decideAll' | 'publish'>
} & ActNeeds &
  NamedThingsNeeds &
  Pick<PublishNeeds, 'refuseUnapproved'>

/** Campaigns as people and the line use them. */
export function campaigns(needs: CampaignNeeds) {
  const published = flows()
  const written = drafts(needs)

  return {
    /** The room's part in the line; `segments` says who is a member at this moment of the turn. */
    room: (segments: LineNeeds['segments']) =>
      campaignsRoom({ ...needs, flows: published, segments }),
    /** What the sender asks right before it hands messages over. */
    recheck: recheck({ flows: published, clock: needs.clock }),
    /** Lets go of erased people, in the line's transaction. */
    erase: async (tx: Tx, shop: ShopId, customers: readonly CustomerId[]) => {
      await eraseEnrolments(tx, shop, { customers, now: needs.clock.now() })
      await eraseConsidered(tx, shop, customers)
    },

    /** Splits that learn look anew how they share people out. */
    learning: splitLearning({ db: needs.db, clock: needs.clock, flows: published }),

    /** Counts anew after how long goods are bought again, where a running campaign waits by it. */
    countGoodsDays: (ready: Pick<Ready, 'figures' | 'intervals'>) =>
      countGoodsDays({ db: needs.db, clock: needs.clock, flows: published, ready }),

    /** The campaigns that need a segment, by name. */
    usersOf: (shop: ShopId, segment: number) => campaignsUsing(needs.db, shop, segment),

    list: written.list,
    get: written.get,
    create: written.create,
    change: written.change,
    enrolments: written.enrolments,

    ...switches(needs),
  }
}
export type Campaigns = ReturnType<typeof campaigns>
