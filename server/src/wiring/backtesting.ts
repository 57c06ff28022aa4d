import type { RunNeeds } from '../campaigns/backtest/ground.service.ts'
import { consent } from '../consent/consent.service.ts'
import { coupons } from '../coupons/coupons.service.ts'
import type { Database } from '../database/connection.store.ts'
import { history } from '../events/history.service.ts'
import type { Clock } from '../lib/clock.ts'
import { gather } from '../messages/facts.service.ts'
import { readOrdered } from '../orders/coupon-use.store.ts'
import { shops } from '../shops/shops.service.ts'
import type { Warehouse } from '../warehouse/connection.store.ts'

/** What backtests need of the other rooms, all of it reading, over connections of whoever runs them. */
export function replayNeeds(over: {
  readonly db: Database
  readonly warehouse: Warehouse
  readonly clock: Clock
}): RunNeeds {
  const { db } = over
  const ledger = consent({ db })
  const coupon = coupons({ ordered: readOrdered })
  return {
    ...over,
    shops: shops(over),
    completeTo: history(over).completeTo,
    pools: (shop, ids) => coupon.pools(db, shop, ids),
    gather: (shop, { now, customers, channel }) =>
      gather({ consent: ledger }, db, {
        shop: shop.id,
        now,
        asked: customers.map((customer) => ({ customer, channel, products: [] })),
        tradesWith: false,
      }),
  }
}
