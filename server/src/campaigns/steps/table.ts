import { z } from 'zod'
import {
  type BranchStep,
  branch,
  branchPathShape,
  branchPathsLimit,
  branchShape,
} from './branch.ts'
import { CouponStep, coupon } from './coupon.ts'
import { ExitStep, exit } from './exit.ts'
import { GotoStep, goto } from './goto.ts'
import { ListStep, list } from './list.ts'
import { MessageStep, message } from './message.ts'
import { SetTraitStep, setTrait } from './set-trait.ts'
import {
  type SplitArm,
  type SplitStep,
  split,
  splitArmShape,
  splitArmsLimit,
  splitShape,
} from './split.ts'
import type { StepKind } from './step-kind.ts'
import { WaitStep, wait } from './wait.ts'
import { type WaitForStep, waitFor, waitForShape } from './wait-for.ts'
import { WaitUntilStep, waitUntil } from './wait-until.ts'
import { WebhookStep, webhook } from './webhook.ts'

/** A step of a flow; those that lead on from inside carry the steps of their paths. */
export type Step =
  | WaitStep
  | WaitUntilStep
  | (Omit<WaitForStep, 'happened' | 'timedOut'> & {
      readonly happened: readonly Step[]
      readonly timedOut: readonly Step[]
    })
  | (Omit<BranchStep, 'paths' | 'otherwise'> & {
      readonly paths: readonly (Omit<BranchStep['paths'][number], 'steps'> & {
        readonly steps: readonly Step[]
      })[]
      readonly otherwise: readonly Step[]
    })
  | (Omit<SplitStep, 'arms'> & {
      readonly arms: readonly (Omit<SplitArm, 'steps'> & { readonly steps: readonly Step[] })[]
    })
  | MessageStep
  | CouponStep
  | SetTraitStep
  | ListStep
  | WebhookStep
  | GotoStep
  | ExitStep
type StepKindName = Step['kind']

const pathLength = 200
const Path: z.ZodType<readonly Step[]> = z.lazy(() => z.array(Step).max(pathLength))

/** How deep steps may stand inside steps is looked at before a flow is read (campaign.ts), and again by its check. */
export const Step: z.ZodType<Step> = z.lazy(() =>
  z.discriminatedUnion('kind', [
    WaitStep,
    WaitUntilStep,
    z.strictObject({
      ...waitForShape,
      happened: Path.default([]),
      timedOut: Path.default([]),
    }),
    z.strictObject({
      ...branchShape,
      paths: z
        .array(z.strictObject({ ...branchPathShape, steps: Path.default([]) }))
        .min(1)
        .max(branchPathsLimit),
      otherwise: Path.default([]),
    }),
    z.strictObject({
      ...splitShape,
      arms: z
        .array(z.strictObject({ ...splitArmShape, steps: Path.default([]) }))
        .min(2)
        .max(splitArmsLimit),
    }),
    MessageStep,
    CouponStep,
    SetTraitStep,
    ListStep,
    WebhookStep,
    GotoStep,
    ExitStep,
  ]),
)

/** Every kind of step. A new kind is one file and one line here. */
const stepKinds = {
  wait,
  wait_until: waitUntil,
  wait_for: waitFor,
  branch,
  split,
  message,
  coupon,
  set_trait: setTrait,
  list,
  webhook,
  goto,
  exit,
} satisfies {
  readonly [K in StepKindName]: StepKind<Extract<Step, { kind: K }>>
}

/** The kind of a step, to be called with that very step. */
export function kindOf(step: Step): StepKind<Step> {
  // The table pairs each kind with its own steps, which the compiler cannot follow through the lookup.
  return stepKinds[step.kind] as StepKind<Step>
}
