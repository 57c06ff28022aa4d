/** The highest place found of a function: where, how high, after how many evaluations. */
export type Summit = {
  readonly at: readonly number[]
  readonly value: number
  readonly evaluations: number
  /** The last climbs from anew did not get higher. */
  readonly isSettled: boolean
}

/** A climb begun anew from the best place at most so often; each evaluates at most so many times. */
const climbsLimit = 8
const evaluationsLimit = 2_000

/**
 * Highest value of a function of few variables, without derivatives: the simplex of Nelder and Mead (1965), The Computer Journal
 * 7, 308-313, begun anew from the best place until it no longer climbs by more than `precision`. NaN and -Infinity are places
 * where nothing is. Our own because the one small library (`fmin` 0.0.4) installs a plotting library, has no types and does not begin
 * anew.
 */
export function maximise(
  f: (at: readonly number[]) => number,
  start: readonly number[],
  { precision = 1e-9, step = 0.5 }: { readonly precision?: number; readonly step?: number } = {},
): Summit {
  let best = { at: start, value: kept(f(start)) }
  let evaluations = 1
  let isSettled = false
  for (let climb = 0; climb < climbsLimit && !isSettled; climb++) {
    const size = climb % 2 === 0 ? step : -step / 2
    const found = climbed(f, best.at, { size, precision })
    evaluations += found.evaluations
    isSettled = climb > 0 && found.value - best.value <= precision * (1 + Math.abs(best.value))
    if (found.value > best.value) best = found
  }
  return { at: best.at, value: best.value, evaluations, isSettled }
}

/** Logarithms further than this from where the search began are no place inside. */
const farLogs = 9
/** A logarithm known no better than this is not known. */
const openError = 3

/**
 * The likeliest parameters, as logarithms, and their covariance. Where the likelihood rises without end or lies flat, a weak
 * prior is taken: `doubt` is the sum of squared deviations from it.
 */
export function summitOf(
  logLikelihood: (logs: readonly number[]) => number,
  start: readonly number[],
  doubt: (logs: readonly number[]) => number,
) {
  const bounded = (logs: readonly number[]) =>
    logs.some((one, axis) => Math.abs(one - (start[axis] ?? 0)) > farLogs)
      ? Number.NEGATIVE_INFINITY
      : logLikelihood(logs)
  const judged = (f: (logs: readonly number[]) => number) => {
    const { at, isSettled } = maximise(f, start)
    return { at, isSettled, covariance: covarianceAt(f, at) }
  }
  const found = judged(bounded)
  const isKnown = found.covariance?.every((row, at) => (row[at] ?? 0) < openError ** 2)
  return isKnown ? found : judged((logs) => bounded(logs) - doubt(logs) / 2)
}

type Corner = { readonly at: readonly number[]; readonly value: number }

function climbed(
  f: (at: readonly number[]) => number,
  start: readonly number[],
  { size, precision }: { readonly size: number; readonly precision: number },
) {
  let evaluations = 0
  const corner = (at: readonly number[]): Corner => {
    evaluations++
    return { at, value: kept(f(at)) }
  }
  const corners = [
    corner(start),
    ...start.map((_, axis) => corner(start.map((x, other) => (other === axis ? x + size : x)))),
  ]
  const order = () => corners.sort((a, b) => b.value - a.value)
  order()
  while (evaluations < evaluationsLimit && !isSmall(corners, precision)) {
    const [top, last] = [corners[0], corners.at(-1)]
    const next = corners.at(-2)
    if (!top || !last || !next) break
    const middle = start.map((_, axis) => mean(corners.slice(0, -1), axis))
    const beyond = (by: number) =>
      corner(middle.map((x, axis) => x + by * (x - (last.at[axis] ?? 0))))
    const reflected = beyond(1)
    const better = () => {
      if (reflected.value > top.value) {
        const further = beyond(2)
        return further.value > reflected.value ? further : reflected
      }
      if (reflected.value > next.value) return reflected
      const nearer = beyond(reflected.value > last.value ? 0.5 : -0.5)
      return nearer.value > Math.max(last.value, reflected.value) ? nearer : undefined
    }
    const found = better()
    if (found) corners[corners.length - 1] = found
    else
      for (let i = 1; i < corners.length; i++)
        corners[i] = corner(top.at.map((x, axis) => (x + (corners[i]?.at[axis] ?? x)) / 2))
    order()
  }
  return { at: corners[0]?.at ?? start, value: corners[0]?.value ?? -Infinity, evaluations }
}

