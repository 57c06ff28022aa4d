import type { GoalMetric } from '../campaigns/goal-metric.ts'
import { dayMs, hourMs } from '../lib/duration.ts'
import { effectOf } from '../statistics/effect.ts'
import { isMismatched } from '../statistics/sample-ratio.ts'
import type { Compared } from './compared.ts'
import type { EffectReport } from './effect-report.ts'
import { type FirstOrderSums, tellFirstOrders } from './first-orders.ts'
import {
  daysOf,
  guardKinds,
  guardPlaced,
  measureOf,
  profitPlaced,
  reachedPlaced,
  spendingPlaced,
  totalOf,
} from './measures.ts'
import type { CostSums, Person, SpendingSums } from './outcome-sums.ts'
import { type Placed, sharedOut, strataOf } from './strata.ts'

/** Above this share of people who met both groups something about how people are told apart is wrong (law 8). */
const mixedLimit = 0.02
/** The pace is that of the last weeks. */
const paceDays = 28

type Read = {
  readonly spending: readonly SpendingSums[]
  readonly costs: readonly CostSums[]
  readonly reached:
    | { readonly people: readonly Person[]; readonly reached: ReadonlySet<number> }
    | undefined
  /** Of campaigns that recommend first products. */
  readonly firstOrders?: readonly FirstOrderSums[]
}

type Told = {
  readonly compared: Compared
  readonly rows: Read
  readonly bounds: readonly number[]
  /** When the campaign first decided, UTC ms; null before. */
  readonly began: number | null
  readonly now: number
  readonly margin: number | null
  readonly cap: number | null
  readonly credit: EffectReport['credit']
}

/** The whole report from what was read. */
export function tellEffects(told: Told): EffectReport {
  const { compared, rows, bounds } = told
  const { metric, windowMs } = compared
  const all = rows.spending.reduce((sum, { people }) => sum + people, 0)
  const count = (test: (row: SpendingSums) => boolean) =>
    rows.spending.reduce((sum, row) => sum + (test(row) ? row.people : 0), 0)
  const mixed = count((row) => row.mixed)
  const shared = sharedOut(rows.spending)
  return {
    metric,
    windowHours: windowMs / hourMs,
    outcomes: metricsOf(told).map((one) => {
      const measure = measureOf(one)
      const effect = effectOf(strataOf(placedOf(rows, one)), measure)
      return { metric: one, measure, effect, total: totalOf(effect) }
    }),
    firstOrders:
      rows.firstOrders && compared.firstProducts
        ? tellFirstOrders(rows.firstOrders, compared.firstProducts)
        : null,
    guards: guardKinds.map((kind) => ({
      kind,
      effect: effectOf(strataOf(guardPlaced(rows, kind)), 'rate'),
    })),
    segments: [false, true].map((boughtBefore) => ({
      boughtBefore,
      effect: buyingOf(rows.spending.filter((row) => row.boughtBefore === boughtBefore)),
    })),
    days: daysOf(placedOf(rows, metric), { metric, bounds, windowMs }),
    open: count((row) => !row.over && !row.mixed),
    mixed,
    isMixedMuch: mixed > mixedLimit * all,
    isMismatched: isMismatched(shared),
    shares: shared.map(({ share }) => share).toSorted((a, b) => a - b),
    perWeek: perWeek(told),
    cap: told.cap,
    margin: told.margin,
    sending: rows.costs.reduce((sum, row) => sum + row.sending, 0),
    credit: told.credit,
  }
}

/** What is told of a campaign: its own outcome first, then what matters to any shop. */
function metricsOf({ compared: { metric, isOfCarts } }: Told): readonly GoalMetric[] {
  const isBuying = metric === 'purchase' || metric === 'completion'
  const bought = isBuying ? metric : isOfCarts ? 'completion' : 'purchase'
  return [...new Set<GoalMetric>([metric, bought, 'orders', 'revenue', 'profit'])]
}

/** Two looks at the same people are held to more, each (Bonferroni). */
function buyingOf(rows: readonly SpendingSums[]) {
  return effectOf(strataOf(spendingPlaced(rows, 'purchase')), 'rate', 1 - 0.05 / 2)
}

function placedOf(rows: Read, metric: GoalMetric): readonly Placed[] {
  switch (metric) {
    case 'sign_up':
    case 'revisit':
      return rows.reached ? reachedPlaced(rows.reached.people, rows.reached.reached) : []
    case 'profit':
      return profitPlaced(rows.costs)
    default:
      return spendingPlaced(rows.spending, metric)
  }
}

/** People decided on in a week, of the last four at most. */
function perWeek({ rows, bounds, began, now }: Told): number {
  if (began === null) return 0
  const from = Math.max(0, bounds.length - paceDays)
  const people = rows.spending.reduce((sum, row) => sum + (row.bucket > from ? row.people : 0), 0)
  const since = Math.max(began, bounds[from] ?? began)
  return (people * 7 * dayMs) / Math.max(dayMs, now - since)
}
