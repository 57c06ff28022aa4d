import type { Catalog } from '../catalog/catalog.service.ts'
import type { KeptResults } from '../jobs/kept-results.service.ts'
import type { ShopId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import { dayMs } from '../lib/duration.ts'
import type { Shop } from '../shops/shop.ts'
import type { Shops } from '../shops/shops.service.ts'
import { wilson } from '../statistics/intervals.ts'
import { shareInterval } from '../statistics/survival.ts'
import type { Warehouse } from '../warehouse/connection.store.ts'
import type { Asked, Lives } from './buys.store.ts'
import { productCounts } from './counts.store.ts'
import { type LifeRules, refreshLives } from './lives.store.ts'
import { curvesOf } from './measures.ts'
import { buyersOf, cohortsOf } from './people.store.ts'
import {
  type FirstPurchaseAsked,
  FirstPurchaseReport,
  FirstPurchaseSettings,
  type ProductDetail,
} from './report.ts'
import { type Prepared, workOut } from './work-out.service.ts'

export type FirstPurchaseNeeds = {
  readonly shops: Pick<Shops, 'shop'>
  readonly catalog: Pick<Catalog, 'listed'>
  readonly warehouse: Warehouse
  readonly kept: Pick<KeptResults, 'answer'>
  readonly clock: Clock
  /** Log position that history is complete to. */
  readonly completeTo: (shop: ShopId) => Promise<number>
}

/** Which first products make regulars: the table, one product's curves and months, and its first buyers. */
export function firstPurchase(needs: FirstPurchaseNeeds) {
  const { warehouse } = needs
  const refreshed = new Map<ShopId, Promise<unknown>>()

  // One after another for a shop: two at once would write each life twice.
  const refresh = async (shop: ShopId, asked: Parameters<typeof refreshLives>[2]) => {
    const before = refreshed.get(shop) ?? Promise.resolve()
    const mine = before.then(() => refreshLives(warehouse, shop, asked))
    refreshed.set(
      shop,
      mine.catch(() => undefined),
    )
    return await mine
  }

  const prepared = async (
    id: ShopId,
    query: FirstPurchaseAsked,
    now: number,
  ): Promise<Prepared> => {
    const [shop, listed, completeTo] = await Promise.all([
      needs.shops.shop(id),
      needs.catalog.listed(id),
      needs.completeTo(id),
    ])
    const settings = settingsOf(shop)
    const lives = await refresh(id, { rules: rulesOf(shop, listed), completeTo })
    return { shop, listed, completeTo, settings, asked: askedOf(query, { settings, now, lives }) }
  }

  const work = async (shop: ShopId, query: FirstPurchaseAsked, now: number) =>
    workOut(warehouse, await prepared(shop, query, now), query)

  return {
    /** The table, kept: the newest there is with its time, a newer one behind it. */
    report: async (shop: ShopId, query: FirstPurchaseAsked, isFresh: boolean) =>
      needs.kept.answer(shop, {
        report: 'first-purchase',
        question: { ...query, settings: settingsOf(await needs.shops.shop(shop)) },
        schema: FirstPurchaseReport,
        work: (now) => work(shop, query, now),
        isFresh,
      }),
    /** The table as of now, worked out at once. */
    workOut: (shop: ShopId, query: FirstPurchaseAsked) => work(shop, query, needs.clock.now()),
    detail: async (
      id: ShopId,
      product: string,
      query: FirstPurchaseAsked,
    ): Promise<ProductDetail> => {
      const { shop, asked } = await prepared(id, query, needs.clock.now())
      const one = { ...asked, product }
      const [[counts], cohorts] = await Promise.all([
        productCounts(warehouse, id, { ...one, limit: 1 }),
        cohortsOf(warehouse, id, { ...one, zone: shop.timeZone }),
      ])
      const curves = counts && curvesOf(counts.followed, asked.horizonDays)
      return {
        product,
        curve: (curves?.back ?? []).map((at) => {
          const { value, low, high } = shareInterval(at)
          const mean = curves?.often[at.day]?.value ?? null
          return { day: at.day, atRisk: at.atRisk, value, low, high, mean }
        }),
        cohorts: cohorts.map((one) => ({
          ...one,
          ...(one.mature > 0
            ? wilson({ people: one.mature, reached: one.repeaters })
            : { low: 0, high: 1 }),
        })),
        asOf: asked.asOf,
      }
    },
    buyers: async (
      shop: ShopId,
      product: string,
      of: {
        readonly query: FirstPurchaseAsked
        readonly after: { readonly firstAt: number; readonly customer: number } | undefined
        readonly limit: number
      },
    ) => {
      const { asked } = await prepared(shop, of.query, needs.clock.now())
      return buyersOf(warehouse, shop, { ...asked, product, after: of.after, limit: of.limit })
    },
  }
}
export type FirstPurchase = ReturnType<typeof firstPurchase>

/** The report's section of a shop's settings. */
export function settingsOf(shop: Pick<Shop, 'settings'>): FirstPurchaseSettings {
  const found = FirstPurchaseSettings.safeParse(shop.settings.firstPurchase ?? {})
  return found.success ? found.data : { ordersKnownSince: null }
}

function rulesOf(shop: Shop, listed: Prepared['listed']): LifeRules {
  const variants = listed.flatMap(({ id, parent }) => (parent === null ? [] : [{ id, parent }]))
  return {
    currency: shop.currency,
    variants: variants.map(({ id }) => id),
    parents: variants.map(({ parent }) => parent),
  }
}

function askedOf(
  query: FirstPurchaseAsked,
  by: {
    readonly settings: FirstPurchaseSettings
    readonly now: number
    readonly lives: Lives
  },
): Asked {
  const { now, lives, settings } = by
  return {
    ...lives,
    asOf: now,
    from: query.from ?? (query.days === undefined ? undefined : now - query.days * dayMs),
    to: query.to,
    horizonDays: query.horizon_days,
    minGapDays: query.min_gap_days,
    credit: query.credit,
    mode: query.mode,
    channel: query.channel,
    discounted: query.discount,
    withoutRenewals: query.without_renewals,
    ordersKnownSince: settings.ordersKnownSince ?? undefined,
  }
}
