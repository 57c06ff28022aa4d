/**
 * ClickHouse's codes for "this row can't be stored": cannot parse (6, 26, 27, 33, 38, 41, 72, 117, 675), type mismatch (53), out
 * of bounds (69), decimal overflow (407), too many partitions in one insert (252).
 */
const codes = new Set([
  '6',
  '26',
  '27',
  '33',
  '38',
  '41',
  '53',
  '69',
  '72',
  '117',
  '252',
  '407',
  '675',
])

/** Whether ClickHouse refused what was in the rows, rather than being away or busy. */
export function isRefused(error: unknown): boolean {
  const code = (error as { readonly code?: unknown } | null)?.code
  return codes.has(String(code))
}
