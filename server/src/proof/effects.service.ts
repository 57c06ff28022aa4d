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
  const answer = async (
    shop: ShopId,
    id: number,
    { isFresh = false, waitMs }: { readonly isFresh?: boolean; readonly waitMs?: number } = {},
  ) => {
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
      ...(waitMs === undefined ? {} : { waitMs }),
      work: (now, signal) => effectNow(needs, shop, { compared, margin, now, signal }),
    })
  }
  return {
    /** What one campaign caused, kept with its time. */
    effect: answer,

    /**
     * Of one campaign, what became of its own outcome, as its report says it, and when that was counted; undefined while it is
     * worked out for the first time. `waitMs`: how long to wait for what is not counted yet, or not of late.
     */
    own: async (shop: ShopId, id: number, waitMs?: number) => {
      const told = await answer(shop, id, waitMs === undefined ? {} : { waitMs })
      return told.state === 'ready' ? { ...ownOf(told.result), madeAt: told.madeAt } : undefined
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

/** What the campaign is judged by. Of groups that are not as set nothing is claimed. */
function ownOf({ outcomes, metric, margin, isMismatched }: EffectReport) {
  const [own] = outcomes
  assert(own?.metric === metric, 'the first outcome of a report is its own')
  const nothing = { verdict: 'open', difference: null, needsMore: null } as const
  const effect = isMismatched ? { ...own.effect, ...nothing } : own.effect
  return { ...effect, metric, margin, isMismatched }
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
