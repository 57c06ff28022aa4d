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
  return uniformOf(asked.experiment, asked.assignmentKey) < asked.holdoutShare
    ? 'holdout'
    : 'treatment'
}

/** A person's draw in [0, 1) for one experiment: always the same, and independent between experiments. */
export function uniformOf(experiment: string, assignmentKey: string): number {
  // Length first, so that no two pairs of names are the same text.
  return hash32(`${experiment.length}:${experiment}:${assignmentKey}`) / 4_294_967_296
}
