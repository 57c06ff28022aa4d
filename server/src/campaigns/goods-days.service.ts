import type { Database, Tx } from '../database/connection.store.ts'
import type { ShopId } from '../lib/brand.ts'
import type { Clock } from '../lib/clock.ts'
import { dayMs } from '../lib/duration.ts'
import { dueAfter } from '../orders/repurchase-interval.ts'
import { repurchaseDays } from '../segments/ready/figures.ts'
import type { Ready } from '../segments/ready/ready.service.ts'
import type { Flow } from './campaign.ts'
import { runningCampaigns } from './enrolments.store.ts'
import { stepsOf } from './flow-map.ts'
import type { Flows } from './flows.service.ts'
import {
  goodsCountedAt,
  readGoodsSpans,
  saveGoodsSpans,
  shopsUnderWay,
} from './goods-days.store.ts'
import { type GoodsDays, type GoodsSpan, goodsDaysOf } from './goods-days.ts'
import { waitGoodsLimit } from './steps/wait.ts'

/** A count older than this is counted anew; those who ask come hourly. */
const countedForMs = dayMs - 30 * 60_000

type Needs = {
  readonly db: Database
  readonly clock: Clock
  readonly flows: Flows
  readonly ready: Pick<Ready, 'figures' | 'intervals'>
}

/** Counts anew, once a day, after how long goods are bought again, for shops with a running campaign that waits by it. */
export async function countGoodsDays(needs: Needs): Promise<void> {
  for (const shop of await shopsUnderWay(needs.db)) {
    const at = await goodsCountedAt(needs.db, shop)
    if (at !== null && needs.clock.now() - at < countedForMs) continue
    const running = await runningCampaigns(needs.db, shop)
    const asked = running.map(({ id, version }) => ({ campaign: id, version }))
    const flowOf = await needs.flows.load(needs.db, shop, asked)
    if (!running.some(({ id, version }) => waitsDaily(flowOf(id, version)))) continue
    const spans = await spansOf(needs.ready, shop)
    await needs.db.begin((tx) => saveGoodsSpans(tx, shop, { spans, now: needs.clock.now() }))
  }
}

/** Does somebody on the flow wait by the daily count? */
function waitsDaily(flow: Flow): boolean {
  return stepsOf(flow).some((step) => step.kind === 'wait' && step.byGoods?.daily?.isOn)
}

async function spansOf(ready: Needs['ready'], shop: ShopId): Promise<readonly GoodsSpan[]> {
  const known = await ready.intervals(shop, waitGoodsLimit)
  return [
    ...known.products.map(
      ({ key, name: _, ...product }) =>
        ({ kind: 'product', key, days: dueAfter({ product }).days }) as const,
    ),
    ...known.categories.map(
      ({ key, name: _, ...category }) =>
        ({ kind: 'category', key, days: dueAfter({ category }).days }) as const,
    ),
    { kind: 'shop', key: '', days: repurchaseDays(await ready.figures(shop)).value },
  ]
}

/** The last count that a turn needs; asks nothing where no running flow waits by it. */
export async function countedGoodsDays(
  source: Database | Tx,
  shop: ShopId,
  flows: readonly Flow[],
): Promise<GoodsDays | undefined> {
  return flows.some(waitsDaily) ? goodsDaysOf(await readGoodsSpans(source, shop)) : undefined
}
