/** Most leaves (trait, member and event conditions) of one segment. */
export const leavesLimit = 30
/** Most leaves of a definition with the segments that it names in their place. */
export const expandedLeavesLimit = 60
/** How deep such a whole may nest. */
export const expandedDepthLimit = 10
/** How deep all, any and not may nest; also within a property filter. */
export const depthLimit = 5
/** Most tests within one event's filter. */
export const filterTestsLimit = 20
/** Largest count that a rolling window compares exactly: the line keeps one time more per person. */
export const rollingCountLimit = 100
/** How many days from today an anniversary may be asked for, before or after. */
export const anniversaryDaysLimit = 365
/** Largest count over all time or between two instants. */
export const countLimit = 1_000_000_000
/** Most steps of one sequence, its negatives not counted. */
export const sequenceStepsLimit = 5
/** Longest span between two steps of a sequence, and after its last, in days. */
export const gapDaysLimit = 90
/** Happenings that one sequence keeps of a person (with `sameProduct`, of each product); beyond it history is asked. */
export const sequenceItemsLimit = 1_000
/** Happenings of one sequence that are read of a person at once: what lies before these is not looked at. */
export const sequenceReadLimit = 20_000
/** Largest number of distinct values that is compared: the line keeps one value more per person. */
export const distinctLimit = 100
/** How many times or values a leaf holds for one person; beyond it the person is `large` and asked from history. */
export const keptTimesLimit = 1_000
