/** ClickHouse's TIMEOUT_EXCEEDED. */
const timeoutExceeded = '159'

/** Whether a query was stopped because its time was over. */
export function ranOutOfTime(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === timeoutExceeded
}