const kept = (value: number) => (Number.isNaN(value) ? -Infinity : value)

const mean = (corners: readonly Corner[], axis: number) =>
  corners.reduce((sum, corner) => sum + (corner.at[axis] ?? 0), 0) / corners.length

function isSmall(corners: readonly Corner[], precision: number): boolean {
  const [top, last] = [corners[0], corners.at(-1)]
  if (!top || !last) return true
  const isFlat = top.value - last.value <= precision * (1 + Math.abs(top.value))
  const width = top.at.reduce(
    (most, x, axis) =>
      Math.max(most, ...corners.map((corner) => Math.abs((corner.at[axis] ?? x) - x))),
    0,
  )
  return (isFlat && width < 1e-3) || width < 1e-9
}

/**
 * Covariance of maximum-likelihood estimates: the inverse of the observed information, second differences of the
 * log-likelihood at its summit (Efron and Hinkley 1978, Biometrika 65, 457-482). Null where the summit is a ridge or a border, so
 * that no interval can be given.
 */
export function covarianceAt(
  logLikelihood: (at: readonly number[]) => number,
  at: readonly number[],
): readonly (readonly number[])[] | null {
  const step = 1e-3
  const moved = (moves: readonly (readonly [axis: number, by: number])[]) => {
    const place = [...at]
    for (const [axis, by] of moves) place[axis] = (place[axis] ?? 0) + by * step
    return logLikelihood(place)
  }
  const here = logLikelihood(at)
  const information = at.map((_, i) =>
    at.map((__, j) =>
      i === j
        ? -(moved([[i, 1]]) - 2 * here + moved([[i, -1]])) / step ** 2
        : -(
            moved([
              [i, 1],
              [j, 1],
            ]) -
            moved([
              [i, 1],
              [j, -1],
            ]) -
            moved([
              [i, -1],
              [j, 1],
            ]) +
            moved([
              [i, -1],
              [j, -1],
            ])
          ) /
          (4 * step ** 2),
    ),
  )
  return inverse(information)
}

/** The inverse of a symmetric positive definite matrix by its Cholesky factor; null where it is not one. */
function inverse(matrix: readonly (readonly number[])[]): readonly (readonly number[])[] | null {
  const size = matrix.length
  const factor: number[][] = matrix.map(() => Array.from({ length: size }, () => 0))
  const cell = (row: number, column: number) => factor[row]?.[column] ?? 0
  for (const [i, row] of factor.entries()) {
    for (let j = 0; j <= i; j++) {
      let rest = matrix[i]?.[j] ?? 0
      for (let k = 0; k < j; k++) rest -= cell(i, k) * cell(j, k)
      // A direction whose curvature is lost in rounding is a ridge.
      if (i === j && !(rest > 1e-9 * Math.abs(matrix[i]?.[i] ?? 0))) return null
      row[j] = i === j ? Math.sqrt(rest) : rest / cell(j, j)
    }
  }
  const column = (at: number): readonly number[] => {
    const y: number[] = []
    for (let i = 0; i < size; i++) {
      let rest = i === at ? 1 : 0
      for (let k = 0; k < i; k++) rest -= cell(i, k) * (y[k] ?? 0)
      y[i] = rest / cell(i, i)
    }
    const x: number[] = []
    for (let i = size - 1; i >= 0; i--) {
      let rest = y[i] ?? 0
      for (let k = i + 1; k < size; k++) rest -= cell(k, i) * (x[k] ?? 0)
      x[i] = rest / cell(i, i)
    }
    return x
  }
  return matrix.map((_, at) => column(at))
}

/**
 * Standard errors of what is worked out of estimates, by the delta method: the square roots of g' C g, with each g by central
 * differences.
 */
export function deltaErrors(
  f: (at: readonly number[]) => readonly number[],
  at: readonly number[],
  covariance: readonly (readonly number[])[],
): readonly number[] {
  const step = 1e-4
  const slopes = at.map((_, axis) => {
    const aside = (by: number) => f(at.map((x, other) => (other === axis ? x + by : x)))
    const [above, below] = [aside(step), aside(-step)]
    return above.map((one, place) => (one - (below[place] ?? 0)) / (2 * step))
  })
  return (slopes[0] ?? []).map((_, place) => {
    const g = slopes.map((slope) => slope[place] ?? 0)
    const variance = g.reduce(
      (sum, gi, i) => sum + g.reduce((row, gj, j) => row + gi * gj * (covariance[i]?.[j] ?? 0), 0),
      0,
    )
    return Math.sqrt(Math.max(0, variance))
  })
}
