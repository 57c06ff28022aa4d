import { createServer, type Server } from 'node:http'
import { createServer as createSecure, type Server as SecureServer } from 'node:https'
import { type ServerType, serve } from '@hono/node-server'
import type { Hono } from 'hono'

type At = { readonly port: number; readonly host: string }
type Secured = { readonly key: string; readonly cert: string }

const challengePath = '/.well-known/acme-challenge/'

/** HTTPS with a certificate that may be renewed while it goes on: connections that are open keep theirs. */
export async function listenSecurely(app: Hono, at: At, { key, cert }: Secured) {
  const server = await new Promise<ServerType>((resolve, reject) => {
    const options = {
      createServer: createSecure,
      serverOptions: { key, cert, minVersion: 'TLSv1.2' },
    }
    const made = serve(
      { fetch: app.fetch, port: at.port, hostname: at.host, ...options } as Parameters<
        typeof serve
      >[0],
      () => resolve(made),
    )
    made.once('error', reject)
  })
  return Object.assign(server, {
    renew: (next: Secured) =>
      (server as SecureServer).setSecureContext({ key: next.key, cert: next.cert }),
  })
}

/** Port 80 of a domain: answers the certificate authority, and sends everybody else to HTTPS. */
export async function listenPlainly(
  at: At,
  to: {
    readonly domain: string
    readonly httpsPort: number
    readonly answerTo: (token: string) => string | undefined
  },
): Promise<Server> {
  const origin = `https://${to.domain}${to.httpsPort === 443 ? '' : `:${to.httpsPort}`}`
  const server = createServer((request, response) => {
    const path = request.url ?? '/'
    const answer = path.startsWith(challengePath)
      ? to.answerTo(path.slice(challengePath.length))
      : undefined
    if (answer !== undefined) {
      response.writeHead(200, { 'content-type': 'application/octet-stream' }).end(answer)
    } else if (path.startsWith(challengePath)) response.writeHead(404).end()
    else response.writeHead(308, { location: `${origin}${path}` }).end()
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const hint = `Port ${at.port} cannot be listened on (${error.code}). A certificate needs it: see docs/guide/running.md.`
      reject(new Error(hint))
    })
    server.listen(at.port, at.host, resolve)
  })
  return server
}
