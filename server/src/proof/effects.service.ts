import type { Database } from '../database/connection.store.ts'
import type { KeptResults } from '../jobs/kept-results.service.ts'
import { assert } from '../lib/assert.ts'
import type { ShopId } from '../lib/brand.ts'
import { dayStarts, daysBetween } from '../lib/days.ts'
import { minuteMs } from '../lib/duration.ts'
import type { Shops } from '../shops/shops.service.ts'
import type { Warehouse } from '../warehouse/connection.store.ts'
import { firstDecisionAt, readGoals } from './campaign-report.store.ts'
import { capsOf } from './caps.store.ts'
import { CausedRevenue, causedRevenue } from './caused.ts'
import { comparedOf, type Drafts } from './compared.service.ts'
import { type Compared, comparedBy } from './compared.ts'
import { readCredit } from './credit.store.ts'
import { EffectReport } from './effect-report.ts'
import { readFirstOrders } from './first-orders.store.ts'
import { marginOf } from './margin.ts'
import { type OutcomesAsked, readCosts, readSpending } from './outcomes.store.ts'
import { readPageTouches } from './page-touches.store.ts'
import { reachedOf } from './reached-people.service.ts'
import { tellEffects } from './tell-effects.ts'

/** Days of a campaign's series; older ones are in its beginning. */
const seriesDays = 90
/** Small comparisons are worked out anew at once; what takes longer is shown with its time. */
const freshMs = 20_000
/** All campaigns together read much more; home is looked at all day. */
const causedFreshMs = 2 * minuteMs

type Needs = {
  readonly db: Database
  readonly warehouse: Warehouse
  readonly shops: Pick<Shops, 'shop'>
  readonly campaigns: Drafts
  readonly kept: KeptResults
}

/** What campaigns caused. Every page that says so asks here. */
export function effects(needs: Needs) {
  const { db, kept } = needs
  const answer = async (shop: ShopId, id: number, isFresh = false) => {
    // A campaign that is not there is told so, not kept.
    const compared = await comparedOf(needs, shop, id)
    const margin = marginOf((await needs.shops.shop(shop)).settings)
    return await kept.answer(shop, {
      report: 'campaign-effect',
      question: {
        ...{ campaign: id, metric: compared.metric, windowMs: compared.windowMs, margin },
        ...(compared.firstProducts ? { first: compared.firstProducts.products } : {}),
      },
      schema: EffectReport,
      freshMs,
      isFresh,
      work: (now, signal) => effectNow(needs, shop, { compared, margin, now, signal }),
    })
  }
  return {
    /** What one campaign caused, kept with its time. */
    effect: answer,

    /** Of one campaign, what became of buying; undefined while it is worked out for the first time. */
    bought: async (shop: ShopId, id: number) => {
      const told = await answer(shop, id)
      return told.state === 'ready' ? boughtOf(told.result) : undefined
    },

    /** Caused revenue of the people first messaged in the last `days`, and in as many before, kept with its time. */
    caused: async (shop: ShopId, days: number) => {
      const { timeZone, currency } = await needs.shops.shop(shop)
      return await kept.answer(shop, {
        report: 'caused-revenue',
        question: { days, timeZone, currency },
        schema: CausedRevenue,
        freshMs: causedFreshMs,
        work: async (now) => {
          // Twice the days: the period and the one before it.
          const bounds = dayStarts(now, 2 * days, timeZone)
          const goals = await readGoals(db, shop, { campaign: null, since: bounds[0] ?? 0 })
          const compared = goals.map(({ campaign, flow }) => comparedBy(campaign, flow))
          const asked = await withCaps(db, shop, { compared, currency, now, bounds })
          return causedRevenue(await readSpending(db, shop, asked), bounds, days)
        },
      })
    },
  }
}
export type Effects = ReturnType<typeof effects>

/** The outcome that every report has: a share of people who bought. Of groups that are not as set nothing is claimed. */
function boughtOf({ outcomes, isMismatched }: EffectReport) {
  const bought = outcomes.find(({ metric }) => metric === 'purchase' || metric === 'completion')
  assert(bought, 'every report tells who bought')
  const { effect } = bought
  return isMismatched ? { ...effect, verdict: 'open' as const, difference: null } : effect
}

async function effectNow(
  needs: Needs,
  shop: ShopId,
  {
    compared,
    margin,
    now,
    signal,
  }: {
    readonly compared: Compared
    readonly margin: number | null
    readonly now: number
    readonly signal: AbortSignal
  },
): Promise<EffectReport> {
  const { db } = needs
  const { campaign: id } = compared
  const { timeZone, currency } = await needs.shops.shop(shop)
  const began = await firstDecisionAt(db, shop, id)
  const days = began === null ? 0 : Math.min(seriesDays, daysBetween(began, now, timeZone))
  const bounds = dayStarts(now, days, timeZone)
  const asked = await withCaps(db, shop, { compared: [compared], currency, now, bounds })
  const { firstProducts } = compared
  const [spending, costs, reached, firstOrders, credit] = await Promise.all([
    readSpending(db, shop, asked),
    readCosts(db, shop, { ...asked, margin }),
    reachedOf(needs, shop, { asked, compared, signal }),
    firstProducts ? readFirstOrders(db, shop, { ...asked, ...firstProducts }) : undefined,
    creditOf(needs, shop, { ...compared, currency, now, signal }),
  ])
  return tellEffects({
    compared,
    rows: { spending, costs, reached, ...(firstOrders ? { firstOrders } : {}) },
    ...{ bounds, began, now, margin, credit },
    cap: asked.compared[0]?.caps.spent ?? null,
  })
}

async function withCaps(
  db: Database,
  shop: ShopId,
  asked: Omit<OutcomesAsked, 'compared'> & { readonly compared: readonly Compared[] },
): Promise<OutcomesAsked> {
  const compared = []
  for (const one of asked.compared) {
    const caps = await capsOf(db, shop, { ...one, currency: asked.currency, now: asked.now })
    compared.push({ ...one, caps })
  }
  return { ...asked, compared }
}

async function creditOf(
  { db, warehouse }: Needs,
  shop: ShopId,
  asked: Omit<Parameters<typeof readCredit>[2], 'pages'> & { readonly signal: AbortSignal },
) {
  const pages = await readPageTouches(warehouse, shop, asked)
  return await readCredit(db, shop, { ...asked, pages })
}
