import type { Database } from '../../database/connection.store.ts'
import type { ShopId } from '../../lib/brand.ts'
import { Refusal } from '../../lib/refusal.ts'
import type { Shops } from '../../shops/shops.service.ts'
import type { Warehouse } from '../../warehouse/connection.store.ts'
import type { EffectReport } from '../effect-report.ts'
import { marginOf } from '../margin.ts'
import { readCosts, readSpending } from '../outcomes.store.ts'
import { reachedOf } from '../reached-people.service.ts'
import { tellEffects } from '../tell-effects.ts'
import type { SplitRow } from './splits.store.ts'

const noCredit = { orders: 0, revenue: 0 }

/**
 * What sending to one list and not to the other caused: everyone is in the group they were drawn into, from the instant of the
 * draw, whoever really got something. What the other tool's sending cost is not known, so there is no profit.
 */
export async function splitEffect(
  needs: {
    readonly db: Database
    readonly warehouse: Warehouse
    readonly shops: Pick<Shops, 'shop'>
  },
  shop: ShopId,
  {
    row,
    now,
    signal,
  }: { readonly row: SplitRow; readonly now: number; readonly signal: AbortSignal },
): Promise<EffectReport> {
  const { drawnAt, windowMs, metric } = row
  if (drawnAt === null) throw new Refusal('conflict', 'The lists are not drawn yet.')
  const { settings, currency } = await needs.shops.shop(shop)
  const compared = { campaign: row.id, windowMs, metric, isOfCarts: false }
  const asked = {
    compared: [{ ...compared, caps: { spent: row.cap, spentBefore: row.capBefore } }],
    currency: row.currency ?? currency,
    now,
    bounds: [drawnAt],
    isOutside: true,
  }
  const margin = marginOf(settings)
  const [spending, costs, reached] = await Promise.all([
    readSpending(needs.db, shop, asked),
    readCosts(needs.db, shop, { ...asked, margin }),
    reachedOf(needs, shop, { asked, compared, signal }),
  ])
  const report = tellEffects({
    compared,
    rows: { spending, costs, reached },
    ...{ bounds: asked.bounds, began: drawnAt, now, margin, cap: row.cap },
    credit: { lastTouch: noCredit, click: noCredit, coupon: noCredit },
  })
  return {
    ...report,
    // Everybody came at once: nobody is on the way.
    perWeek: 0,
    outcomes: report.outcomes.filter((one) => one.metric !== 'profit'),
  }
}
