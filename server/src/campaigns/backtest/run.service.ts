import { mostOff, type Pool } from '../../coupons/coupon.ts'
import type { CampaignId, ShopId } from '../../lib/brand.ts'
import type { Clock } from '../../lib/clock.ts'
import { dearest } from '../../messages/price.ts'
import { sendingSettings } from '../../messages/sending.ts'
import type { Shop } from '../../shops/shop.ts'
import type { Shops } from '../../shops/shops.service.ts'
import type { Flow } from '../campaign.ts'
import { scheduleOf } from '../runs/due.ts'
import type { Simulation } from '../simulate.ts'
import { type Assumption, assumptionsOf } from './assumptions.ts'
import { type BacktestResult, type BacktestSide, backtestLimits } from './backtest.ts'
import { productNews } from './history.store.ts'
import { needsOf, type ReplayNeeds } from './needs.ts'
import type { Past } from './past.ts'
import { couponUse, unsellableToday, youngerSegments } from './people.store.ts'
import type { Plan } from './plan.ts'
import { replay } from './replay.ts'
import { leftOf, type ProductNews, shelfOf } from './shelf.ts'
import { objectIn, readSlice, type SliceAsked, type SliceNeeds } from './slice.service.ts'
import { givenOut, type PersonOutcome, sampling, type Tally, tally } from './tally.ts'
import { type Traced, tracing } from './trace.ts'
import { type Candidates, candidates } from './whom.service.ts'

export type RunNeeds = SliceNeeds & {
  readonly clock: Clock
  readonly shops: Pick<Shops, 'shop'>
  readonly completeTo: (shop: ShopId) => Promise<number>
  /** The pools of these ids, as they are now. */
  readonly pools: (shop: ShopId, ids: readonly number[]) => Promise<readonly Pool[]>
}

/** One backtest as it is run; times are UTC ms, the period is `[from, to)`. */
export type Run = {
  readonly shop: ShopId
  /** The campaign whose own past is left out; 0: there is none. */
  readonly campaign: number
  readonly flow: Flow
  readonly against: Flow | null
  readonly from: number
  readonly to: number
}

/** Stops early with what the signal says; `tell` hears of people done and in all, between slices. */
export type Watched = {
  readonly signal: AbortSignal
  readonly tell: (done: number, all: number) => void
  /** Hears of every person's way, side after side. */
  readonly onPerson?: (past: Past, run: Simulation) => void
}

/** People read at once at first; then as many as give about `rowsAimed` rows, so that no read keeps others waiting. */
const firstSlice = 200
const largestSlice = 2_000
const rowsAimed = 20_000
/** The loop is given back to others at least so often. */
const breathMs = 20
/** What the shop said of its products that is looked at: the newest. */
const productNewsLimit = 200_000

type Lived = {
  readonly plan: Plan
  readonly tally: Tally
  readonly samples: ReturnType<typeof sampling<Sample>>
}
type Sample = {
  readonly customer: number
  readonly outcome: PersonOutcome
  readonly trace: readonly Traced[]
}

/** Lets everybody who might enter live through the period again, and counts. Reads only. */
export async function runBacktest(
  needs: RunNeeds,
  run: Run,
  watched: Watched,
): Promise<BacktestResult> {
  const shop = await needs.shops.shop(run.shop)
  const flows = run.against ? [run.flow, run.against] : [run.flow]
  const wants = needsOf(flows)
  const position = await needs.completeTo(run.shop)
  const pools = await needs.pools(run.shop, wants.pools)
  const sellable = await readShelf(needs, run, watched.signal)
  const lived = flows.map(
    (flow): Lived => ({
      plan: planOf(run, { shop, flow, wants, pools, sellable }),
      tally: tally(shop.timeZone, run),
      samples: sampling<Sample>(backtestLimits.samples),
    }),
  )
  const asked: SliceAsked = {
    shop,
    campaign: run.campaign,
    calls: flows.every((flow) => scheduleOf(flow) !== undefined),
    needs: wants,
    from: run.from,
    to: run.to,
    now: needs.clock.now(),
    signal: watched.signal,
  }
  const whom = await candidates(needs, run, { flows, signal: watched.signal })
  const went = await goThrough(needs, { asked, lived, whom, watched })
  const [side, against] = await Promise.all(
    lived.map((one) => sideOf(needs, { run, shop, pools, one })),
  )
  if (!side) throw new Error('a backtest has a side')
  return {
    looked: went.people,
    happenings: went.rows,
    position,
    side,
    against: against ?? null,
    assumptions: assumptionsOf(
      await takenForGranted(needs, run, { wants, imported: went.imported }),
    ),
  }
}

