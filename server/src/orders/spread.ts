import type { Decimal } from '../lib/decimal.ts'

/** Splits an amount by weights so that the parts add up to it exactly; what rounding leaves goes to the last part. */
export function spread(total: Decimal, weights: readonly Decimal[]): readonly Decimal[] {
  const sum = weights.reduce((a, b) => a + b, 0n)
  if (sum <= 0n) return weights.map(() => 0n)
  const wanted = total > sum ? sum : total
  let given = 0n
  return weights.map((weight, index) => {
    const part = index === weights.length - 1 ? wanted - given : (wanted * weight) / sum
    given += part
    return part
  })
}
