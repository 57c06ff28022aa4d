import {
  type FunnelCounts,
  type FunnelStep,
  stepEvents,
} from '../../../server/src/insight/funnel.ts'
import type { Condition, Definition } from '../../../server/src/segments/definition.ts'
import type { Filter } from '../../../server/src/segments/filter.ts'

/** The playbook that speaks to those who left before a step. */
export const playbookBefore = {
  search: 'visit_no_signup',
  view: 'visit_no_signup',
  cart: 'product_view_no_purchase',
  checkout: 'cart_abandonment',
  order: 'checkout_abandonment',
} as const satisfies Partial<Record<FunnelStep, string>>

/** Where somebody who searched left before looking at a product. */
export const playbookAfterSearch = 'search_no_purchase'
/** For those who came all the way. */
export const playbookAfterOrder = 'repurchase_due'

type Asked = {
  /** Days until now; 0 is today by the clocks of `zone`. */
  readonly days: number
  readonly zone: string
  /** Where the visit began; undefined: anywhere, or where no name is known. */
  readonly source: string | undefined
  readonly segment: number | undefined
  readonly product: string | undefined
  readonly category: string | undefined
}

/**
 * Who reached a step in the last days and not the next one: the people of a drop as a segment, which goes on living. It counts
 * people as they are now, so it is near the funnel's number and never the same.
 */
export function leaversOf(from: FunnelStep, to: FunnelStep, asked: Asked): Definition {
  const all: readonly Condition[] = [
    ...(asked.segment === undefined ? [] : [{ kind: 'segment' as const, segment: asked.segment }]),
    ...(asked.source === undefined || from === 'visit' ? [] : [reached('visit', asked)]),
    reached(from, asked),
    { kind: 'not', of: reached(to, asked) },
  ]
  return { format: 1, where: { kind: 'all', of: all } }
}

function reached(step: FunnelStep, asked: Asked): Condition {
  const names =
    step === 'visit' ? ['Visit Started'] : step === 'order' ? ['Order Completed'] : stepEvents[step]
  const did = names.map(
    (event): Condition => ({
      kind: 'event',
      event,
      window:
        asked.days === 0
          ? { kind: 'calendar', unit: 'day', which: 'this', zone: asked.zone }
          : { kind: 'rolling', span: { amount: asked.days, unit: 'days' } },
      measure: { of: 'count', is: { op: '>=', value: 1 } },
      ...whereOf(step, asked),
    }),
  )
  const [first, ...others] = did
  return first && others.length === 0 ? first : { kind: 'any', of: did }
}

/** What of a step counts: visits from the source; looks, carts and lines of orders of the product or category. */
function whereOf(step: FunnelStep, { source, product, category }: Asked): { where?: Filter } {
  const equals = (value: string) => ({ type: 'text', op: 'equals', value }) as const
  const property = (path: string, value: string) =>
    ({ where: { kind: 'property', path, is: equals(value) } }) as const
  if (step === 'visit') return source === undefined ? {} : property('source', source)
  const good =
    product !== undefined
      ? (['product_id', product] as const)
      : category !== undefined
        ? (['category', category] as const)
        : undefined
  if (!good) return {}
  const [field, value] = good
  if (step === 'view' || step === 'cart') return property(field, value)
  if (step !== 'order') return {}
  return { where: { kind: 'products', match: 'any', where: [{ field, is: equals(value) }] } }
}

const dropSteps = ['visit', 'view', 'cart', 'checkout', 'order'] as const

/** The step before which most leave, of those who reached the one before it; a product's way begins with looking at it. */
export function worstDrop(counts: FunnelCounts, isOfGoods: boolean) {
  const steps = isOfGoods ? dropSteps.slice(1) : dropSteps
  const drops = steps.slice(1).flatMap((to, at) => {
    const from = steps[at]
    if (from === undefined || to === 'visit') return []
    const left = counts[from] - counts[to]
    return left > 0 ? [{ from, to, left, share: left / counts[from] }] : []
  })
  return drops.toSorted((a, b) => b.left - a.left)[0]
}
