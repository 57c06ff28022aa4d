import type { WarehouseRow } from './history-row.ts'

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
function isRefused(error: unknown): boolean {
  const code = (error as { readonly code?: unknown } | null)?.code
  return codes.has(String(code))
}

/** Inserts all rows; a refused batch is halved until the bad row stands alone. Errors of another kind are thrown. */
export async function insertHalving(
  rows: readonly WarehouseRow[],
  insert: (rows: readonly WarehouseRow[]) => Promise<void>,
  setAside: (row: WarehouseRow, error: unknown) => Promise<void>,
): Promise<void> {
  const [first] = rows
  if (!first) return
  try {
    await insert(rows)
  } catch (error) {
    if (!isRefused(error)) throw error
    if (rows.length === 1) return setAside(first, error)
    const middle = Math.ceil(rows.length / 2)
    await insertHalving(rows.slice(0, middle), insert, setAside)
    await insertHalving(rows.slice(middle), insert, setAside)
  }
}
