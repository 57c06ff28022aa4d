import { Hono } from 'hono'
import type { Clock } from '../lib/clock.ts'
import type { Metrics } from './metrics.ts'
import type { statics } from './statics.ts'

type Needs = {
  /** Public ingest: /v1/... */
  readonly ingest: Hono
  /** /api/... */
  readonly api: Hono
  /** Pages that messages link to: /u/..., /c/... */
  readonly pages: Hono
  /** What providers tell of messages: /hooks/... */
  readonly hooks: Hono
  readonly openapi: () => unknown
  readonly dashboard: ReturnType<typeof statics>
  readonly sdk: ReturnType<typeof statics>
  readonly metrics: Metrics
  /** Why the server is not ready, or nothing. */
  readonly unready: () => Promise<readonly string[]>
  /** In the demo, a session for whoever opens the dashboard without one; undefined otherwise. */
  readonly demoSession: (request: Request) => Promise<string | undefined>
  readonly clock: Clock
}

// The dashboard talks to its own server only; message previews are drawn in a sandboxed frame without scripts.
const pagePolicy = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: https: http://localhost:*",
  "font-src 'self'",
  "connect-src 'self'",
  "frame-src 'self' data: blob:",
  "frame-ancestors 'none'",
  "base-uri 'none'",
  "form-action 'self'",
].join('; ')

/** The whole HTTP surface in one readable place. */
export function httpApp(needs: Needs): Hono {
  const app = new Hono()

  app.use('/api/*', async (context, next) => {
    const from = needs.clock.now()
    await next()
    needs.metrics.observe(context.req.path, context.res.status, needs.clock.now() - from)
  })
  app.get('/healthz', (context) => context.json({ ok: true }))
  app.get('/readyz', async (context) => {
    const problems = await needs.unready()
    return context.json(
      { ready: problems.length === 0, problems },
      problems.length === 0 ? 200 : 503,
    )
  })
  app.get('/metrics', async (context) => context.text(await needs.metrics.page()))
  app.get('/openapi.json', (context) => context.json(needs.openapi()))
  // The snippet's script, its parts for notifications and messages, and what the shop's service worker imports.
  for (const path of [
    '/sdk.js',
    '/push.js',
    '/view.js',
    '/worker.js',
    '/cafe24.js',
    '/shopify-pixel.js',
    '/sdk.json',
  ]) {
    app.get(path, (context) => sdkFile(needs, path, context.req.raw))
  }
  // Named after what it says: a page may pin it with `integrity`, and it never changes.
  app.get('/:file{sdk@[0-9a-z.-]+\\.js}', (context) =>
    sdkFile(needs, context.req.path, context.req.raw),
  )
  app.route('/', needs.ingest)
  app.route('/', needs.pages)
  app.route('/', needs.hooks)
  app.route('/', needs.api)
  app.get('*', (context) => dashboardPage(needs, context.req.raw, context.req.path))
  return app
}

function sdkFile(needs: Needs, path: string, request: Request): Response {
  const headers = {
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
    'cache-control': path.startsWith('/sdk@')
      ? 'public, max-age=31536000, immutable'
      : 'public, max-age=300',
  }
  const file = needs.sdk.serve(path, request, headers)
  if (file) return file
  if (path.startsWith('/sdk@')) return new Response('There is no such version.', { status: 404 })
  return new Response('The SDK is not built; npm start builds it.', { status: 503 })
}

async function dashboardPage(needs: Needs, request: Request, path: string): Promise<Response> {
  const asset = path === '/' ? undefined : needs.dashboard.serve(path, request)
  if (asset) return asset
  // A missing asset must not be answered by the page: the browser would run HTML as a script.
  if (path.startsWith('/assets/')) return new Response('Not found', { status: 404 })
  const cookie = await needs.demoSession(request)
  const headers = {
    'content-security-policy': pagePolicy,
    'referrer-policy': 'same-origin',
    ...(cookie ? { 'set-cookie': cookie } : {}),
  }
  const page = needs.dashboard.serve('/index.html', request, headers)
  return page ?? new Response('The dashboard is not built; npm start builds it.', { status: 503 })
}
