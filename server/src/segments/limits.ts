/** Most leaves (trait, member and event conditions) of one segment. */
export const leavesLimit = 30
/** How deep all, any and not may nest; also within a property filter. */
export const depthLimit = 5
/** Most tests within one event's filter. */
export const filterTestsLimit = 20
/** Largest count that a rolling window compares exactly: the line keeps one time more per person. */
export const rollingCountLimit = 100
/** Largest count over all time or between two instants. */
export const countLimit = 1_000_000_000
