import { z } from 'zod'
import { effectOf } from '../statistics/effect.ts'
import { EffectAnswer } from './effect-answer.ts'
import { spendingPlaced } from './measures.ts'
import type { SpendingSums } from './outcome-sums.ts'
import { strataOf } from './strata.ts'

/** Fewer people than this in an arm are not told of. */
export const leastInArm = 10

/** Buying among people who were in a segment when it was decided to send, and among those who were not. */
export const SegmentEffect = z.object({
  segment: z.number().int(),
  looks: z.number().int().describe('Comparisons that every interval allows for together.'),
  unknown: z.number().int().describe('People decided on before the segment was kept; left out.'),
  groups: z
    .array(
      z.object({
        inside: z.boolean(),
        effect: EffectAnswer.nullable().describe('null: fewer than ten people in an arm of one.'),
      }),
    )
    .readonly(),
})
export type SegmentEffect = z.infer<typeof SegmentEffect>

/**
 * Both groups by who was inside. Each interval is held to as many looks as there are segments to look at, twice (Bonferroni):
 * whichever segment somebody picks for what it shows, at most one in twenty such shops is told of an effect that is none. The
 * groups hide together, because one of them and everybody give the other.
 */
export function segmentEffect(
  rows: readonly (SpendingSums & { readonly inside: boolean })[],
  asked: { readonly segment: number; readonly segments: number; readonly unknown: number },
): SegmentEffect {
  const looks = 2 * Math.max(1, asked.segments)
  const groups = [true, false].map((inside) => ({
    inside,
    effect: effectOf(
      strataOf(
        spendingPlaced(
          rows.filter((row) => row.inside === inside),
          'purchase',
        ),
      ),
      'rate',
      1 - 0.05 / looks,
    ),
  }))
  const isTold = groups.every(
    ({ effect: { people } }) => Math.min(people.treatment, people.holdout) >= leastInArm,
  )
  return {
    segment: asked.segment,
    looks,
    unknown: asked.unknown,
    groups: isTold ? groups : groups.map(({ inside }) => ({ inside, effect: null })),
  }
}
