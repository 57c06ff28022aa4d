export const secondMs = 1_000
export const minuteMs = 60 * secondMs
export const hourMs = 60 * minuteMs
export const dayMs = 24 * hourMs

/** Whole days since the Unix epoch (UTC) of a time in milliseconds; the partition key of the log. */
export function epochDay(atMs: number): number {
  return Math.floor(atMs / dayMs)
}

/** `yyyymm` (UTC) of a time in milliseconds, as a number: the partition key of decisions. */
export function epochMonth(atMs: number): number {
  const date = new Date(atMs)
  return date.getUTCFullYear() * 100 + date.getUTCMonth() + 1
}
