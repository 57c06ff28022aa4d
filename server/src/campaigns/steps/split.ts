import { z } from 'zod'
import { uniformOf } from '../../experiments/arm.ts'
import type { DrawnBySplit } from '../enrolment.ts'
import { sharesText } from '../split-shares.ts'
import { PathId, PathName, StepId, type StepRef } from './step-id.ts'
import type { Moment, StepKind } from './step-kind.ts'

/** Most arms of one split. */
export const splitArmsLimit = 6

/**
 * Shares people out by chance. The draw is made from the person's assignment key, so it is sticky; an arm given in an
 * earlier enrolment stays theirs. `adaptive` learns: most people go where the goal is reached more often (Thompson sampling),
 * while `floor` of them, drawn first, are shared out evenly for ever; only these are compared.
 */
export const splitShape = {
  kind: z.literal('split'),
  id: StepId,
  mode: z.enum(['fixed', 'adaptive']).default('fixed'),
  floor: z.number().min(0.1).max(1).default(0.3),
} as const
export const splitArmShape = {
  id: PathId,
  name: PathName,
  /** Weight among the arms' weights; an arm of weight 0 gets nobody. */
  share: z.number().min(0).max(100),
} as const

export type SplitArm = {
  readonly id: string
  readonly name: string
  readonly share: number
  readonly steps: readonly StepRef[]
}
export type SplitStep = {
  readonly kind: 'split'
  readonly id: number
  readonly mode: 'fixed' | 'adaptive'
  readonly floor: number
  readonly arms: readonly SplitArm[]
}

export const split: StepKind<SplitStep> = {
  checked: false,
  enter: (step, moment) => {
    const { enrolment } = moment
    const { notes } = enrolment
    const drawn = draw(step, moment)
    if (!drawn) return { kind: 'next' }
    const { steps, ...arm } = drawn
    return { kind: 'into', steps, notes: { ...notes, arms: { ...notes.arms, [step.id]: arm } } }
  },
}

function draw(
  step: SplitStep,
  { enrolment, facts }: Moment,
): (DrawnBySplit & Pick<SplitArm, 'steps'>) | undefined {
  const before = step.arms.find((arm) => arm.id === facts.armBefore(step.id))
  if (before)
    return { arm: before.id, steps: before.steps, even: step.mode === 'fixed', shares: null }
  const experiment = `campaign:${enrolment.campaign}:split:${step.id}`
  const chance = (purpose: string) => uniformOf(`${experiment}:${purpose}`, facts.assignmentKey)
  const learnt = step.mode === 'adaptive' ? facts.sharesOf(step.id) : undefined
  const even = step.mode === 'fixed' || !learnt || chance('floor') < step.floor
  const shareOf = ({ id, share }: SplitArm) => {
    if (step.mode === 'fixed') return share
    return even || !learnt ? 1 : (learnt.get(id) ?? 0)
  }
  const arm = pick(step.arms, shareOf, chance(even ? 'arm' : 'learnt'))
  const shares = sharesText(step.arms.map((one) => ({ id: one.id, weight: shareOf(one) })))
  return arm && { arm: arm.id, steps: arm.steps, even, shares: even ? shares : null }
}

function pick(
  arms: readonly SplitArm[],
  shareOf: (arm: SplitArm) => number,
  chance: number,
): SplitArm | undefined {
  const whole = arms.reduce((sum, arm) => sum + shareOf(arm), 0)
  let left = chance * whole
  for (const arm of arms) {
    left -= shareOf(arm)
    if (left < 0) return arm
  }
  return undefined
}
