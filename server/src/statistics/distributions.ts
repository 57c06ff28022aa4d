/** Quantile of the standard normal for a probability in (0, 1); Acklam's rational approximation, error below 1.2e-9. */
export function normalQuantile(probability: number): number {
  const p = probability
  if (!(p > 0 && p < 1)) return p === 0 ? -Infinity : p === 1 ? Infinity : Number.NaN
  const low = 0.02425
  if (p > 1 - low) return -normalQuantile(1 - p)
  const a = [
    -39.69683028665376, 220.9460984245205, -275.9285104469687, 138.357751867269, -30.66479806614716,
    2.506628277459239,
  ]
  const b = [
    -54.47609879822406, 161.5858368580409, -155.6989798598866, 66.80131188771972,
    -13.28068155288572, 1,
  ]
  const c = [
    -0.007784894002430293, -0.3223964580411365, -2.400758277161838, -2.549732539343734,
    4.374664141464968, 2.938163982698783,
  ]
  const d = [0.007784695709041462, 0.3224671290700398, 2.445134137142996, 3.754408661907416, 1]
  if (p < low) {
    const q = Math.sqrt(-2 * Math.log(p))
    return polynomial(c, q) / polynomial(d, q)
  }
  const q = p - 0.5
  const r = q * q
  return (polynomial(a, r) * q) / polynomial(b, r)
}

function polynomial(coefficients: readonly number[], x: number): number {
  return coefficients.reduce((sum, coefficient) => sum * x + coefficient, 0)
}

/**
 * Distribution function of the standard normal: the series of Marsaglia (2004, Evaluating the Normal Distribution) within
 * 6, the asymptotic tail outside.
 */
export function normalProbability(z: number): number {
  if (Math.abs(z) > 6) {
    const tail =
      (Math.exp((-z * z) / 2) / (Math.abs(z) * Math.sqrt(2 * Math.PI))) * (1 - 1 / (z * z))
    return z < 0 ? tail : 1 - tail
  }
  let sum = z
  let term = z
  for (let i = 3; Math.abs(term) > 1e-17; i += 2) {
    term *= (z * z) / i
    sum += term
  }
  return 0.5 + sum * (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI))
}

/** Natural logarithm of the gamma function for x > 0: Lanczos (g = 7, nine terms), about 15 digits. */
export function logGamma(x: number): number {
  const terms = [
    0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313,
    -176.61502916214059, 12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6,
    1.5056327351493116e-7,
  ]
  const base = x + 6.5
  let sum = terms[0] ?? 0
  for (let i = 1; i < terms.length; i++) sum += (terms[i] ?? 0) / (x - 1 + i)
  return 0.5 * Math.log(2 * Math.PI) + (x - 0.5) * Math.log(base) - base + Math.log(sum)
}

/** Regularised incomplete beta function I_x(a, b); continued fraction by Lentz (Numerical Recipes 6.4). */
export function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a)
  const front = Math.exp(
    logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log(1 - x),
  )
  return (front * betaFraction(x, a, b)) / a
}

function betaFraction(x: number, a: number, b: number): number {
  const tiny = 1e-300
  const kept = (value: number) => (Math.abs(value) < tiny ? tiny : value)
  let c = 1
  let d = 1 / kept(1 - ((a + b) * x) / (a + 1))
  let fraction = d
  for (let m = 1; m <= 500; m++) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    d = 1 / kept(1 + even * d)
    c = kept(1 + even / c)
    fraction *= d * c
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    d = 1 / kept(1 + odd * d)
    c = kept(1 + odd / c)
    const change = d * c
    fraction *= change
    if (Math.abs(change - 1) < 1e-15) break
  }
  return fraction
}

/** Quantile of Student's t for a probability in (0, 1) and degrees of freedom > 0 (whole or not), by bisection. */
export function studentQuantile(probability: number, freedom: number): number {
  if (probability === 0.5) return 0
  if (probability < 0.5) return -studentQuantile(1 - probability, freedom)
  const cumulative = (t: number) =>
    1 - 0.5 * incompleteBeta(freedom / (freedom + t * t), freedom / 2, 0.5)
  let low = 0
  let high = 2
  while (cumulative(high) < probability && high < 1e12) high *= 2
  for (let round = 0; round < 200 && high - low > 1e-12 * high; round++) {
    const middle = (low + high) / 2
    if (cumulative(middle) < probability) low = middle
    else high = middle
  }
  return (low + high) / 2
}
