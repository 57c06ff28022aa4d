import { z } from 'zod'
import { StepId } from './step-id.ts'
import type { StepKind } from './step-kind.ts'

/** Puts the person on a list of the shop, or takes them off it. */
export const ListStep = z.strictObject({
  kind: z.literal('list'),
  id: StepId,
  list: z.number().int().positive(),
  does: z.enum(['add', 'remove']).default('add'),
})
export type ListStep = z.infer<typeof ListStep>

export const list: StepKind<ListStep> = {
  checked: false,
  enter: ({ list, does }) => ({ kind: 'ask', act: { kind: 'list', list, does } }),
  answered: () => ({ kind: 'next' }),
}
