import type { Database } from '../database/connection.store.ts'
import type { KeptResults } from '../jobs/kept-results.service.ts'
import type { ShopId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import { dayStarts, daysBetween } from '../lib/days.ts'
import { dayMs } from '../lib/duration.ts'
import { sendingSettings } from '../messages/sending.ts'
import type { Shops } from '../shops/shops.service.ts'
import { capsAt } from './caps.store.ts'
import { EffectReport } from './effect-report.ts'
import { readCosts, readSpending } from './outcomes.store.ts'
import { advertisedTo, shopWideBegan } from './shop-wide.store.ts'
import { tellEffects } from './tell-effects.ts'

/** What people do is looked at for so long after the first message of any campaign. */
const windowMs = 30 * dayMs
/** The price is told by the people of so many days. */
const priceDays = 28
const seriesDays = 90
const freshMs = 20_000
const noCredit = { orders: 0, revenue: 0 }

type Needs = {
  readonly db: Database
  readonly clock: Clock
  readonly shops: Pick<Shops, 'shop'>
  readonly kept: KeptResults
}

/** What all campaigns together caused: against the people who get no advertising from any of them. */
export function shopWide(needs: Needs) {
  const { db, kept } = needs
  return {
    /** The share held out now, and how many people advertising reached or would have in the last four weeks. */
    price: async (shop: ShopId) => {
      const { settings } = await needs.shops.shop(shop)
      const since = needs.clock.now() - priceDays * dayMs
      return {
        share: sendingSettings(settings.sending).shopHoldout,
        days: priceDays,
        people: await advertisedTo(db, shop, since),
        began: await shopWideBegan(db, shop),
      }
    },

    /** The comparison, kept with its time. */
    effect: async (shop: ShopId, isFresh = false) =>
      await kept.answer(shop, {
        report: 'shop-wide-effect',
        question: { windowMs },
        schema: EffectReport,
        freshMs,
        isFresh,
        work: (now) => effectNow(needs, shop, now),
      }),
  }
}
export type ShopWide = ReturnType<typeof shopWide>

async function effectNow(needs: Needs, shop: ShopId, now: number): Promise<EffectReport> {
  const { db } = needs
  const { timeZone, currency } = await needs.shops.shop(shop)
  const began = await shopWideBegan(db, shop)
  const days = began === null ? 0 : Math.min(seriesDays, daysBetween(began, now, timeZone))
  const bounds = dayStarts(now, days, timeZone)
  const caps = await capsAt(db, shop, { windowMs, currency, began: began ?? now })
  const compared = { campaign: 0, windowMs, metric: 'purchase', isOfCarts: false } as const
  const asked = { compared: [{ ...compared, caps }], currency, now, bounds, isShopWide: true }
  const [spending, costs] = await Promise.all([
    readSpending(db, shop, asked),
    readCosts(db, shop, { ...asked, margin: null }),
  ])
  const report = tellEffects({
    compared,
    rows: { spending, costs, reached: undefined },
    ...{ bounds, began, now, margin: null, cap: caps.spent },
    credit: { lastTouch: noCredit, click: noCredit, coupon: noCredit },
  })
  // What sending cost is told campaign by campaign, so there is no profit here.
  return { ...report, outcomes: report.outcomes.filter((one) => one.metric !== 'profit') }
}
