import { hash32 } from '../lib/random.ts'

export type Arm = 'treatment' | 'holdout'

/**
 * The arm of a person before anything was recorded: the same experiment and assignment key always give the same arm, and
 * arms of different experiments are independent. `holdoutShare` is 0 to 1; enlarging it moves people one way only.
 */
export function armOf(asked: {
  readonly experiment: string
  readonly assignmentKey: string
  readonly holdoutShare: number
}): Arm {
  // Length first, so that no two pairs of names are the same text.
  const text = `${asked.experiment.length}:${asked.experiment}:${asked.assignmentKey}`
  return hash32(text) / 4_294_967_296 < asked.holdoutShare ? 'holdout' : 'treatment'
}
