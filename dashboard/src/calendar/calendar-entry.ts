/** What an entry of the calendar is about; the order is that of their weight on a day. */
export const entryKinds = [
  'campaign',
  'season',
  'last_order',
  'season_step',
  'span',
  'holiday',
] as const
export type EntryKind = (typeof entryKinds)[number]

/** One thing on the calendar: at a time (UTC ms), or from it until another. */
export type CalendarEntry = {
  readonly at: number
  /** The last instant (UTC ms) that still belongs to it. */
  readonly until?: number
  readonly kind: EntryKind
  /** In the language on screen. */
  readonly title: string
  readonly href?: string
}
