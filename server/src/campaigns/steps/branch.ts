import { z } from 'zod'
import { PersonTest, personPasses } from '../person-test.ts'
import { PathId, PathName, StepId, type StepRef } from './step-id.ts'
import type { StepKind } from './step-kind.ts'

/** Most paths of one branch beside "everyone else". */
export const branchPathsLimit = 10

/** Sends the person down the first path whose test holds, else down `otherwise`; all paths meet again at the following step. */
export const branchShape = { kind: z.literal('branch'), id: StepId } as const
export const branchPathShape = { id: PathId, name: PathName, when: PersonTest } as const

export type BranchStep = {
  readonly kind: 'branch'
  readonly id: number
  readonly paths: readonly {
    readonly id: string
    readonly name: string
    readonly when: PersonTest
    readonly steps: readonly StepRef[]
  }[]
  readonly otherwise: readonly StepRef[]
}

export const branch: StepKind<BranchStep> = {
  checked: false,
  enter: (step, { facts, now, enrolment: { notes } }) => {
    const path = step.paths.find(({ when }) => personPasses(when, { facts, notes, now }))
    return { kind: 'into', steps: path?.steps ?? step.otherwise }
  },
}
