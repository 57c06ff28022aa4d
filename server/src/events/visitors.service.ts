import type { Database } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import { dayMs } from '../lib/duration.ts'
import type { Shops } from '../shops/shops.service.ts'
import { addBotVisits, readBotVisits } from './bots.store.ts'
import { type Arrival, readVisitors, type Sight, sightOf } from './visitors.ts'

/** How long what bots sent is looked back at. */
const botDays = 30

/** Whose visits a shop leaves out, and how many there were. */
export function visitors(needs: {
  readonly db: Database
  readonly clock: Clock
  readonly shops: Pick<Shops, 'shop'>
}) {
  const { db, clock, shops } = needs
  return {
    sight: async (key: { readonly shop: ShopId }, arrival: Arrival): Promise<Sight> => {
      const { settings } = await shops.shop(key.shop)
      return sightOf(readVisitors(settings.visitors), arrival)
    },
    /** What bots sent is counted by day and bot; nobody is made of it. */
    leftOut: async (shop: ShopId, bots: ReadonlyMap<string, number>): Promise<void> => {
      const { timeZone } = await shops.shop(shop)
      await addBotVisits(db, shop, { timeZone, at: clock.now(), bots })
    },
    /** What bots sent in the last 30 days. */
    bots: (shop: ShopId) => readBotVisits(db, shop, clock.now() - botDays * dayMs),
  }
}
export type Visitors = ReturnType<typeof visitors>
