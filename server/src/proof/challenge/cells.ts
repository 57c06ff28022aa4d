import type { EffectReport } from '../effect-report.ts'
import { type Cohort, fewestTold } from './note.ts'

/**
 * Whether a share of people may be told to strangers: neither those who did it nor those who did not are so few that
 * somebody of them could be meant.
 */
export function mayTellRate({ people, buyers }: Pick<Cohort, 'people' | 'buyers'>): boolean {
  return buyers >= fewestTold && people - buyers >= fewestTold
}

/**
 * Whether what both groups of a comparison did may be told. A share hides with its own cells; an amount a person hides with
 * those who bought, of whom it is the sum. The groups hide together: the difference and one of them give the other.
 */
export function mayTellEffect({ outcomes }: Pick<EffectReport, 'outcomes'>): boolean {
  const [own] = outcomes
  const shares = outcomes.filter(
    (one) => one.measure === 'rate' && (one === own || own?.measure === 'mean'),
  )
  return (
    shares.length > 0 &&
    shares.every(({ effect: { people, means } }) =>
      (['treatment', 'holdout'] as const).every((side) =>
        mayTellRate({
          people: people[side],
          buyers: Math.round((means[side] ?? 0) * people[side]),
        }),
      ),
    )
  )
}
