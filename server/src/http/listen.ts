import { type ServerType, serve } from '@hono/node-server'
import type { Hono } from 'hono'

/** Longer than proxies and browsers keep a connection for later: else they meet one that is just being closed. */
const keepAliveMs = 75_000

/** Listens; a port in use is said in one sentence. */
export function listen(
  app: Hono,
  at: { readonly port: number; readonly host: string },
): Promise<ServerType> {
  return new Promise((resolve, reject) => {
    const server = serve({ fetch: app.fetch, port: at.port, hostname: at.host }, () =>
      resolve(server),
    )
    if ('keepAliveTimeout' in server) server.keepAliveTimeout = keepAliveMs
    server.once('error', (error: NodeJS.ErrnoException) => {
      const used = error.code === 'EADDRINUSE'
      reject(
        used
          ? new Error(
              `Port ${at.port} is in use. Stop what listens there, or set PORT to another one.`,
            )
          : error,
      )
    })
  })
}

/** Takes no new requests and waits a while for those under way. */
export function stopListening(server: ServerType, graceMs: number): Promise<void> {
  return new Promise((resolve) => {
    const force = setTimeout(
      () => 'closeAllConnections' in server && server.closeAllConnections(),
      graceMs,
    )
    server.close(() => {
      clearTimeout(force)
      resolve()
    })
    if ('closeIdleConnections' in server) server.closeIdleConnections()
  })
}
