import { mostOff } from '../../coupons/coupon.ts'
import { dearest } from '../../messages/price.ts'
import { type Assumption, assumptionsOf } from './assumptions.ts'
import { type BacktestResult, type BacktestSide, backtestLimits } from './backtest.ts'
import { sideOf, together } from './counts.ts'
import { type Ground, groundOf, type Run, type RunNeeds } from './ground.service.ts'
import { type Found, type Looked, liveThrough } from './live.service.ts'
import type { ReplayNeeds } from './needs.ts'
import { couponUse, youngerSegments } from './people.store.ts'
import { drawnTogether, sampling } from './samples.ts'
import { leftOf } from './shelf.ts'
import { givenOut } from './taken.ts'
import { candidates } from './whom.service.ts'

export type Watched = Pick<Looked, 'signal' | 'onPerson'> & {
  /** Hears of people done and in all. */
  readonly tell: (done: number, all: number) => void
  /** Others who take shares of the people at the same time; nobody unless told. */
  readonly helpers?: Helpers
}

/** Others, and what one of them finds of some people. */
export type Helpers = {
  readonly count: number
  /** Neighbours, who lie together in history, are dealt in blocks of so many; fewer than four blocks are worth nobody's beginning. */
  readonly block: number
  readonly live: (ids: readonly number[], tell: (done: number) => void) => Promise<Found>
}

/** Lets everybody who might enter live through the period again, and counts. Reads only. */
export async function runBacktest(
  needs: RunNeeds,
  run: Run,
  watched: Watched,
): Promise<BacktestResult> {
  const { signal, tell, helpers, onPerson } = watched
  const position = await needs.completeTo(run.shop)
  const ground = await groundOf(needs, run, signal)
  const whom = await candidates(needs, run, { flows: ground.flows, signal })
  const [mine = [], ...others] = sharesOf(whom, helpers)
  const progress = [0, ...others.map(() => 0)]
  const tellOf = (share: number) => (done: number) => {
    progress[share] = done
    tell(
      progress.reduce((sum, one) => sum + one, 0),
      whom.length,
    )
  }
  const looked = { signal, tell: tellOf(0), ...(onPerson ? { onPerson } : {}) }
  tell(0, whom.length)
  const found = await Promise.all([
    liveThrough(needs, { run, ground, ids: mine }, looked),
    ...others.flatMap((ids, at) => helpers?.live(ids, tellOf(at + 1)) ?? []),
  ])
  const [side, against] = await Promise.all(
    ground.plans.map((_, at) => wholeSide(needs, { run, ground, at, found })),
  )
  if (!side) throw new Error('a backtest has a side')
  const imported = found.some((one) => one.imported)
  const assumed = await takenForGranted(needs, run, { wants: ground.wants, imported })
  return {
    looked: found.reduce((sum, one) => sum + one.people, 0),
    happenings: found.reduce((sum, one) => sum + one.rows, 0),
    position,
    side,
    against: against ?? null,
    assumptions: assumptionsOf(assumed),
  }
}

function sharesOf(
  ids: readonly number[],
  helpers: Helpers | undefined,
): readonly (readonly number[])[] {
  if (!helpers || ids.length < 4 * helpers.block) return [ids]
  const count = helpers.count + 1
  return Array.from({ length: count }, (_, share) =>
    ids.filter((_, at) => Math.floor(at / helpers.block) % count === share),
  )
}

async function wholeSide(
  needs: RunNeeds,
  of: {
    readonly run: Run
    readonly ground: Ground
    readonly at: number
    readonly found: readonly Found[]
  },
): Promise<BacktestSide> {
  const { run, ground, at } = of
  const { campaign } = run
  const { shop, pools } = ground
  const mine = of.found.flatMap((one) => one.sides[at] ?? [])
  const counts = together(mine.map((one) => one.counts))
  if (!counts) throw new Error('somebody counted')
  const side = sideOf(counts)
  const use = await couponUse(needs.db, run.shop, { pools: pools.map(({ id }) => id), campaign })
  const totals = new Map(pools.map((pool) => [pool.id, pool.total]))
  const given = givenOut(counts.taken, leftOf(totals, use))
  const cost = side.channels.reduce(
    (sum, { channel, sent }) => sum + sent * dearest(shop.settings, channel as 'email'),
    0,
  )
  const room = backtestLimits.samples
  const kept = drawnTogether(
    mine.map((one) => one.kept),
    room,
  )
  return {
    ...side,
    cost: cost / 10_000,
    coupons: [...given].map(([id, count]) => {
      const pool = pools.find((each) => each.id === id)
      const most = pool ? mostOff(pool.discount) : 0
      return { pool: id, name: pool?.name ?? '', ...count, mostOff: (count.given * most) / 10_000 }
    }),
    samples: sampling(room, kept).all(),
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
