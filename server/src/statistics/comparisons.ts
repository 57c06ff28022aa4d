/**
 * p-values of several comparisons, each made as large as all of them together ask (Holm 1979, A simple sequentially
 * rejective multiple test procedure, Scandinavian Journal of Statistics 6, 65-70). p-values that hold at every look stay so.
 */
export function holm(pValues: readonly number[]): readonly number[] {
  const order = pValues.map((p, at) => ({ p, at })).toSorted((one, other) => one.p - other.p)
  const adjusted: number[] = []
  let least = 0
  for (const [rank, { p, at }] of order.entries()) {
    least = Math.max(least, Math.min(1, p * (order.length - rank)))
    adjusted[at] = least
  }
  return adjusted
}
