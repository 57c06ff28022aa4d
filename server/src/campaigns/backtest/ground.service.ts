import type { Pool } from '../../coupons/coupon.ts'
import type { CampaignId, ShopId } from '../../lib/brand.ts'
import type { Clock } from '../../lib/clock.ts'
import { sendingSettings } from '../../messages/sending.ts'
import type { Shop } from '../../shops/shop.ts'
import type { Shops } from '../../shops/shops.service.ts'
import type { Flow } from '../campaign.ts'
import { scheduleOf } from '../runs/due.ts'
import { productNews } from './history.store.ts'
import { needsOf, type ReplayNeeds } from './needs.ts'
import { unsellableToday } from './people.store.ts'
import type { Plan } from './plan.ts'
import { type ProductNews, shelfOf } from './shelf.ts'
import { objectIn, type SliceAsked, type SliceNeeds } from './slice.service.ts'

export type RunNeeds = SliceNeeds & {
  readonly clock: Clock
  readonly shops: Pick<Shops, 'shop'>
  readonly completeTo: (shop: ShopId) => Promise<number>
  /** The pools of these ids, as they are now. */
  readonly pools: (shop: ShopId, ids: readonly number[]) => Promise<readonly Pool[]>
}

/** One backtest as it is run; times are UTC ms, the period is `[from, to)`. A plain value, which may go from thread to thread. */
export type Run = {
  readonly shop: ShopId
  /** The campaign whose own past is left out; 0: there is none. */
  readonly campaign: number
  readonly flow: Flow
  readonly against: Flow | null
  readonly from: number
  readonly to: number
}

/** What is the same for everybody who lives through it. */
export type Ground = Awaited<ReturnType<typeof groundOf>>

/** What the shop said of its products that is looked at: the newest. */
const productNewsLimit = 200_000

/** Reads what is the same for everybody. */
export async function groundOf(needs: RunNeeds, run: Run, signal: AbortSignal) {
  const shop = await needs.shops.shop(run.shop)
  const flows = run.against ? [run.flow, run.against] : [run.flow]
  const wants = needsOf(flows)
  const pools = await needs.pools(run.shop, wants.pools)
  const sellable = await readShelf(needs, run, signal)
  const asked: SliceAsked = {
    shop,
    campaign: run.campaign,
    calls: flows.every((flow) => scheduleOf(flow) !== undefined),
    needs: wants,
    from: run.from,
    to: run.to,
    now: needs.clock.now(),
    signal,
  }
  const plans = flows.map((flow) => planOf(run, { shop, flow, wants, pools, sellable }))
  return { shop, flows, wants, pools, asked, plans }
}

function planOf(
  run: Run,
  of: {
    readonly shop: Shop
    readonly flow: Flow
    readonly wants: ReplayNeeds
    readonly pools: readonly Pool[]
    readonly sellable: Plan['sellable']
  },
): Plan {
  const { shop, flow, wants, pools, sellable } = of
  return {
    shop: shop.id,
    campaign: { id: run.campaign as CampaignId, version: 1, flow },
    timeZone: shop.timeZone,
    from: run.from,
    to: run.to,
    channels: wants.channels,
    settings: sendingSettings(shop.settings.sending),
    sellable,
    // Who gets the last one is known when everybody has asked.
    pools: pools.map(({ id, perPerson, endsAt }) => ({ id, left: null, perPerson, endsAt })),
  }
}

async function readShelf(
  needs: RunNeeds,
  run: Run,
  signal: AbortSignal,
): Promise<Plan['sellable']> {
  const news: ProductNews[] = []
  const asked = { to: run.to, limit: productNewsLimit, signal }
  for await (const rows of productNews(needs.warehouse, run.shop, asked))
    for (const row of rows)
      news.push({ at: Number(row.processed), properties: objectIn(row.properties) })
  return shelfOf(news.reverse(), new Set(await unsellableToday(needs.db, run.shop)))
}
