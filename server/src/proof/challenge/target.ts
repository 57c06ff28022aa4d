import type { GoalMetric } from '../../campaigns/goal-metric.ts'
import type { Estimate } from '../../statistics/intervals.ts'
import { measureOf } from '../measures.ts'

/** A target as it is said: percentage points of a share, orders or money of the person that the outcome names. */
export function targetText(
  target: number,
  { metric, currency }: { readonly metric: GoalMetric; readonly currency: string },
): string {
  const than = '대조군보다'
  if (measureOf(metric) === 'rate') return `${than} +${target.toLocaleString('en')}%p`
  if (metric === 'orders') return `${than} +${target.toLocaleString('en')}건`
  return currency === 'KRW'
    ? `${than} +${Math.round(target).toLocaleString('en')}원`
    : `${than} +${target.toLocaleString('en', { style: 'currency', currency })}`
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
