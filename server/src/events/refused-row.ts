import type { WarehouseRow } from './history-row.ts'

/** ClickHouse's names for "this row can't be stored", and for a block over too many months. */
const aboutRows =
  /^(CANNOT_(PARSE|READ|CONVERT|INSERT)|INCORRECT_DATA|TYPE_MISMATCH|ARGUMENT_OUT_OF_BOUND|VALUE_IS_OUT_OF_RANGE|DECIMAL_OVERFLOW|TOO_LARGE_STRING|TOO_MANY_PARTS|TOO_DEEP|UNKNOWN_TYPE|ILLEGAL_)/

/** Whether ClickHouse refused what was in the rows, rather than being away, busy or full. */
function isRefused(error: unknown): boolean {
  const { type } = (error ?? {}) as { readonly type?: unknown }
  return typeof type === 'string' && aboutRows.test(type)
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
