/** What history says of one person and one segment around an instant. */
export type Crossings = {
  /** Their last crossing up to the instant, and their first one after it. */
  readonly last: 'Entered Segment' | 'Left Segment' | ''
  readonly next: 'Entered Segment' | 'Left Segment' | ''
}

/**
 * Whether somebody was a member at an instant, since when the segment is kept: the last crossing before it says so, else
 * the first one after it, else whether they are one now (`since`: when they entered, UTC ms; null: they are none). What
 * came of the instant has no part in it.
 */
export function wasInside(
  { last, next }: Crossings,
  { at, since }: { readonly at: number; readonly since: number | null },
): boolean {
  if (last !== '') return last === 'Entered Segment'
  if (next !== '') return next === 'Left Segment'
  return since !== null && since <= at
}
