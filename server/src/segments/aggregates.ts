import type { NumberComparison, TimeComparison } from './comparison.ts'
import type { Measure } from './event-condition.ts'
import { distinctRules } from './leaf-distinct.ts'
import { extremeRules } from './leaf-extreme.ts'
import type { LeafRules, Seen } from './leaf-rules.ts'
import { timeRules } from './leaf-time.ts'
import { totalRules } from './leaf-total.ts'
import type { SqlParameters } from './sql-parameters.ts'
import type { Verdict } from './verdict.ts'

/** Every aggregate: to add one, write its file and its line. */
export const aggregates = {
  count: totalRules('count'),
  sum: totalRules('sum'),
  avg: totalRules('avg'),
  min: extremeRules('min'),
  max: extremeRules('max'),
  distinct: distinctRules,
  first: timeRules('first'),
  last: timeRules('last'),
} satisfies {
  readonly [Of in Measure['of']]: LeafRules<Extract<Measure, { readonly of: Of }>['is']>
}

/** Judges what a measure compares. */
export function judgeMeasure(seen: Seen, measure: Measure): Verdict {
  return rulesOf(measure).judge(seen, measure.is)
}

/** A measure's comparison over its leaf's column; never NULL. */
export function measureSql(
  column: string,
  measure: Measure,
  asked: { readonly parameters: SqlParameters; readonly now: number },
): string {
  return rulesOf(measure).truthSql(column, measure.is, asked)
}

// The table's type has tied each name to what it is compared with; a union of rules cannot say so.
function rulesOf(measure: Measure): LeafRules<NumberComparison | TimeComparison> {
  return aggregates[measure.of] as LeafRules<NumberComparison | TimeComparison>
}
