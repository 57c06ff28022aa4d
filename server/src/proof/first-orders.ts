import { z } from 'zod'
import type { Flow } from '../campaigns/campaign.ts'
import { stepsOf } from '../campaigns/flow-map.ts'
import { chainOf } from '../campaigns/steps/message.ts'
import { dayMs } from '../lib/duration.ts'
import { effectOf } from '../statistics/effect.ts'
import { rateSums } from '../statistics/sums.ts'
import { EffectAnswer } from './effect-answer.ts'
import type { Place } from './outcome-sums.ts'
import { strataOf } from './strata.ts'

/** A first order belongs to a campaign for first products when it was paid so many days after the decision at most. */
export const firstOrderDays = 7

/** What is asked of first orders: that there was one, that it held the campaign's products, that a second followed in time. */
export const firstOrderKinds = [
  'ordered',
  'with_products',
  'again_30',
  'again_60',
  'again_90',
] as const
export type FirstOrderKind = (typeof firstOrderKinds)[number]

/** Within how many days of the first order a second one counts; null: no second one is asked for. */
export function againDays(kind: FirstOrderKind): number | null {
  switch (kind) {
    case 'ordered':
    case 'with_products':
      return null
    case 'again_30':
      return 30
    case 'again_60':
      return 60
    case 'again_90':
      return 90
  }
}

/** How long after the decision a person's answer is known, whatever they did. */
export function spanMs(kind: FirstOrderKind): number {
  return (firstOrderDays + (againDays(kind) ?? 0)) * dayMs
}

/** The products a campaign puts before people; null: it chooses for each. */
export type FirstProducts = { readonly products: readonly string[] | null }

/** What a flow recommends as first products: those chosen by hand, or the best ones; undefined where it does neither. */
export function firstProductsOf(flow: Pick<Flow, 'steps'>): FirstProducts | undefined {
  const recipes = stepsOf(flow).flatMap((step) =>
    step.kind === 'message'
      ? chainOf(step).flatMap(({ content }) =>
          'recommend' in content && content.recommend ? [content.recommend] : [],
        )
      : [],
  )
  const chosen = recipes.filter(({ strategy }) => strategy === 'chosen')
  if (chosen.length > 0)
    return { products: [...new Set(chosen.flatMap(({ products }) => products))].toSorted() }
  const isBest = recipes.some(({ strategy }) => strategy === 'best_first_products')
  return isBest ? { products: null } : undefined
}

/** People of one place who had never ordered when it was decided: how many, who ordered first in time, and of whom the kind holds. */
export type FirstOrderSums = Omit<Place, 'bucket'> & {
  readonly kind: FirstOrderKind
  readonly people: number
  readonly ordered: number
  readonly did: number
}

const Count = z.number().int()
const Among = z.object({ ordered: Count, did: Count })

/** First and second orders of people who had never ordered; every interval holds at every look. */
export const FirstOrders = z.object({
  products: z
    .array(z.string())
    .readonly()
    .nullable()
    .describe('What the campaign shows; null: it chooses for each person.'),
  withinDays: Count.describe(
    'A first order counts when it was paid so many days after the decision.',
  ),
  outcomes: z
    .array(
      z.object({
        kind: z.enum(firstOrderKinds),
        againDays: Count.nullable(),
        effect: EffectAnswer.describe('Of everybody assigned whose time is over.'),
        among: z
          .object({ treatment: Among, holdout: Among })
          .nullable()
          .describe('Of those who ordered, a fact: who orders is not drawn by lot.'),
        open: Count.describe('People whose time is not over; they are not in it.'),
      }),
    )
    .readonly(),
})
export type FirstOrders = z.infer<typeof FirstOrders>

/** Every kind from its sums; null where nobody compared had never ordered. */
export function tellFirstOrders(
  rows: readonly FirstOrderSums[],
  { products }: FirstProducts,
): FirstOrders | null {
  if (rows.length === 0) return null
  const kinds = firstOrderKinds.filter((kind) => kind !== 'with_products' || products !== null)
  return {
    products,
    withinDays: firstOrderDays,
    outcomes: kinds.map((kind) => tellKind(rows, kind)),
  }
}

function tellKind(rows: readonly FirstOrderSums[], kind: FirstOrderKind) {
  const mine = rows.filter((row) => row.kind === kind && !row.mixed)
  const placed = mine.map((row) => ({ ...row, bucket: 0, sums: rateSums(row.people, row.did) }))
  const side = (arm: Place['arm']) => {
    const over = mine.filter((row) => row.over && row.arm === arm)
    return {
      ordered: over.reduce((sum, row) => sum + row.ordered, 0),
      did: over.reduce((sum, row) => sum + row.did, 0),
    }
  }
  return {
    kind,
    againDays: againDays(kind),
    effect: effectOf(strataOf(placed), 'rate'),
    among: kind === 'ordered' ? null : { treatment: side('treatment'), holdout: side('holdout') },
    open: mine.reduce((sum, row) => sum + (row.over ? 0 : row.people), 0),
  }
}
