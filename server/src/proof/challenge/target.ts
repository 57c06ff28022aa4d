import type { GoalMetric } from '../../campaigns/goal-metric.ts'
import type { Estimate } from '../../statistics/intervals.ts'
import { measureOf } from '../measures.ts'

/** A target as it is said: percentage points of a share, orders a person, or money a person. */
export function targetText(
  target: number,
  { metric, currency }: { readonly metric: GoalMetric; readonly currency: string },
): string {
  if (measureOf(metric) === 'rate') return `대조군보다 +${target.toLocaleString('en')}%p`
  const each = '한 사람에 대조군보다'
  if (metric === 'orders') return `${each} +${target.toLocaleString('en')}번`
  return currency === 'KRW'
    ? `${each} +${Math.round(target).toLocaleString('en')}원`
    : `${each} +${target.toLocaleString('en', { style: 'currency', currency })}`
}

/** Whether the difference is known to have reached the target or to have missed it; the interval decides, not its middle. */
export function targetReached(
  target: number,
  { difference, metric }: { readonly difference: Estimate; readonly metric: GoalMetric },
): 'reached' | 'missed' | 'open' {
  const unit = measureOf(metric) === 'rate' ? 0.01 : 1
  if (difference.low >= target * unit) return 'reached'
  return difference.high < target * unit ? 'missed' : 'open'
}
