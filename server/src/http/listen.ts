import type { IncomingMessage } from 'node:http'
import { BlockList, isIP } from 'node:net'
import { type ServerType, serve } from '@hono/node-server'
import type { Hono } from 'hono'

/** Longer than proxies and browsers keep a connection for later: else they meet one that is just being closed. */
const keepAliveMs = 75_000
const forwardedHeaders = new Set([
  'x-forwarded-for',
  'x-forwarded-proto',
  'x-forwarded-host',
  'forwarded',
])

/**
 * Drops what a request says of those before it unless a trusted proxy says so: anybody can write X-Forwarded-For. Ranges as
 * `10.0.0.0/8`; throws a sentence for one that is none.
 */
export function believeOnly(server: ServerType, trusted: readonly string[]): void {
  const known = rangesOf(trusted)
  server.prependListener('request', (request: IncomingMessage) => {
    const from = (request.socket.remoteAddress ?? '').replace(/^::ffff:/, '')
    if (from === '' || known.check(from, from.includes(':') ? 'ipv6' : 'ipv4')) return
    for (const name of forwardedHeaders) delete request.headers[name]
    const raw = request.rawHeaders
    for (let at = raw.length - 2; at >= 0; at -= 2)
      if (forwardedHeaders.has(raw[at]?.toLowerCase() ?? '')) raw.splice(at, 2)
  })
}

function rangesOf(trusted: readonly string[]): BlockList {
  const known = new BlockList()
  for (const one of trusted) {
    const [address = '', bits] = one.split('/')
    const family = isIP(address) === 6 ? 'ipv6' : 'ipv4'
    if (isIP(address) === 0)
      throw new Error(`TRUSTED_PROXIES: "${one}" is no address and no range such as 10.0.0.0/8.`)
    if (bits === undefined) known.addAddress(address, family)
    else known.addSubnet(address, Number(bits), family)
  }
  return known
}

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
