import { z } from 'zod'
import { type Span, spanMs, spanUpTo, windowDaysLimit } from './comparison.ts'
import { Filter } from './filter.ts'
import { gapDaysLimit, sequenceStepsLimit } from './limits.ts'
import { Text } from './value-test.ts'

/**
 * "searched, then viewed within 1 hour, and did not order within 24 hours":
 * { kind: 'sequence', window: { kind: 'rolling', span: { amount: 7, unit: 'days' } },
 *   steps: [ { event: 'Products Searched' },
 *     { event: 'Product Viewed', within: { amount: 1, unit: 'hours' } } ],
 *   not: { event: 'Order Completed', within: { amount: 24, unit: 'hours' } } }
 *
 * What it means. Happenings stand in the order of (at, position); "before" and "after" are strict in it, so two at the same
 * time follow each other as the log has them and nothing follows itself. A *run* is one happening for each step such that
 * - each meets the event and filter of its step,
 * - each next one comes after the one before it and at most `within` later: `at <= before.at + within`,
 * - nothing that meets a step's `without` stands after the one before it and before it,
 * - nothing that meets `not` comes after the last one and at most `not.within` later.
 * Whoever has a run whose last happening lies in the window `(now - span, now]` is in; with a `not`, only once its span has
 * passed: from `last.at + not.within` on. Any run will do, so an order after the span does not take it back, and a happening
 * may belong to several runs. Only happenings up to now count; a late one counts in its place from its arrival on.
 *
 * With `sameProduct` all steps and negatives speak of one product: a happening stands for each distinct product id in its
 * `product_id` and `products[]`, and one that names no product stands for none. Filters still look at the whole happening.
 *
 * One step alone makes sense with a `not`: "put something into the cart and did not order within a day".
 */
export type SequenceCondition = z.infer<typeof SequenceCondition>

const Gap = spanUpTo(gapDaysLimit)
const Happened = { event: Text, where: Filter.optional() }
/** An event that may not stand between a step and the one before it. */
const Without = z.strictObject(Happened).readonly()
const Step = z
  .strictObject({ ...Happened, within: Gap.optional(), without: Without.optional() })
  .readonly()

export const SequenceCondition = z
  .strictObject({
    kind: z.literal('sequence'),
    steps: z.array(Step).min(1).max(sequenceStepsLimit).readonly(),
    not: z
      .strictObject({ ...Happened, within: Gap })
      .readonly()
      .optional(),
    sameProduct: z.boolean().optional(),
    window: z
      .strictObject({ kind: z.literal('rolling'), span: spanUpTo(windowDaysLimit) })
      .readonly(),
  })
  .readonly()

/** One event that a sequence names, and where in it: `['steps', 1, 'without']`. */
export type SequencePart = {
  readonly at: readonly PropertyKey[]
  readonly event: string
  readonly where: Filter | undefined
}

/** Every event that the sequence names: its steps with what may not stand before them, and its last negative. */
export function sequenceParts({ steps, not }: SequenceCondition): readonly SequencePart[] {
  const part = (at: SequencePart['at'], { event, where }: Omit<SequencePart, 'at'>) => [
    { at, event, where },
  ]
  return [
    ...steps.flatMap(({ event, where, without }, index) => [
      ...part(['steps', index], { event, where }),
      ...(without
        ? part(['steps', index, 'without'], { event: without.event, where: without.where })
        : []),
    ]),
    ...(not ? part(['not'], { event: not.event, where: not.where }) : []),
  ]
}

/** What no schema can say: the part at fault and a sentence; undefined when it can work. */
export function sequenceFault({
  steps,
  not,
  window,
}: SequenceCondition):
  | { readonly at: readonly PropertyKey[]; readonly message: string }
  | undefined {
  const [first] = steps
  const whole = { at: ['steps'], message: `must be 2 to ${sequenceStepsLimit} steps` }
  if (steps.length === 1 && !not)
    return { ...whole, message: `${whole.message}, or one and a "not" after it` }
  if (first?.within)
    return { at: ['steps', 0, 'within'], message: 'the first step has no step before it' }
  if (first?.without)
    return { at: ['steps', 0, 'without'], message: 'the first step has no step before it' }
  const endless = steps.findIndex((step, index) => index > 0 && !step.within)
  if (endless > 0)
    return {
      at: ['steps', endless, 'within'],
      message: 'a step must say within which span of the step before it it comes',
    }
  if (not && longer(not.within, window.span))
    return {
      at: ['window', 'span'],
      message: 'must be longer than the span in which nothing may happen, or nobody is ever in',
    }
  return undefined
}

function longer(a: Span, b: Span): boolean {
  return spanMs(a) >= spanMs(b)
}
