import { z } from 'zod'
import { Path } from '../../segments/value-test.ts'
import { StepId } from './step-id.ts'
import type { StepKind } from './step-kind.ts'

/** Sets a trait of the person; null removes it. Segments and later steps see it. */
export const SetTraitStep = z.strictObject({
  kind: z.literal('set_trait'),
  id: StepId,
  /** Addresses of people are no traits: they are kept sealed, and change by identify alone. */
  trait: Path.refine(
    (path) => !/^(?:email|phone)(?:\.|$)/i.test(path),
    'a trait other than email and phone',
  ),
  value: z.union([z.string().max(500), z.number(), z.boolean(), z.null()]),
})
export type SetTraitStep = z.infer<typeof SetTraitStep>

export const setTrait: StepKind<SetTraitStep> = {
  checked: false,
  enter: ({ trait, value }) => ({ kind: 'ask', act: { kind: 'trait', trait, value } }),
  answered: () => ({ kind: 'next' }),
}
