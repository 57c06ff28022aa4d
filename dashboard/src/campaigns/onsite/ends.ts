/** UTC ms a week from now, on the hour: when a new countdown ends unless somebody says otherwise. */
export function weekAhead(): number {
  return Math.ceil((Date.now() + 7 * 86_400_000) / 3_600_000) * 3_600_000
}
