import type { Decimal } from '../lib/decimal.ts'

/**
 * Splits an amount by weights so that the parts add up to it exactly and none is more than its weight. What rounding
 * leaves goes, a unit each, to the last parts that were rounded down.
 */
export function spread(total: Decimal, weights: readonly Decimal[]): readonly Decimal[] {
  const sum = weights.reduce((a, b) => a + b, 0n)
  if (sum <= 0n) return weights.map(() => 0n)
  const wanted = total > sum ? sum : total
  const whole = weights.map((weight) => (wanted * weight) / sum)
  const left = wanted - whole.reduce((a, b) => a + b, 0n)
  const rounded = [...weights.keys()].filter((index) => (wanted * (weights[index] ?? 0n)) % sum)
  const raised = new Set(left > 0n ? rounded.slice(-Number(left)) : [])
  return whole.map((part, index) => (raised.has(index) ? part + 1n : part))
}
