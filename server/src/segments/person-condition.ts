import { z } from 'zod'
import { Path, TraitTest } from './value-test.ts'

/** A test of what is known of the person by now, by a path of the catalogue of facts: `cart.value`, `stage.now`. */
export const FactCondition = z.strictObject({
  kind: z.literal('fact'),
  path: Path,
  is: TraitTest,
})
export type FactCondition = z.infer<typeof FactCondition>
