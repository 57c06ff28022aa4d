import type { Sums } from './sums.ts'

/**
 * How much more somebody spends for each unit spent before, the same line through all groups: y - slope x is as far apart
 * between the groups as y and less spread, because x was there before anybody was shared out (Deng, Xu, Kohavi and Walker
 * 2013, Improving the sensitivity of online controlled experiments by utilizing pre-experiment data, WSDM). The variance
 * left is 1 - r^2 for a correlation r. 0 where nothing was known before.
 */
export function covariateSlope(groups: readonly Sums[]): number {
  let [crossed, before] = [0, 0]
  for (const { people, x, y, xx, xy } of groups) {
    if (people === 0) continue
    crossed += xy - (x * y) / people
    before += xx - (x * x) / people
  }
  return before > 0 ? crossed / before : 0
}
