import { z } from 'zod'
import { StepId } from './step-id.ts'
import type { StepKind } from './step-kind.ts'

/** Issues a coupon of a pool to the person; the messages after it can show it. Held-out people get none. */
export const CouponStep = z.strictObject({
  kind: z.literal('coupon'),
  id: StepId,
  pool: z.number().int().positive(),
})
export type CouponStep = z.infer<typeof CouponStep>

export const coupon: StepKind<CouponStep> = {
  checked: true,
  enter: ({ pool }) => ({ kind: 'ask', act: { kind: 'coupon', pool } }),
  answered: ({ id, pool }, { enrolment: { notes } }, { coupon: given, outcome }) => {
    const issued = given ?? (outcome === 'held_out' ? 'held_out' : 'gone')
    return { kind: 'next', notes: { ...notes, coupon: { step: id, pool, issued } } }
  },
}
