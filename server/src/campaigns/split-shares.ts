/**
 * The shares a split had when it drew, as one text (`a:0.75,b:0.25`), arms in order of their ids: people are compared with those
 * drawn under the same ones. Weights need no common sum.
 */
export function sharesText(
  arms: readonly { readonly id: string; readonly weight: number }[],
): string {
  const whole = arms.reduce((sum, { weight }) => sum + weight, 0)
  return arms
    .map(
      ({ id, weight }) => `${id}:${whole > 0 ? Math.round((weight / whole) * 10_000) / 10_000 : 0}`,
    )
    .sort()
    .join(',')
}

/** The shares of a text of ours, 0 to 1; an arm that it does not name has none. */
export function shareIn(text: string, arm: string): number {
  const named = text.split(',').find((one) => one.startsWith(`${arm}:`))
  return named === undefined ? 0 : Number(named.slice(arm.length + 1))
}

/** The arms that a text of ours names. */
export function namesIn(text: string): readonly string[] {
  return text.split(',').map((one) => one.slice(0, one.lastIndexOf(':')))
}
