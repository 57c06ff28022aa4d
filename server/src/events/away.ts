/**
 * Whether an error means that PostgreSQL is away, restarting, out of connections or asks to try again (a deadlock): nothing is
 * wrong with the happenings, and the same turn is tried again later.
 */
export function isAway(error: unknown): boolean {
  const code = (error as { readonly code?: unknown } | null)?.code
  return (
    typeof code === 'string' &&
    /^(08|53|57|25006|40)|^(CONNECT|ECONN|EPIPE|ENOTFOUND|ETIMEDOUT|CONNECTION_)/.test(code)
  )
}
