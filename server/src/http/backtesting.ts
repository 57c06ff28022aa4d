import { type Backtests, backtests } from '../campaigns/backtest/backtests.service.ts'
import type { Consent } from '../consent/consent.service.ts'
import type { Coupons } from '../coupons/coupons.service.ts'
import type { Database } from '../database/connection.store.ts'
import type { History } from '../events/history.service.ts'
import type { Clock } from '../lib/clock.ts'
import { gather } from '../messages/facts.service.ts'
import type { Shops } from '../shops/shops.service.ts'
import type { Warehouse } from '../warehouse/connection.store.ts'

/** Backtests with what they need of the other rooms. */
export function backtesting(needs: {
  readonly db: Database
  readonly warehouse: Warehouse
  readonly clock: Clock
  readonly tenants: Pick<Shops, 'shop'>
  readonly ledger: Consent
  readonly coupon: Pick<Coupons, 'pools'>
  readonly past: Pick<History, 'completeTo'>
}): Backtests {
  const { db, warehouse, clock } = needs
  return backtests({
    db,
    warehouse,
    clock,
    shops: needs.tenants,
    completeTo: needs.past.completeTo,
    pools: (shop, ids) => needs.coupon.pools(db, shop, ids),
    gather: (shop, { now, customers, channel }) =>
      gather({ consent: needs.ledger }, db, {
        shop: shop.id,
        now,
        asked: customers.map((customer) => ({ customer, channel, products: [] })),
        tradesWith: false,
      }),
  })
}