async function goThrough(
  needs: RunNeeds,
  through: {
    readonly asked: SliceAsked
    readonly lived: readonly Lived[]
    readonly whom: Candidates
    readonly watched: Watched
  },
): Promise<{ readonly people: number; readonly rows: number; readonly imported: boolean }> {
  const { asked, lived, whom, watched } = through
  const { signal } = watched
  let [people, rows, imported, size] = [0, 0, false, firstSlice]
  const read = async () => {
    const slice = await whom.next(size)
    return slice.length === 0 ? undefined : { slice, ...(await readSlice(needs, asked, slice)) }
  }
  let breathed = performance.now()
  let coming = read()
  for (;;) {
    signal.throwIfAborted()
    const now = await coming
    if (!now) break
    const perPerson = Math.max(1, now.rows / now.slice.length)
    size = Math.max(1, Math.min(largestSlice, size * 2, Math.floor(rowsAimed / perPerson)))
    // The next are read while these live; should these fail, nobody waits for them any more.
    coming = read()
    coming.catch(() => undefined)
    for (const past of now.pasts) {
      imported ||= past.happenings.some(({ happening }) => happening.importId !== undefined)
      for (const one of lived) {
        const run = liveAgain(one, past)
        watched.onPerson?.(past, run)
      }
      if (performance.now() - breathed < breathMs) continue
      await new Promise((resolve) => setImmediate(resolve))
      signal.throwIfAborted()
      breathed = performance.now()
    }
    people += now.slice.length
    rows += now.rows
    watched.tell(people, whom.all)
  }
  return { people, rows, imported }
}

function liveAgain({ plan, tally: count, samples }: Lived, past: Past): Simulation {
  const { onWays, onDecision, onNotEntered } = count
  let entered = false
  const run = replay(plan, past, {
    onWays: (change) => {
      entered ||= change.after.length > 0
      onWays(change)
    },
    onDecision,
    onNotEntered,
  })
  const outcome = count.person(run)
  const { survivor: customer } = past
  // Few are shown, so they live once more and are written down.
  if (!entered || !samples.wants(outcome, customer)) return run
  const written = tracing(plan.campaign.flow)
  replay(plan, past, written)
  samples.keep(outcome, customer, { customer, outcome, trace: written.trace() })
  return run
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

async function sideOf(
  needs: RunNeeds,
  of: {
    readonly run: Run
    readonly shop: Shop
    readonly pools: readonly Pool[]
    readonly one: Lived
  },
): Promise<BacktestSide> {
  const { run, shop, pools, one } = of
  const { campaign } = run
  const side = one.tally.side()
  const use = await couponUse(needs.db, run.shop, { pools: pools.map(({ id }) => id), campaign })
  const totals = new Map(pools.map((pool) => [pool.id, pool.total]))
  const given = givenOut(one.tally.taken(), leftOf(totals, use))
  const cost = side.channels.reduce(
    (sum, { channel, sent }) => sum + sent * dearest(shop.settings, channel as 'email'),
    0,
  )
  return {
    ...side,
    cost: cost / 10_000,
    coupons: [...given].map(([id, count]) => {
      const pool = pools.find((each) => each.id === id)
      const most = pool ? mostOff(pool.discount) : 0
      return { pool: id, name: pool?.name ?? '', ...count, mostOff: (count.given * most) / 10_000 }
    }),
    samples: one.samples.all(),
  }
}

async function takenForGranted(
  { db }: RunNeeds,
  run: Run,
  { wants, imported }: { readonly wants: ReplayNeeds; readonly imported: boolean },
): Promise<readonly Assumption[]> {
  const { segments } = wants
  const younger = await youngerSegments(db, run.shop, { segments, than: run.from })
  return [
    'delivered',
    'nobody_reacts',
    'contacts_today',
    'products',
    'others_counted',
    ...(run.campaign > 0 ? (['own_left_out'] as const) : []),
    'nobody_inside',
    ...(wants.pools.length > 0 ? (['coupon_stock'] as const) : []),
    ...(wants.learns ? (['even_splits'] as const) : []),
    ...(wants.calls ? (['no_answers'] as const) : []),
    ...(younger > 0 ? (['segments_today'] as const) : []),
    ...(segments.length > 0 ? (['steps_change_no_segments'] as const) : []),
    ...(imported ? (['imported'] as const) : []),
  ]
}
