/** The driver's own codes, Node's, and PostgreSQL's FATAL errors, after which the server closes the connection. */
export function isConnectionLost(error: unknown): boolean {
  const { code, severity } = (error ?? {}) as {
    readonly code?: unknown
    readonly severity?: unknown
  }
  return severity === 'FATAL' || /^(CONNECTION_|ECONN|EPIPE)/.test(String(code))
}

/**
 * What a process does about a promise that nobody waits for. The driver (3.4.9) reads the types of arrays on every new
 * connection by such a promise: a connection lost at that moment would end the process. The query that wanted the connection
 * is told of the loss by another way, so such a rejection is only noted; any other is a fault and is thrown.
 */
export function onRejection(note: (error: unknown) => void): (error: unknown) => void {
  return (error) => {
    if (!isConnectionLost(error)) throw error
    note(error)
  }
}
