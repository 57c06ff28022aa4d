/** Coupons taken, in the order of people; which of them there were is known when all are told. */
export type Taken = { readonly pool: number; readonly at: number }

/** How many coupons of each pool there were for whoever asked, in order of time. `left`: pieces at each time, null without end. */
export function givenOut(
  taken: readonly Taken[],
  leftAt: (pool: number, at: number) => number | null,
): ReadonlyMap<number, { readonly given: number; readonly missing: number }> {
  const pools = new Map<number, { given: number; missing: number }>()
  for (const { pool, at } of taken.toSorted((a, b) => a.at - b.at)) {
    const count = pools.get(pool) ?? { given: 0, missing: 0 }
    const left = leftAt(pool, at)
    if (left === null || count.given < left) count.given += 1
    else count.missing += 1
    pools.set(pool, count)
  }
  return pools
}
